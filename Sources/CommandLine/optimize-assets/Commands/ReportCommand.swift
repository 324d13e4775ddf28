import Arguments
import AssetModel
import AssetPipeline
import Foundation
import SizeBudget

/// `optimize-assets report`
struct ReportCommand: Runnable {
  var shared = SharedOptions()
  var output = "report.html"
  var staged: String?
  var crops = usualPairs
  var budget: String?

  /// How many of the heaviest images are shown before and after, where nobody says.
  static let usualPairs = 40

  static let command = Command(
    ReportCommand.self, "report",
    "Write a page about the weight of a site's images.",
    discussion: """
      The page is one file that loads nothing: totals, posts and images by weight, findings of budgets and lints, the \
      variants of each image, and views before and after. Nothing else is written.
      """,
    examples: [
      "optimize-assets report my-blog",
      "optimize-assets report my-blog --staged build --output weight.html",
    ]
  ) {
    [
      .option(
        "--output", \.output,
        "Write the page to this .html file.", value: "file",
        completion: .file(["html", "htm"])),
      .option(
        "--staged", \.staged, "Show the images of this copy. (default: the output folder)", value: "folder",
        completion: .folder),
      .option(
        "--crops", \.crops, "Show so many of the heaviest images before and after.", value: "count"),
      .option(
        "--budget", \.budget,
        "Read budgets from this file; budget.json too.", value: "file",
        completion: .file(["yml", "yaml", "json"])),
    ] + SharedOptions.parameters.within(\.shared)
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
      if !shared.quiet, let warning = file.warning(site: shared.site) { Terminal.print(warning) }
      switch shared.format {
      case .json:
        try Terminal.printJSON(
          Written(
            output: output, bytes: page.count, views: report.pairs.count,
            downloads: report.result.weight.downloads, downloadsBefore: report.before?.downloads))
      case .text:
        let views = report.pairs.isEmpty ? "" : ", \(report.pairs.count.counted("image")) before and after"
        print("\(output): \(page.count) bytes\(views)")
      }
      try ExitStatus.check(report.result.weight.problems)
    }
  }

  /// What `--format json` prints.
  private struct Written: Encodable {
    var output: String
    var bytes: Int
    var views: Int
    /// Bytes by device, summed over the posts: as `check` has them.
    var downloads: [String: Int]
    var downloadsBefore: [String: Int]?
  }
}
