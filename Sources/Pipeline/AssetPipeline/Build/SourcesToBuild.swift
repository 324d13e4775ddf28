import AssetModel
import GeneratorOracle
import PostScanner
import SiteFiles

/// Sources that no command reads, although they lie in a site's folder: its generator has to make pages of them first.
enum SourcesToBuild {
  /// What to tell where the folder of such sources is given for a site; nil where there are none.
  ///
  /// Whether pages of an earlier build lie among them does not matter: what is made of those is gone with the next build.
  static func refusal(of root: SiteRoot, named site: String) -> PipelineError? {
    refusal(of: root, named: site, because: "which only their generator reads")
  }

  /// The same of posts that are to be rewritten although nobody says how their framework renders them; nil where it is not
  /// known which framework that is.
  static func refusal(toRewrite site: Site, of root: SiteRoot, _ configuration: Configuration)
    -> PipelineError?
  {
    guard site.kind == .markdown, configuration.kind == nil, !configuration.markdown.html,
      DeployGenerator(site: root, kind: nil).map({ $0 != .package }) == true
    else { return nil }
    return refusal(of: root, named: site.root, because: "whose posts can be read and not rewritten")
  }

  private static func refusal(
    of root: SiteRoot, named site: String, because why: String
  ) -> PipelineError? {
    guard !root.hasFrontPage,
      let (generator, reason) = DeployGenerator.recognized(in: root, kind: nil)
    else { return nil }
    let whose = generator == .package ? "" : " of \(generator.name)"
    let folder = DeployCommand(generator, site: root).destination
    return .noSite(
      "these are sources\(whose) (\(reason)), \(why)", file: site,
      advice: "'optimize-assets build' runs it and optimizes its pages; of pages that are built already name"
        + " the folder: \(folder)")
  }
}
