import GeneratorOracle
import PostScanner
import SiteFiles

/// Sources that no command reads, although they lie in a site's folder: its generator has to make pages of them first.
enum SourcesToBuild {
  /// What to tell where the folder of such sources is given for a site; nil where there are none.
  ///
  /// Whether pages of an earlier build lie among them does not matter: what is made of those is gone with the next build.
  static func refusal(of root: SiteRoot, named site: String) -> PipelineError? {
    guard !root.hasFrontPage,
      let (generator, reason) = DeployGenerator.recognized(in: root, kind: nil)
    else { return nil }
    let whose = generator == .package ? "" : " of \(generator.name)"
    let folder = DeployCommand(generator, site: root).destination
    return .noSite(
      "these are sources\(whose) (\(reason)), which only their generator reads", file: site,
      advice: "'optimize-assets build' runs it and optimizes its pages; of pages that are built already name"
        + " the folder: \(folder)")
  }
}
