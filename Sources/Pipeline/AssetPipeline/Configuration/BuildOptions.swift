import AssetModel
import GeneratorOracle
import PostRewriter

extension GeneratorOracle.Options {
  /// How a site is built as its configuration says.
  ///
  /// - Parameter excluded: folders in the site that are none of its sources, beside those that never are.
  init(_ site: Site, _ configuration: Configuration, excluding excluded: Set<String>, jobs: Int = 1) {
    self.init(
      generator: site.kind.rawValue, build: configuration.build, seconds: configuration.buildSeconds,
      skipped: StagedSite.skippedFolders.union(excluded), jobs: jobs)
  }
}

extension Configuration {
  /// The folders of a site that an earlier run has made in it.
  var createdFolders: Set<String> {
    output.hasPrefix("/") ? [StagedSite.recordFolder] : [StagedSite.recordFolder, output]
  }
}

extension AssetManifest {
  /// Whether some posts are drafts, which a generator publishes only where it is asked to.
  var hasDrafts: Bool { posts.contains { "/\($0.path)".contains("/_drafts/") } }
}
