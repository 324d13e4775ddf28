import AssetModel
import Foundation
import SiteFiles

/// What the site's files say, as far as it names variants.
package enum SiteTexts {
  /// The marks (see ``VariantMark``) of all variants that a file of the site names: posts, and whatever the author
  /// copied an address into, such as a template or a data file.
  ///
  /// - Parameter skip: called with each folder's path; one for which it returns true is not looked into.
  /// - Returns: nil where something cannot be read, which could name anything.
  /// - Throws: `FileError` where the site cannot be listed.
  package static func marks(
    in site: SiteRoot, skip: (_ folder: String) -> Bool
  ) throws(FileError) -> Set<String>? {
    var marks: Set<String> = []
    let listing = try FileTree.list(below: site.absolute(""), skip: skip)
    guard listing.closed.isEmpty else { return nil }
    for entry in listing.files {
      guard entry.kind == .file, entry.path != RecordFiles.journal else { continue }
      // Images name no other files, but for drawings.
      let format = ImageFormat(fileName: entry.path)
      guard format == nil || format == .svg else { continue }
      do throws(FileError) {
        marks.formUnion(VariantMark.all(in: try FileAccess.read(site.absolute(entry.path))))
      } catch {
        // What is gone names nothing.
        if error.code != ENOENT { return nil }
      }
    }
    return marks
  }
}
