import Arguments
import AssetModel
import AssetPipeline
import Foundation

/// `optimize-assets [optimize]`
struct Optimize: Runnable {
  var shared = SharedOptions()
  var output: String?
  var inPlace = false
  var force = false
  var dryRun = false
  var keepStale: TimeSpan?

  static let command = Command(
    Optimize.self, "optimize", "Copy a site with responsive images in its posts.",
    discussion: "Without --in-place the site itself is only read. Point the site's generator at the copy.",
    examples: [
      "optimize-assets my-blog --output build && jekyll build -s build",
      "optimize-assets my-blog --in-place",
    ]
  ) {
    [
      .option(
        "--output", \.output, "Write the copy here. (default: _optimized in the site)", value: "folder",
        completion: .folder),
      .flag(
        "--in-place", \.inPlace,
        "Edit the site itself; 'restore' undoes it."),
      .flag(
        "--force", \.force,
        "With --in-place: edit uncommitted and read-only files too."),
      .flag("--dry-run", \.dryRun, "Say what would be made. Write nothing."),
      .option(
        "--keep-stale", \.keepStale, "Keep unused new images so long: 12h, 30d, 2w.", value: "time"),
    ] + SharedOptions.parameters.within(\.shared)
  }

  func validate() throws {
    try shared.validate()
    if inPlace, output != nil { throw UsageError("--in-place and --output exclude each other") }
    if force, !inPlace { throw UsageError("--force is for --in-place") }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      var configuration = try shared.configuration()
      if let keepStale { configuration.keepStale = keepStale }
      let pipeline = try shared.pipeline(configuration)
      defer { progress.finish() }
      let result =
        inPlace
        ? try pipeline.optimizeInPlace(
          force: force, dryRun: dryRun, cancellation: cancellation, progress: progress.report)
        : try pipeline.optimize(
          output: output, dryRun: dryRun, cancellation: cancellation, progress: progress.report)
      progress.finish()
      switch shared.format {
      case .json: try Report(manifest: result.manifest, summary: result.summary).printJSON()
      case .text:
        // Of a run with nothing to do the whole manifest need not be read for this.
        let manifest = AssetManifest(site: result.site, problems: result.problems)
        let report = Report(
          manifest: manifest, summary: result.summary, isVouched: configuration.markdown.html)
        report.printProblems(quiet: shared.quiet, verbose: shared.verbose, isSummary: true)
        print(report.optimizeText(isDryRun: dryRun, isCopy: !inPlace), terminator: "")
      }
      try ExitStatus.check(result.problems)
    }
  }
}
