import AssetCache
import AssetModel
import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles

/// A site in two states: as its author has it, and with lighter images. What ``Verifier`` compares.
///
/// A site of sources is built from either state; a tree of pages is compared as it is. A site that was rewritten where it
/// stands gives its state before from the record of the edits, and its state after is the site itself.
package protocol BuildPair {
  /// The folder with the author's own files.
  var before: SiteRoot { get }
  /// The folder with the lighter images.
  var after: SiteRoot { get }
  /// The site, with its posts as they are in ``before``.
  var manifest: AssetManifest { get }
  /// The posts that are not the same in both.
  var edited: Set<String> { get }

  /// Gives posts in ``after`` the author's own bytes again.
  ///
  /// - Throws: `FileError`
  func putBack(_ posts: Set<String>) throws
}

/// A site and its staged copy.
struct StagedTrees: BuildPair {
  let before: SiteRoot
  let after: SiteRoot
  let manifest: AssetManifest

  var edited: Set<String> {
    Set(
      manifest.posts.map(\.path).filter { path in
        guard let old = try? FileAccess.read(before.absolute(path)),
          let new = try? FileAccess.read(after.absolute(path))
        else { return false }
        return old != new
      })
  }

  func putBack(_ posts: Set<String>) throws {
    for post in posts {
      let target = after.absolute(post)
      let mode = FileAccess.mode(of: before.absolute(post))
      try FileAccess.write(try FileAccess.read(before.absolute(post)), to: target, mode: mode)
      if let stamp = FileStamp(of: before.absolute(post)) { FileCopy.setModified(stamp.modified, of: target) }
    }
  }
}
