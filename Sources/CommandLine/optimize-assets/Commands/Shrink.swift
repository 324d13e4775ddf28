import Arguments
import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import SizeBudget

/// `optimize-assets shrink`
struct Shrink: Runnable {
  var shared = SharedOptions()
  var paths: [String] = []
  var formats: [WantedReport] = []
  var longest: Int?
  var saving = MinimumSaving()
  var dryRun = false
  var check = false
  var changedSince: String?
  var hook = false

  func validate() throws {
    try shared.validate()
    try WantedReport.validate(formats)
    if formats.contains(where: { $0.format == nil }) {
      throw UsageError("--format html is for check and report")
    }
    if let longest, longest < 16 { throw UsageError("--max must be at least 16, not \(longest)") }
  }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      var shared = shared
      shared.site = Pipeline.shrinkRoot(of: paths)
      let pipeline = try shared.pipeline(shared.configuration())
      let progress = ProgressReporter(isQuiet: shared.quiet || hook)
      defer { progress.finish() }
      let account: ShrinkAccount
      do {
        account = try pipeline.shrink(options, cancellation: cancellation, progress: progress.report)
      } catch PipelineError.engine(let problem) where hook {
        // A commit is not to wait for a library.
        Terminal.printError("pictures are not looked at: \(problem.text)")
        return
      }
      progress.finish()
      Report.print(account.problems, quiet: shared.quiet, verbose: shared.verbose)
      let report = ShrinkReport(account, isCheck: check)
      for wanted in formats.isEmpty ? [WantedReport(.text)] : formats {
        guard let format = wanted.format else { continue }
        try wanted.write(report.text(format))
      }
      guard check else { return try ExitStatus.check(account.problems) }
      if report.isIncomplete { throw ExitCode(ExitStatus.unchecked.rawValue) }
      if !account.lighter.isEmpty { throw ExitCode(ExitStatus.imagesFailed.rawValue) }
    }
  }

  private var options: ShrinkOptions {
    var options = ShrinkOptions()
    options.paths = paths
    options.longestSide = longest
    (options.leastShare, options.leastBytes) = (saving.share, saving.bytes)
    options.isDry = dryRun || check
    options.changedSince = changedSince
    options.isHook = hook
    return options
  }
}

/// What has to be won of a file: `10%`, `5kB`, or both with a comma between them.
struct MinimumSaving: ArgumentValue {
  /// A part of the file, 0 to 1.
  var share = 0.05
  var bytes = 2_000

  init() {}

  init?(argument: String) {
    for part in argument.split(separator: ",") {
      if part.hasSuffix("%") {
        let digits = part.dropLast().trimmingCharacters(in: .whitespaces)
        guard let percent = Double(digits), (0..<100).contains(percent) else { return nil }
        share = percent / 100
      } else {
        guard let size = ByteSize(part.trimmingCharacters(in: .whitespaces)) else { return nil }
        bytes = size.bytes
      }
    }
  }

  var argumentText: String { "5%,2kB" }
}
