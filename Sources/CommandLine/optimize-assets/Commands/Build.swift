import Arguments
import AssetModel
import AssetPipeline
import Foundation
import SystemResources

/// `optimize-assets build`
struct Build: Runnable {
  var shared = SharedOptions()
  var output: String?
  var dryRun = false
  var check = false
  var measure = false
  var sources = false
  var once = false
  var watch = false

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
        "--output", \.output, "Put the pages here. (default: as the generator)", value: "folder",
        completion: .folder),
      .flag("--check", \.check, "Publish nothing where 'check' would fail; fail as it does."),
      .flag("--watch", \.watch, "Build again whenever the site changes."),
      .flag("--measure", \.measure, "Run 'calibrate' on the pages, the first time."),
      .flag("--sources", \.sources, "Rewrite the posts first, in a copy, and build that."),
      .flag("--once", \.once, "Run the generator once, whatever it is."),
      .flag("--dry-run", \.dryRun, "Run the generator; publish nothing."),
    ] + SharedOptions.parameters.within(\.shared)
  }

  func validate() throws {
    try shared.validate()
    if dryRun, check { throw UsageError("--check weighs the finished pages, and --dry-run makes none") }
    if watch, shared.format == .json { throw UsageError("--watch has no end to print as JSON") }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      if watch { return try watch(cancellation) }
      let result = try run(shared.configuration(), cancellation)
      try ExitStatus.check(result.pages.problems)
      guard check else { return }
      if result.figures.isIncomplete { throw ExitCode(ExitStatus.unchecked.rawValue) }
      if result.figures.isOver { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }

  private var options: SiteBuild.Options {
    var options = SiteBuild.Options()
    (options.output, options.isDryRun, options.checks) = (output, dryRun, check)
    (options.measures, options.rewritesSources, options.runsOnce) = (measure, sources, once)
    options.configurationFile = shared.config
    return options
  }

  func build(_ configuration: Configuration) -> SiteBuild {
    var build = SiteBuild(site: shared.site, configuration: configuration, options: options)
    build.log = shared.log
    return build
  }

  /// Builds once, and says what it came to.
  @discardableResult
  func run(_ configuration: Configuration, _ cancellation: Cancellation) throws -> SiteBuild.Result {
    let progress = ProgressReporter(isQuiet: shared.quiet, building: "the site")
    defer { progress.finish() }
    let isQuiet = shared.quiet
    let result = try build(configuration).run(
      cancellation: cancellation, show: { if !isQuiet { Terminal.write($0) } }, progress: progress.report)
    progress.finish()
    for note in result.notes where !isQuiet { Terminal.printError("note: \(note)") }
    switch shared.format {
    case .json: try Terminal.printJSON(BuildOutput(result))
    case .text:
      Report.print(result.pages.problems, quiet: isQuiet, verbose: shared.verbose, isSummary: true)
      let findings = check ? result.figures.findings : result.figures.passedBudgets
      Report.print(findings, quiet: isQuiet, verbose: shared.verbose)
      let text = BuildText(result: result, options: options, hasBudgets: !configuration.budgets.isEmpty)
      print(text.text, terminator: "")
    }
    fflush(nil)
    return result
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
  var isHeldBack: Bool
  var heaviest: [SiteBuild.Page]
  var findings: [Diagnostic]
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
    isHeldBack = result.isHeldBack
    heaviest = result.figures.heaviest
    findings = result.figures.findings
    notes = result.notes
    problems = result.pages.problems
    summary = result.pages.summary
  }
}
