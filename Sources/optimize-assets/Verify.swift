import ArgumentParser
import AssetPipeline
import BrowserCheck
import Foundation

/// `optimize-assets verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves that the pages of a site stay the same with lighter images.",
    discussion: """
      The site is built twice with its own command (build: in the configuration), from its sources and from a staged \
      copy, both in a temporary folder. Where --in-place has edited the posts, they are compared as they stand with what \
      their author wrote. The HTML of every page is compared; with --browser, Chromium lays the pages \
      out, and every box, the styles of captions, the files that were chosen and the bytes that were downloaded are \
      compared too. It runs the site's programs, so it is for sites that you trust. The exit code is 1 where a page \
      differs.

      EXAMPLE
        optimize-assets verify my-blog --browser
      """)

  @OptionGroup var shared: SharedOptions

  @Option(
    help:
      "The folder for the staged copy, which is kept. (default: a temporary one, or none after --in-place)",
    completion: .directory)
  var output: String?

  @Flag(help: "Lay the pages out in headless Chromium.")
  var browser = false

  @Option(
    help: "The browser's program. (default: CHROME_PATH, or the first Chromium or Chrome that is found)",
    completion: .file())
  var browserPath: String?

  @Option(
    help:
      "A window, as WIDTHxHEIGHT@DENSITY; may be given several times. (default: 412x915@2.625, 820x1180@2, 1440x900@1)"
  )
  var viewport: [Viewport] = []

  @Option(help: "Lay out only the pages whose paths in the built site match; may be given several times.")
  var pages: [String] = []

  @Option(help: "Lay out at most this many pages.")
  var sample: Int?

  @Flag(
    help: "Give posts whose pages differ the author's own bytes again, in the copy of --output or in place.")
  var repair = false

  func validate() throws {
    if let sample, sample < 1 { throw ValidationError("--sample must be at least 1, not \(sample)") }
    guard browser || browserPath != nil || viewport.isEmpty && pages.isEmpty && sample == nil else {
      throw ValidationError("--viewport, --pages and --sample go with --browser")
    }
  }

  func run() throws {
    shared.startLogging()
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
      let verifier = Verifier(site: shared.site, configuration: try shared.configuration(), options: options)
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

extension Viewport: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
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
