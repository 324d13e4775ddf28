import ArgumentParser
import AssetPipeline
import Foundation
import Manifest

/// `optimize-assets [optimize]`
struct Optimize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a staged copy of a site whose posts carry responsive images.",
    discussion: """
      Without --in-place the site itself is only read. Point the site's generator at the copy.

      EXAMPLES
        optimize-assets my-blog --output build && jekyll build -s build
        optimize-assets my-blog --in-place
      """)

  @OptionGroup var shared: SharedOptions

  @Option(help: "The folder for the staged copy. (default: _optimized in the site)", completion: .directory)
  var output: String?

  @Flag(
    help: """
      Edit the posts, or the pages of a built site, where they stand, instead of making a copy. 'restore' undoes it for \
      posts.
      """)
  var inPlace = false

  @Flag(
    help: "With --in-place: edit also what git has uncommitted changes of, and files marked as read-only.")
  var force = false

  @Flag(help: "Say what would be made, and write nothing.")
  var dryRun = false

  @Option(
    help: """
      How long a new image that nothing needs any more stays in the copy, for pages that are cached: 12h, 30d, 2w. \
      (default: it goes at once)
      """)
  var keepStale: TimeSpan?

  func validate() throws {
    if inPlace, output != nil { throw ValidationError("--in-place and --output exclude each other") }
    if force, !inPlace { throw ValidationError("--force is for --in-place") }
  }

  func run() throws {
    shared.startLogging()
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      var configuration = try shared.configuration()
      if let keepStale { configuration.keepStale = keepStale }
      let pipeline = try Pipeline(site: shared.site, configuration: configuration)
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
