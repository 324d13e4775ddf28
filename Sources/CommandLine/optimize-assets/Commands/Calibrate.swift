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
    "Measure in a browser how wide images are shown.",
    discussion: """
      Builds the site once with its own command, opens the pages of its posts in headless Chromium in windows of eight \
      widths, and writes the section 'layouts' of optimize-assets.yml: how wide each layout shows images, and which markup \
      keeps it. Nothing else in the file changes. It runs the site's programs: use it on sites that you trust.
      """,
    examples: ["optimize-assets calibrate my-blog"]
  ) {
    [
      .option(
        "--browser-path", \.browserPath,
        "Use this browser. (default: CHROME_PATH, Chromium, Chrome)", value: "program",
        completion: .file()),
      .option("--sample", \.sample, "Look at this many posts at most.", value: "count"),
      .flag("--dry-run", \.dryRun, "Say what was measured. Write nothing."),
    ] + SharedOptions.parameters.within(\.shared)
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
