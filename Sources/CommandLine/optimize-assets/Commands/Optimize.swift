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
    Optimize.self, "optimize", "Makes a staged copy of a site whose posts carry responsive images.",
    discussion: "Without --in-place the site itself is only read. Point the site's generator at the copy.",
    examples: [
      "optimize-assets my-blog --output build && jekyll build -s build",
      "optimize-assets my-blog --in-place",
    ]
  ) {
    SharedOptions.parameters.within(\.shared) + [
      .option(
        "--output", \.output, "The folder for the staged copy. (default: _optimized in the site)",
        completion: .folder),
      .flag(
        "--in-place", \.inPlace,
        """
        Edit the posts, or the pages of a built site, where they stand, instead of making a copy. 'restore' undoes it \
        for posts.
        """),
      .flag(
        "--force", \.force,
        "With --in-place: edit also what git has uncommitted changes of, and files marked as read-only."),
      .flag("--dry-run", \.dryRun, "Say what would be made, and write nothing."),
      .option(
        "--keep-stale", \.keepStale,
        """
        How long a new image that nothing needs any more stays in the copy, for pages that are cached: 12h, 30d, 2w. \
        (default: it goes at once)
        """),
    ]
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
        let manifest =
          result.isUnchanged
          ? AssetManifest(site: result.site, problems: result.problems) : try result.manifest
        let report = Report(manifest: manifest, summary: result.summary)
        report.printProblems(quiet: shared.quiet, verbose: shared.verbose)
        print(report.optimizeText(isDryRun: dryRun), terminator: "")
      }
      try ExitStatus.check(result.problems)
    }
  }
}
