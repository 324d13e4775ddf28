import AssetModel
import Foundation
import PostScanner
import SystemResources

extension SiteBuild {
  /// Makes the copy of the site that is built in its place: its posts have lighter images, in the markup that their own
  /// generator then finishes.
  ///
  /// - Parameter notes: gains what a person should know.
  /// - Returns: the folder of the copy, and the pictures of which files were made, by the names of these; nil where the site's
  ///   sources are not read.
  /// - Throws: ``PipelineError``
  func stagedSources(
    _ store: BuildStore, _ pipeline: Pipeline, notes: inout [String], _ cancellation: Cancellation,
    _ progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> (folder: String, sourcesOfFiles: [String: Source])? {
    let scanner = PostScanner(root: pipeline.root, name: site, options: pipeline.scanOptions(output: ""))
    guard let kind = scanner.kind, kind != .html, kind != .markdown || configuration.markdown.html else {
      notes.append("--sources: the site is built as it is, because its sources are not read")
      return nil
    }
    var sources = try Pipeline(site: site, configuration: configuration, cache: pipeline.cache)
    (sources.worker, sources.log) = (worker, log)
    let result = try store.filling(store.sources) {
      try sources.optimize(output: store.sources, cancellation: cancellation, progress: progress)
    }
    notes.append("--sources: \(result.summary.postsRewritten.counted("post")) rewritten before the build")
    let manifest = try result.manifest
    let byPath = Dictionary(
      manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let files = manifest.variants.compactMap { variant in
      byPath[variant.source].map { ((variant.path as NSString).lastPathComponent, $0) }
    }
    return (store.sources, Dictionary(files, uniquingKeysWith: { first, _ in first }))
  }
}
