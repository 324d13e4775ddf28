import AssetCache
import AssetModel
import Foundation
import Vips

/// What earlier looks at pictures came to, so that a check and the run after it do the work once.
package struct ShrinkCache: Sendable {
  private let cache: AssetCache

  package init(_ cache: AssetCache) { self.cache = cache }

  /// What is known of jobs, by their positions. Of files whose bytes are gone nothing is.
  ///
  /// - Parameter needsBytes: whether the bytes of a lighter file are needed, by its job's position; it has none else.
  package func results(
    _ jobs: [ShrinkJob], needsBytes: (_ position: Int, _ file: RenderRecord.File) -> Bool = { _, _ in true }
  ) -> [Int: ShrinkResult] {
    let keys = jobs.map(key)
    let actions = cache.actions(Array(Set(keys)))
    var results: [Int: ShrinkResult] = [:]
    for (position, key) in keys.enumerated() {
      guard let action = actions[key] else { continue }
      results[position] = result(of: action, jobs[position]) { needsBytes(position, $0) }
    }
    return results
  }

  /// Remembers what came of a job. A failure may lie with the machine, and is looked at again.
  package func record(_ result: ShrinkResult, of job: ShrinkJob) {
    switch result {
    case .lighter(let record, let data):
      guard let detail = try? JSONEncoder().encode(record.settings) else { return }
      let file = CachedAction.File(
        sha256: record.sha256, bytes: record.bytes, width: job.size.width, height: job.size.height,
        score: record.score)
      cache.record(
        CachedAction(file: file, detail: String(decoding: detail, as: UTF8.self)), for: key(job), data: data)
    case .stays(let bytes):
      cache.record(CachedAction(detail: "stays \(bytes)"), for: key(job), data: nil)
    case .refused(let problem):
      guard problem.severity == .note else { return }
      cache.record(CachedAction(detail: "left " + problem.message), for: key(job), data: nil)
    }
  }

  private func result(
    of action: CachedAction, _ job: ShrinkJob, _ needsBytes: (RenderRecord.File) -> Bool
  ) -> ShrinkResult? {
    if let file = action.file {
      guard let settings = try? JSONDecoder().decode(EncodingSettings.self, from: Data(action.detail.utf8))
      else { return nil }
      let record = RenderRecord.File(
        bytes: file.bytes, sha256: file.sha256, settings: settings, score: file.score)
      guard needsBytes(record) else { return .lighter(record, Data()) }
      return cache.data(file.sha256).map { .lighter(record, $0) }
    }
    if action.detail.hasPrefix("stays ") {
      return Int(action.detail.dropFirst(6)).map { .stays(bytes: $0) }
    }
    guard action.detail.hasPrefix("left ") else { return nil }
    return .refused(
      Diagnostic(
        .note, .passedThrough, file: job.source.path, message: String(action.detail.dropFirst(5))))
  }

  /// Everything that the outcome depends on but the path.
  private func key(_ job: ShrinkJob) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let wish = (try? encoder.encode(job.wish)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return cache.key("shrink", job.source.sha256, job.source.format.rawValue, wish, LoadedLibraries.identity)
  }
}
