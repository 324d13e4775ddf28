import AssetModel
import PostRewriter
import PostScanner
import SiteFiles
import SystemResources

/// A site that was edited where it stands, and a copy of it with its posts as their author has them.
struct InPlaceTrees: BuildPair {
  let before: SiteRoot
  let after: SiteRoot
  let manifest: AssetManifest
  let edited: Set<String>
  /// Gives posts of the site back, with what the journal knows of them.
  let restore: (Set<String>) throws -> Void

  func putBack(_ posts: Set<String>) throws { try restore(posts) }
}

extension Pipeline {
  /// The two states of a site that was edited in place; nil where no run has edited it.
  ///
  /// - Parameter copy: the folder to make for the state before.
  /// - Throws: ``PipelineError``, `FileError`
  func inPlaceTrees(
    copy: String, cancellation: Cancellation, progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> InPlaceTrees? {
    let (journal, _) = try relocatedJournal()
    guard !journal.posts.isEmpty else { return nil }
    var pipeline = self
    let authors = journal.overlay
    pipeline.text = authors
    let manifest = try pipeline.inspected(cancellation, progress: progress).manifest
    let excluded = [cacheInSite, configuration.output].compactMap(\.self)
    let staged = try StagedSite(site: root, output: copy, excluding: excluded)
    try staged.prepare()
    _ = try staged.fill(
      adding: [], isStopped: { cancellation.isRaised },
      replacing: { path throws(FileError) in
        guard authors.paths.contains(path) else { return nil }
        return authors.body(path, try FileAccess.read(root.absolute(path)))
      })
    return InPlaceTrees(before: try SiteRoot(copy), after: root, manifest: manifest, edited: authors.paths) {
      posts in
      _ = try restore(dryRun: false, posts.contains)
    }
  }
}
