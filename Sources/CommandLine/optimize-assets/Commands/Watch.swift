import Arguments
import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import SystemResources

/// `optimize-assets watch`
struct Watch: Runnable {
  var shared = SharedOptions()
  var output: String?
  var keepStale: TimeSpan?

  static let command = Command(
    Watch.self, "watch", "Make the copy, and again whenever the site changes.",
    discussion: "For use next to the generator's own server, which watches the copy. Ctrl-C ends it.",
    examples: ["optimize-assets watch my-blog --output build & jekyll serve -s build"]
  ) {
    [
      .option(
        "--output", \.output, "Write the copy here. (default: _optimized in the site)", value: "folder",
        completion: .folder),
      .option(
        "--keep-stale", \.keepStale, "Keep unused new images so long: 12h, 30d, 2w.", value: "time"),
    ] + SharedOptions.parameters.within(\.shared)
  }

  func validate() throws { try shared.validate() }

  func run() throws {
    try ExitStatus.reporting { cancellation in
      var pipeline = try open()
      // Watching begins before the first run, so that what changes meanwhile is not missed.
      let watcher = try pipeline.watcher(output: output)
      if watcher.polls {
        Terminal.printError("the system's watches do not suffice, so changes take longer to be seen")
      }
      var change: FolderWatcher.Change? = .anything
      var isFirst = true
      while let changed = change {
        do {
          // The configuration may be what has changed, and one outside the site is not watched.
          if !isFirst, shared.config != nil || changed.concerns(Configuration.fileName) {
            pipeline = try open()
          }
          try run(pipeline, after: isFirst ? nil : changed, cancellation)
        } catch PipelineError.cancelled {
          throw SignalledEnd()
        } catch {
          // The author is at work: what is wrong now is put right with the next change.
          Terminal.print(error)
        }
        isFirst = false
        change = try watcher.next { cancellation.isRaised }
      }
      throw SignalledEnd()
    }
  }

  private func open() throws -> Pipeline {
    var configuration = try shared.configuration()
    if let keepStale { configuration.keepStale = keepStale }
    return try shared.pipeline(configuration)
  }

  private func run(_ pipeline: Pipeline, after change: FolderWatcher.Change?, _ cancellation: Cancellation)
    throws
  {
    let result = try pipeline.optimize(output: output, cancellation: cancellation)
    if result.isUnchanged, change != nil { return }
    if !shared.quiet {
      for problem in result.problems where problem.severity != .note || shared.verbose {
        Terminal.print(problem)
      }
    }
    print(Self.line(change, result))
    fflush(nil)
  }

  private static func line(_ change: FolderWatcher.Change?, _ result: Pipeline.Result) -> String {
    let what = change?.description ?? "ready"
    return "\(what): \(result.postsWritten.counted("post")) rewritten,"
      + " \(result.summary.encoded.counted("image")) encoded,"
      + String(format: " %.2f s", result.summary.seconds)
  }
}
