import Arguments
import AssetCache
import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import SizeBudget

/// `optimize-assets check`
struct Check: Runnable {
  var site = "."
  var config: String?
  var kind: Site.Kind?
  var budget: String?
  /// What is written; the text to standard output where nothing else is asked for.
  var formats: [WantedReport] = []
  var writeBaseline: String?
  var baseline: String?
  var allowedGrowth = ByteSize(bytes: 0)
  var baselineRef: String?
  var pathPrefix = ""
  var cache: String?
  var noCache = false
  var allowEmpty = false
  var only: [String] = []

  func validate() throws {
    if cache != nil, noCache { throw UsageError("--cache and --no-cache exclude each other") }
    if baseline != nil, baselineRef != nil {
      throw UsageError("--baseline and --baseline-ref exclude each other")
    }
    if SiteRoot.normalize(pathPrefix) == nil {
      throw UsageError("--path-prefix leads from the repository to the site, and never out of it")
    }
    try WantedReport.validate(formats)
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      var configuration = try Configuration(site: site, file: config)
      if let kind { configuration.kind = kind }
      if let cache { configuration.cache = .folder(CacheFolder.absolute(cache)) }
      if noCache { configuration.cache = .off }
      let budgets = try BudgetFile.read(budget, else: configuration)
      let page = try formats.first { $0.format == nil }?.file.map { name throws(PipelineError) in
        try ReportFile(name)
      }
      let before =
        try baseline.map(BaselineFile.read)
        ?? baselineRef.map {
          try GitBaseline(site: site, ref: $0, configuration: configuration).read(cancellation: cancellation)
        }
      let pipeline = try Pipeline(site: site, configuration: configuration)
      var weight = try pipeline.weigh(cancellation: cancellation)
      if allowEmpty { weight.problems.removeAll { $0.rule == .nothingFound } }
      var result = CheckResult(
        weight, budgets: budgets, levels: configuration.lints, baseline: before,
        allowedGrowth: allowedGrowth.bytes)
      if !only.isEmpty { result = result.only(try chosenFiles()) }
      for problem in result.weight.problems { Terminal.print(problem) }
      if let writeBaseline {
        try FileAccess.write(Baseline(weight).json(), to: writeBaseline)
      }
      for report in formats.isEmpty ? [WantedReport(.text)] : formats {
        try report.write(result, prefix: reportPrefix)
      }
      if let page {
        let report = try pipeline.report(
          present: weight, budgets: budgets, pairs: ReportCommand.usualPairs, file: page.path,
          cancellation: cancellation)
        try page.write(Data(report.html.utf8))
      }
      if result.isIncomplete { throw ExitCode(ExitStatus.unchecked.rawValue) }
      if result.isOver { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }

  /// What stands in front of the site's paths in reports: nothing for `.`, and else a slash at its end.
  private var reportPrefix: String {
    let parts = SiteRoot.normalize(pathPrefix) ?? []
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }

  /// The site's paths of what `--only` names. A hook is given whatever is staged, so what is not in the site is passed over.
  private func chosenFiles() throws -> Set<String> {
    let root = try SiteRoot(site)
    let folder = FileManager.default.currentDirectoryPath
    return Set(only.compactMap { root.path(ofNamed: $0, workingFolder: folder) })
  }
}
