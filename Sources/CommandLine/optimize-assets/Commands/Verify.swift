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
  var repair = false

  static let command = Command(
    Verify.self, "verify", "Proves that the pages of a site stay the same with lighter images.",
    discussion: """
      The site is built twice with its own command (build: in the configuration), from its sources and from a staged \
      copy, both in a temporary folder. Where --in-place has edited the posts, they are compared as they stand with what \
      their author wrote. The HTML of every page is compared; with --browser, Chromium lays the pages \
      out, and every box, the styles of captions, the files that were chosen and the bytes that were downloaded are \
      compared too. It runs the site's programs, so it is for sites that you trust. The exit code is 1 where a page \
      differs.
      """,
    examples: ["optimize-assets verify my-blog --browser"]
  ) {
    SharedOptions.parameters.within(\.shared) + ownParameters
  }

  private static var ownParameters: [Parameter<Verify>] {
    [
      .option(
        "--output", \.output,
        "The folder for the staged copy, which is kept. (default: a temporary one, or none after --in-place)",
        completion: .folder),
      .flag("--browser", \.browser, "Lay the pages out in headless Chromium."),
      .option(
        "--browser-path", \.browserPath,
        "The browser's program. (default: CHROME_PATH, or the first Chromium or Chrome that is found)",
        completion: .file()),
      .options(
        "--viewport", \.viewport,
        """
        A window, as WIDTHxHEIGHT@DENSITY; may be given several times. (default: 412x915@2.625, 820x1180@2, \
        1440x900@1)
        """),
      .options(
        "--pages", \.pages,
        "Lay out only the pages whose paths in the built site match; may be given several times."),
      .option("--sample", \.sample, "Lay out at most this many pages."),
      .flag(
        "--repair", \.repair,
        "Give posts whose pages differ the author's own bytes again, in the copy of --output or in place."),
    ]
  }

  func validate() throws {
    try shared.validate()
    if let sample, sample < 1 { throw UsageError("--sample must be at least 1, not \(sample)") }
    guard browser || browserPath != nil || viewport.isEmpty && pages.isEmpty && sample == nil else {
      throw UsageError("--viewport, --pages and --sample go with --browser")
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
  var report: VerifyReport

  init(_ report: VerifyReport) {
    isSame = report.isSame
    totals = report.totals
    self.report = report
  }
}
