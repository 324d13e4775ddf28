import AssetModel
import Foundation
import SiteFiles
import VariantPlanner

/// The state of a run: written by all workers, read when they are done.
final class RenderState: @unchecked Sendable {
  // Safe to share: everything that changes is touched only with `lock` held.
  private let lock = NSLock()
  private var entries: [Entry]
  private var finished = 0
  private var encoded = 0
  private var failure: FileError?

  /// The state of one job.
  struct Entry {
    var source: Source
    /// The wanted files, and the result of each: nil until there is one, and if it failed.
    var planned: [PlannedEncode] = []
    var results: [RenderRecord.Result?] = []
    /// The bytes of files that are not in the output tree yet, by position. They are written when all results are
    /// known, because some may then save too little compared with the others.
    var data: [Int: Data] = [:]
    /// The positions of files that were encoded by this run.
    var encoded: Set<Int> = []
    /// The positions of files that are still to be encoded.
    var missing: Set<Int> = []
    var problems: [Diagnostic] = []
  }

  init(_ jobs: [RenderJob]) {
    entries = jobs.map { Entry(source: $0.source) }
  }

  /// Changes a job's entry.
  func update<Result>(_ job: Int, _ body: (inout Entry) -> Result) -> Result {
    lock.withLock { body(&entries[job]) }
  }

  /// Records that a job is finished.
  func finish(_ job: Int) -> RenderProgress {
    lock.withLock {
      finished += 1
      encoded += entries[job].encoded.count
      return RenderProgress(
        finished: finished,
        total: entries.count,
        path: entries[job].source.path,
        encoded: encoded
      )
    }
  }

  /// Records that a file could not be written; the first counts.
  func fail(_ error: FileError) {
    lock.withLock { failure = failure ?? error }
  }

  /// Whether a file could not be written.
  var hasFailed: Bool { lock.withLock { failure != nil } }

  /// Everything, once the workers are done.
  func result() -> RenderResult {
    lock.withLock { RenderResult(outcomes: entries.map(\.outcome), writeFailure: failure) }
  }
}

extension RenderState.Entry {
  /// The entry as the caller sees it.
  fileprivate var outcome: RenderOutcome {
    var outcome = RenderOutcome(
      source: source, problems: problems, encoded: encoded.count { data[$0] == nil })
    // What could not be written is not there.
    for (position, result) in results.enumerated() where data[position] == nil {
      switch result {
      case .file(let file):
        outcome.variants.append(planned[position].variant(of: source, file))
        if !encoded.contains(position) { outcome.reused += 1 }
      case .dropped(let reason, let bytes):
        outcome.dropped.append(planned[position].dropped(reason, bytes: bytes))
      case nil: continue
      }
    }
    return outcome
  }
}
