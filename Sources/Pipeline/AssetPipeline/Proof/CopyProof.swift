import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// Reads the pages of a staged copy again that a run has written, and gives those back that are not their generator's any
/// more. Pages that were right already are not read.
struct CopyProof {
  private let site: SiteRoot
  private let copy: SiteRoot
  private let proof: PageProof
  private let jobs: Int
  private let cancellation: Cancellation

  /// - Parameters:
  ///   - manifest: what is known of the site.
  ///   - root: its folder.
  ///   - copy: the folder of the copy, absolute.
  ///   - jobs: how many pages are read at once.
  /// - Throws: `FileError` where the copy is gone.
  init(
    _ manifest: AssetManifest, from root: SiteRoot, copy: String, jobs: Int,
    cancellation: Cancellation = Cancellation()
  ) throws(FileError) {
    self.site = root
    self.copy = try SiteRoot(copy)
    self.jobs = jobs
    self.cancellation = cancellation
    proof = PageProof(manifest, folders: [self.copy])
  }

  /// What was given back, and why.
  struct GivenBack: Hashable {
    var path: String
    var problem: Diagnostic
  }

  /// Reads pages again.
  ///
  /// - Returns: those that hold their generator's bytes again.
  /// - Throws: `FileError` where a page cannot be given back; `Cancelled`.
  func prove(pages: [String]) throws -> [GivenBack] {
    try faults(of: pages).map { page, fault in
      try giveBack(page)
      return GivenBack(path: page, problem: .givenBack(page, fault))
    }
  }

  /// Reads those feeds again that are no copies by their stamps.
  ///
  /// - Parameter files: the site's files.
  /// - Returns: the feeds that hold their generator's bytes again.
  /// - Throws: `FileError`
  func prove(feedsOf files: [String]) throws(FileError) -> [GivenBack] {
    var results: [GivenBack] = []
    for feed in try differingFeeds(files) {
      try giveBack(feed)
      results.append(GivenBack(path: feed, problem: .feedGivenBack(feed)))
    }
    return results
  }

  private func faults(of pages: [String]) throws(Cancelled) -> [(page: String, fault: String)] {
    let (site, copy, proof) = (site, copy, proof)
    let faults = try Parallel.map(pages, jobs: jobs, cancellation: cancellation) { page -> String in
      do throws(FileError) {
        let pair = PageProof.Pair(
          page: page, author: try FileAccess.read(site.absolute(page)),
          written: try FileAccess.read(copy.absolute(page)))
        return proof.fault(pair) ?? ""
      } catch {
        return "it cannot be read again: \(error.reason)"
      }
    }
    return zip(pages, faults).filter { !$1.isEmpty }.map { (page: $0, fault: $1) }
  }

  private func differingFeeds(_ files: [String]) throws(FileError) -> [String] {
    var differing: [String] = []
    for feed in files.filter(FeedProof.isFeed) {
      guard let old = FileStamp(of: site.absolute(feed)), let new = FileStamp(of: copy.absolute(feed)),
        old.bytes != new.bytes || old.modified != new.modified
      else { continue }
      let (before, after) = (
        try FileAccess.read(site.absolute(feed)), try FileAccess.read(copy.absolute(feed))
      )
      if !FeedProof.isSame(before, after) { differing.append(feed) }
    }
    return differing
  }

  /// Puts the generator's own bytes into the copy, with their time, by which the next run knows them.
  private func giveBack(_ path: String) throws(FileError) {
    let (original, target) = (site.absolute(path), copy.absolute(path))
    try FileAccess.write(try FileAccess.read(original), to: target, mode: FileAccess.mode(of: original))
    if let stamp = FileStamp(of: original) { FileCopy.setModified(stamp.modified, of: target) }
  }
}
