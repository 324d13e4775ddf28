import Arguments
import AssetPipeline
import Foundation
import Web

/// `optimize-assets verify`
struct Verify: Runnable {
  var shared = SharedOptions()
  var output: String?
  var browser = false
  var browserPath: String?
  var viewport: [Screen] = []
  var pages: [String] = []
  var sample: Int?
  var steps: Int?
  var slow = false
  var repair = false

  static let command = Command(
    Verify.self, "verify", "Prove that a site's pages stay the same.",
    discussion: """
      Builds the site with its own command, as it is and with lighter images, and compares every page; with --browser also \
      what readers see. It runs the site's programs: use it on sites that you trust. It ends with 1 where a page differs.
      """,
    examples: ["optimize-assets verify my-blog --browser"]
  ) {
    verifyParameters + SharedOptions.parameters.within(\.shared)
  }

  private static var verifyParameters: [Parameter<Verify>] {
    [
      .option(
        "--output", \.output,
        "Keep the copy here. (default: a temporary folder)", value: "folder",
        completion: .folder),
      .flag("--browser", \.browser, "Lay the pages out in headless Chromium."),
      .option(
        "--browser-path", \.browserPath,
        "Use this one, not CHROME_PATH or the first found.", value: "program",
        completion: .file()),
      .options(
        "--viewport", \.viewport, "Lay out in WIDTHxHEIGHT@DENSITY; repeatable.", value: "window"),
      .options(
        "--pages", \.pages,
        "Lay out pages whose paths match; repeatable.", value: "glob"),
      .option("--sample", \.sample, "Lay out at most this many pages.", value: "count"),
      .option(
        "--steps", \.steps, "Follow links so many steps. (default: 12)", value: "count"),
      .flag("--slow", \.slow, "Time the three heaviest pages on a slow phone."),
      .flag(
        "--repair", \.repair,
        "Undo the edits of posts whose pages differ."),
    ]
  }

  func validate() throws {
    try shared.validate()
    if let sample, sample < 1 { throw UsageError("--sample must be at least 1, not \(sample)") }
    if let steps, steps < 0 { throw UsageError("--steps must not be less than 0") }
    let hasLimits = !viewport.isEmpty || !pages.isEmpty || sample != nil || steps != nil || slow
    guard browser || browserPath != nil || !hasLimits else {
      throw UsageError("--viewport, --pages, --sample, --steps and --slow go with --browser")
    }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      var options = Verifier.Options()
      options.output = output
      options.usesBrowser = browser || browserPath != nil
      options.browser = browserPath
      if !viewport.isEmpty { options.viewports = viewport.map(\.description) }
      options.pages = pages
      options.sample = sample
      if let steps { options.journeySteps = steps }
      options.loads = slow ? 3 : 0
      options.repairs = repair
      var verifier = Verifier(site: shared.site, configuration: try shared.configuration(), options: options)
      verifier.log = shared.log
      defer { progress.finish() }
      let report = try verifier.verify(cancellation: cancellation, progress: progress.report)
      progress.finish()
      switch shared.format {
      case .json: try Terminal.printJSON(VerifyOutput(report))
      case .text: print(VerifyText(report: report).text, terminator: "")
      }
      if !report.isSame { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }
}

/// The report as JSON, with the sums that its readers would have to make.
private struct VerifyOutput: Encodable {
  var isSame: Bool
  var totals: [VerifyReport.Total]
  var downloads: Downloads
  var report: VerifyReport

  init(_ report: VerifyReport) {
    isSame = report.isSame
    totals = report.totals
    downloads = report.downloads
    self.report = report
  }
}
