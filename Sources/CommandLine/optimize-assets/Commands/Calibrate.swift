import Arguments
import AssetPipeline
import Foundation

/// `optimize-assets calibrate`
struct Calibrate: Runnable {
  var shared = SharedOptions()
  var browserPath: String?
  var sample: Int?
  var dryRun = false

  static let command = Command(
    Calibrate.self, "calibrate",
    "Measures in a browser how wide a site shows its images, for later runs that need none.",
    discussion: """
      The site is built once with its own command, in a temporary folder, and the pages of its posts are opened in \
      headless Chromium in windows of eight widths. The section 'layouts' of optimize-assets.yml then says how wide \
      each layout shows images, which form of markup keeps it, and which images are painted largest. Nothing else in \
      the file changes. It runs the site's programs, so it is for sites that you trust.
      """,
    examples: ["optimize-assets calibrate my-blog"]
  ) {
    SharedOptions.parameters.within(\.shared) + [
      .option(
        "--browser-path", \.browserPath,
        "The browser's program. (default: CHROME_PATH, or the first Chromium or Chrome that is found)",
        completion: .file()),
      .option("--sample", \.sample, "Look at this many posts at most, spread evenly."),
      .flag("--dry-run", \.dryRun, "Say what was measured, and write nothing."),
    ]
  }

  func validate() throws {
    try shared.validate()
    if let sample, sample < 1 { throw UsageError("--sample must be at least 1, not \(sample)") }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      var options = Calibrator.Options()
      options.browser = browserPath
      options.sample = sample
      options.file = shared.config
      var calibrator = Calibrator(
        site: shared.site, configuration: try shared.configuration(), options: options)
      calibrator.log = shared.log
      defer { progress.finish() }
      let report = try calibrator.calibrate(cancellation: cancellation, progress: progress.report)
      progress.finish()
      if !dryRun { try calibrator.write(report) }
      switch shared.format {
      case .json: try Terminal.printJSON(report)
      case .text: print(CalibrationText(report: report, isDryRun: dryRun).text, terminator: "")
      }
    }
  }
}
