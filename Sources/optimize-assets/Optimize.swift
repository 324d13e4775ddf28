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

  func validate() throws {
    if inPlace, output != nil { throw ValidationError("--in-place and --output exclude each other") }
    if force, !inPlace { throw ValidationError("--force is for --in-place") }
  }

  func run() throws {
    shared.startLogging()
    try ExitStatus.reporting {
      let progress = ProgressReporter(isQuiet: shared.quiet)
      let pipeline = try Pipeline(site: shared.site, configuration: shared.configuration())
      defer { progress.finish() }
      let result =
        inPlace
        ? try pipeline.optimizeInPlace(force: force, dryRun: dryRun, progress: progress.report)
        : try pipeline.optimize(output: output, dryRun: dryRun, progress: progress.report)
      progress.finish()
      let report = Report(manifest: result.manifest, summary: result.summary)
      switch shared.format {
      case .json: try report.printJSON()
      case .text:
        report.printProblems(quiet: shared.quiet, verbose: shared.verbose)
        print(report.optimizeText(isDryRun: dryRun), terminator: "")
      }
      try ExitStatus.check(result.manifest)
    }
  }
}
