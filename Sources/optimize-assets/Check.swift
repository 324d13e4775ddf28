import ArgumentParser
import AssetCache
import AssetPipeline
import Foundation
import Manifest
import Reporting
import SiteFiles
import SizeBudget

extension ReportFormat: ExpressibleByArgument {}

/// `optimize-assets check`
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Holds the weight of a site's images against budgets. The site is only read.",
    discussion: """
      Exits with 0 within budget, 1 over it, and 2 where something could not be checked.

      EXAMPLES
        optimize-assets check my-blog
        optimize-assets check my-blog --budget budgets.yml --format github
        optimize-assets check my-blog --baseline image-weight.json
        optimize-assets check my-blog --baseline-ref origin/main --allowed-growth 50kB
        optimize-assets check my-blog --only _posts/2026-01-01-new-year.md
      """)

  @Argument(help: "The folder that holds the site.", completion: .directory)
  var site = "."

  @Option(
    help: "The configuration file. (default: optimize-assets.yml in the site, if there is one)",
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Option(help: "The kind of site. (default: recognised)")
  var kind: Site.Kind?

  @Option(
    help: "A file with budgets, in place of the configuration's; Lighthouse's budget.json too.",
    completion: .file(extensions: ["yml", "yaml", "json"]))
  var budget: String?

  @Option(
    help: ArgumentHelp(
      "How the result is written: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))."))
  var format = ReportFormat.text

  @Option(help: ArgumentHelp("Keeps what the site weighs in a file.", valueName: "file"), completion: .file())
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp("Fails where something weighs more than in this file.", valueName: "file"),
    completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "How many bytes a page, and the site, may weigh more than in the baseline.", valueName: "size"))
  var allowedGrowth = ByteSize(bytes: 0)

  @Option(
    help: ArgumentHelp(
      "Fails where something weighs more than in this commit, branch or tag.", valueName: "git-ref"))
  var baselineRef: String?

  @Option(
    help: ArgumentHelp("What leads from the repository to the site in reports: blog/.", valueName: "path"))
  var pathPrefix = ""

  @Option(help: "The folder for what later runs need not find out again.", completion: .directory)
  var cache: String?

  @Flag(help: "Neither use nor keep what runs find out.")
  var noCache = false

  @Option(
    parsing: .remaining,
    help: ArgumentHelp(
      "Speaks only of these posts and images, and of the posts that show them. All that follows are files; none means all. (default: all)",
      valueName: "file"),
    completion: .file())
  var only: [String] = []

  func validate() throws {
    if cache != nil, noCache { throw ValidationError("--cache and --no-cache exclude each other") }
    if baseline != nil, baselineRef != nil {
      throw ValidationError("--baseline and --baseline-ref exclude each other")
    }
    if SiteRoot.normalise(pathPrefix) == nil {
      throw ValidationError("--path-prefix leads from the repository to the site, and never out of it")
    }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      var configuration = try Configuration(site: site, file: config)
      if let kind { configuration.kind = kind }
      if let cache { configuration.cache = .folder(CacheFolder.absolute(cache)) }
      if noCache { configuration.cache = .off }
      let budgets = try BudgetFile.read(budget, else: configuration)
      let before =
        try baseline.map(BaselineFile.read)
        ?? baselineRef.map {
          try GitBaseline(site: site, ref: $0, configuration: configuration).read(cancellation: cancellation)
        }
      let weight = try Pipeline(site: site, configuration: configuration).weigh(cancellation: cancellation)
      var result = CheckResult(
        weight, budgets: budgets, levels: configuration.lints, baseline: before,
        allowedGrowth: allowedGrowth.bytes)
      if !only.isEmpty { result = result.only(try chosenFiles()) }
      for problem in result.weight.problems { Terminal.printError("\(problem)") }
      if let writeBaseline {
        try FileAccess.write(Baseline(weight).json(), to: writeBaseline)
      }
      FileHandle.standardOutput.write(Data(try format.text(result, prefix: reportPrefix).utf8))
      if result.isIncomplete { throw ExitCode(ExitStatus.unchecked.rawValue) }
      if result.isOver { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }

  /// What stands in front of the site's paths in reports: nothing for `.`, and else a slash at its end.
  private var reportPrefix: String {
    let parts = SiteRoot.normalise(pathPrefix) ?? []
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }

  /// The site's paths of what `--only` names. A hook is given whatever is staged, so what is not in the site is passed over.
  private func chosenFiles() throws -> Set<String> {
    let root = try SiteRoot(site)
    let folder = FileManager.default.currentDirectoryPath
    return Set(only.compactMap { root.path(ofNamed: $0, workingFolder: folder) })
  }
}
