import Arguments
import AssetPipeline
import Foundation

/// `optimize-assets scan`
struct Scan: Runnable {
  var shared = SharedOptions()

  static let command = Command(
    Scan.self, "scan", "List the image references of a site's posts.",
    discussion: """
      With --format json the manifest is printed: the site, its posts, every reference with its place, every \
      image with its dimensions.
      """,
    examples: ["optimize-assets scan my-blog --format json > manifest.json"]
  ) {
    SharedOptions.parameters.within(\.shared)
  }

  func validate() throws { try shared.validate() }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      let progress = ProgressReporter(isQuiet: shared.quiet)
      let pipeline = try shared.pipeline(shared.configuration())
      defer { progress.finish() }
      let manifest = try pipeline.scan(cancellation: cancellation, progress: progress.report)
      progress.finish()
      switch shared.format {
      case .json: FileHandle.standardOutput.write(try manifest.json())
      case .text:
        let report = Report(manifest: manifest, summary: Summary(manifest: manifest))
        report.printProblems(quiet: shared.quiet, verbose: shared.verbose)
        print(report.scanText(), terminator: "")
      }
      try ExitStatus.check(manifest.problems)
    }
  }
}
