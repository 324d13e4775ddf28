import Arguments
import AssetPipeline
import Foundation
import SizeBudget

/// `optimize-assets report`
struct ReportCommand: Runnable {
  var shared = SharedOptions()
  var output = "report.html"
  var staged: String?
  var crops = 40
  var budget: String?

  static let command = Command(
    ReportCommand.self, "report",
    "Writes a page that shows what a site's images weigh, and what was made of them.",
    discussion: """
      The page is one file that loads nothing: totals, posts and images by weight, findings of budgets and lints, the \
      variants of each image, and views before and after. Nothing else is written.
      """,
    examples: [
      "optimize-assets report my-blog",
      "optimize-assets report my-blog --staged build --output weight.html",
    ]
  ) {
    SharedOptions.parameters.within(\.shared) + [
      .option(
        "--output", \.output,
        "The page to write, ending in .html. A file that is there is replaced only where it is a report.",
        completion: .file(["html", "htm"])),
      .option(
        "--staged", \.staged,
        """
        The staged copy whose images are shown. (default: those of a run in place, or else the configuration's output \
        folder)
        """,
        completion: .folder),
      .option(
        "--crops", \.crops, "How many of the heaviest images are shown before and after.", value: "count"),
      .option(
        "--budget", \.budget,
        "A file with budgets, in place of the configuration's; Lighthouse's budget.json too.",
        completion: .file(["yml", "yaml", "json"])),
    ]
  }

  func validate() throws {
    try shared.validate()
    if crops < 0 { throw UsageError("--crops must be 0 or more, not \(crops)") }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let file = try ReportFile(output)
      let configuration = try shared.configuration()
      let budgets = try BudgetFile.read(budget, else: configuration)
      let progress = ProgressReporter(isQuiet: shared.quiet)
      defer { progress.finish() }
      let pipeline = try shared.pipeline(configuration)
      let report = try pipeline.report(
        staged: staged, budgets: budgets, pairs: crops, file: file.path, cancellation: cancellation,
        progress: progress.report)
      let page = Data(report.html.utf8)
      try file.write(page)
      progress.finish()
      Report.print(report.result.weight.problems, quiet: shared.quiet, verbose: shared.verbose)
      if !shared.quiet, let warning = file.warning(site: shared.site) { Terminal.printError(warning) }
      switch shared.format {
      case .json:
        try Terminal.printJSON(Written(output: output, bytes: page.count, views: report.pairs.count))
      case .text: print("\(output): \(page.count) bytes, \(report.pairs.count) images before and after")
      }
      try ExitStatus.check(report.result.weight.problems)
    }
  }

  /// What `--format json` prints.
  private struct Written: Encodable {
    var output: String
    var bytes: Int
    var views: Int
  }
}
