import Foundation
import Manifest
import SiteFiles
import VariantPlanner

/// What a run has found and made so far: written by all workers, read when they are done.
final class RenderLedger: @unchecked Sendable {
  // Safe to share: everything that changes is touched only with `lock` held.
  private let lock = NSLock()
  private var entries: [Entry]
  private var finished = 0
  private var encoded = 0
  private var failure: FileError?
  private var qualities: [String: RenderRecord.Quality] = [:]

  /// What is known of one job.
  struct Entry {
    var source: Source
    var facts: RenderRecord.Facts?
    /// The files wanted, and what became of each: nil until it is known, and where it failed.
    var planned: [PlannedEncode] = []
    var results: [RenderRecord.Result?] = []
    var reused = 0
    var encoded = 0
    /// Files that are still to be encoded.
    var pending = 0
    var problems: [Problem] = []
  }

  init(_ jobs: [RenderJob]) {
    entries = jobs.map { Entry(source: $0.source) }
  }

  /// Changes a job's entry.
  func update<Result>(_ job: Int, _ body: (inout Entry) -> Result) -> Result {
    lock.withLock { body(&entries[job]) }
  }

  /// Notes where a search for a quality ended.
  func note(_ quality: RenderRecord.Quality, for key: String) {
    lock.withLock { qualities[key] = quality }
  }

  /// Notes that a job is finished.
  func finish(_ job: Int) -> RenderProgress {
    lock.withLock {
      finished += 1
      encoded += entries[job].encoded
      return RenderProgress(
        finished: finished,
        total: entries.count,
        path: entries[job].source.path,
        encoded: encoded
      )
    }
  }

  /// Notes that a file could not be written; the first counts.
  func fail(_ error: FileError) {
    lock.withLock { failure = failure ?? error }
  }

  /// Everything, once the workers are done.
  func result(record old: RenderRecord) -> RenderResult {
    lock.withLock {
      // After a run that stopped halfway, what it did not come to is still as the old record says.
      var record = failure == nil ? RenderRecord() : old
      let known = Set(entries.map(\.source.sha256))
      record.qualities = old.qualities.filter { known.contains(String($0.key.prefix { $0 != "/" })) }
      record.qualities.merge(qualities) { $1 }
      for entry in entries {
        if let facts = entry.facts { record.sources[entry.source.sha256] = facts }
        for (planned, result) in zip(entry.planned, entry.results) {
          if let result { record.results[planned.key] = result }
        }
      }
      return RenderResult(outcomes: entries.map(\.outcome), record: record, writeFailure: failure)
    }
  }
}

extension RenderLedger.Entry {
  /// The entry as the caller sees it.
  fileprivate var outcome: RenderOutcome {
    var outcome = RenderOutcome(source: source, problems: problems, reused: reused, encoded: encoded)
    for (planned, result) in zip(planned, results) {
      switch result {
      case .made(let file): outcome.variants.append(planned.variant(of: source, file))
      case .dropped(let reason, let bytes): outcome.dropped.append(planned.dropped(reason, bytes: bytes))
      case nil: continue
      }
    }
    return outcome
  }
}
