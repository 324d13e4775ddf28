import Arguments
import AssetModel
import AssetPipeline
import Foundation

/// `optimize-assets build`
struct Build: Runnable {
  var shared = SharedOptions()
  var output: String?
  var dryRun = false

  static let command = Command(
    Build.self, "build", "Build a site and publish its pages with lighter images.",
    discussion: """
      Runs the site's own generator into a private folder, optimizes the pages that come out, and puts them where the \
      generator would have put them, in one move: until then the old pages are served. It runs the site's programs: use it \
      on sites that you trust.
      """,
    examples: [
      "optimize-assets build my-blog",
      "optimize-assets build my-blog --output public",
    ]
  ) {
    [
      .option(
        "--output", \.output, "Put the pages here. (default: where the generator puts them)", value: "folder",
        completion: .folder),
      .flag("--dry-run", \.dryRun, "Run the generator and say what would be made. Publish nothing."),
    ] + SharedOptions.parameters.within(\.shared)
  }

  func validate() throws { try shared.validate() }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      var options = SiteBuild.Options()
      (options.output, options.isDryRun) = (output, dryRun)
      var build = SiteBuild(site: shared.site, configuration: try shared.configuration(), options: options)
      build.log = shared.log
      defer { progress.finish() }
      let isQuiet = shared.quiet
      let result = try build.run(
        cancellation: cancellation, show: { if !isQuiet { Terminal.write($0) } }, progress: progress.report)
      progress.finish()
      for note in result.notes where !isQuiet { Terminal.printError("note: \(note)") }
      switch shared.format {
      case .json: try Terminal.printJSON(BuildOutput(result))
      case .text:
        Report.print(result.pages.problems, quiet: isQuiet, verbose: shared.verbose)
        print(BuildText(result: result, isDryRun: dryRun).text, terminator: "")
      }
      try ExitStatus.check(result.pages.problems)
    }
  }
}

/// What a build came to, as JSON.
private struct BuildOutput: Encodable {
  var generator: String
  var command: String
  var generatorSeconds: Double
  var seconds: Double
  var destination: String
  var filesPublished: Int
  var notes: [String]
  var problems: [Diagnostic]
  var summary: Summary

  init(_ result: SiteBuild.Result) {
    generator = result.generator
    command = result.command
    generatorSeconds = result.generatorSeconds
    seconds = result.seconds
    destination = result.destination
    filesPublished = result.filesPublished
    notes = result.notes
    problems = result.pages.problems
    summary = result.pages.summary
  }
}
