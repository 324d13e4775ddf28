import AssetCache
import AssetModel
import Foundation
import SystemResources
import VariantPlanner
import Vips

/// The results of earlier runs for the sources and encodes of this run: a typed view of the cache.
///
/// The records of all jobs are read at once before any work starts, because a run with little to do consists of such
/// reads. A key names everything that the answer depends on, and nothing else: the source's bytes, every parameter that
/// changes the output, and the libraries that decode and encode. Facts from decoding also depend on the build of the
/// program, and encoded files on what its steps do (``RenderProbe``).
struct RenderCache: Sendable {
  private let cache: AssetCache
  /// What encodes, as far as their bytes depend on it. In an empty cache it takes a moment, in which workers start.
  private let engine: Eventual<String>
  private let facts: [String: RenderRecord.Facts]
  private let planned: [Int: [PlannedEncode]]
  private let results: [String: RenderRecord.Result]

  /// Reads the records of some jobs.
  init(_ cache: AssetCache, _ jobs: [RenderJob], folder: String) {
    self.cache = cache
    engine = Eventual {
      jobs.isEmpty ? "" : RenderProbe.digest(cache) + "\n" + LoadedLibraries.identity
    }
    let stored = cache.values(.facts, jobs.map { Self.factsKey($0.source.sha256, in: cache) })
    var facts: [String: RenderRecord.Facts] = [:]
    var planned: [Int: [PlannedEncode]] = [:]
    for (number, job) in jobs.enumerated() {
      let source = job.source.sha256
      guard let data = stored[Self.factsKey(source, in: cache)],
        let sourceFacts: RenderRecord.Facts = Self.decoded(data)
      else {
        continue
      }
      facts[source] = sourceFacts
      if sourceFacts.suffice(for: job) {
        planned[number] = PlannedEncode.all(for: job, facts: sourceFacts, folder: folder)
      }
    }
    self.facts = facts
    self.planned = planned
    results = Self.results(in: cache, planned.values.flatMap(\.self), engine)
  }

  /// The encodes of a job, if they are known without decoding its pixels.
  func planned(_ number: Int, _ job: RenderJob) -> (facts: RenderRecord.Facts, encodes: [PlannedEncode])? {
    guard let encodes = planned[number], let facts = facts[job.source.sha256] else { return nil }
    return (facts, encodes)
  }

  /// What became of encodes, by ``PlannedEncode/action``.
  func results(_ encodes: [PlannedEncode]) -> [String: RenderRecord.Result] {
    let remembered = encodes.reduce(into: [:]) { remembered, encode in
      remembered[encode.action] = results[encode.action]
    }
    let missing = encodes.filter { remembered[$0.action] == nil }
    guard !missing.isEmpty else { return remembered }
    return remembered.merging(Self.results(in: cache, missing, engine)) { $1 }
  }

  private static func results(
    in cache: AssetCache, _ encodes: [PlannedEncode], _ engine: Eventual<String>
  ) -> [String: RenderRecord.Result] {
    guard !encodes.isEmpty else { return [:] }
    let keys = Dictionary(
      encodes.map { (key($0.action, engine), $0.action) }, uniquingKeysWith: { first, _ in first })
    return cache.actions(Array(keys.keys)).reduce(into: [:]) { results, entry in
      guard let name = keys[entry.key] else { return }
      results[name] = result(of: entry.value)
    }
  }

  /// Where the search of a group ended.
  func quality(_ group: QualityGroup) -> RenderRecord.Quality? {
    cache.value(.qualities, Self.key(group.key, engine)).flatMap(Self.decoded)
  }

  // MARK: Noting

  /// Records facts from decoding a source, in addition to the recorded ones.
  func record(_ new: RenderRecord.Facts, of source: Source) {
    var all = new
    if let old = facts[source.sha256] {
      all.placeholders.merge(old.placeholders) { new, _ in new }
      all.rungs.merge(old.rungs) { new, _ in new }
    }
    guard let data = Self.encoded(all) else { return }
    cache.set([Self.factsKey(source.sha256, in: cache): data], in: .facts)
  }

  /// Records where a group's search ended.
  ///
  /// - Parameter key: ``QualityGroup/key``
  func record(_ quality: RenderRecord.Quality, for key: String) {
    guard let data = Self.encoded(quality) else { return }
    cache.set([Self.key(key, engine): data], in: .qualities)
  }

  /// Records what became of an encode.
  ///
  /// - Parameter data: the file's bytes, where there is a file.
  func record(_ result: RenderRecord.Result, of encode: PlannedEncode, data: Data?) {
    guard let detail = Self.encoded(result.detail) else { return }
    var action = CachedAction(detail: String(decoding: detail, as: UTF8.self))
    if case .file(let file) = result {
      action.file = CachedAction.File(
        sha256: file.sha256, bytes: file.bytes, width: encode.rendition.width,
        height: encode.rendition.height,
        score: file.score)
    }
    cache.record(action, for: Self.key(encode.action, engine), data: data)
  }

  /// The bytes of a file that an earlier run generated; nil if they are gone or damaged.
  func data(_ file: RenderRecord.File) -> Data? { cache.data(file.sha256) }

  private static func result(of action: CachedAction) -> RenderRecord.Result? {
    guard let detail: RenderRecord.Detail = decoded(Data(action.detail.utf8)) else { return nil }
    if let file = action.file, let settings = detail.settings {
      return .file(.init(bytes: file.bytes, sha256: file.sha256, settings: settings, score: file.score))
    }
    return detail.reason.map { .dropped(reason: $0, bytes: detail.bytes) }
  }

  // MARK: Keys and values

  private static func key(_ name: String, _ engine: Eventual<String>) -> String {
    ContentDigest.sha256(name + "\n" + engine.value)
  }

  private static func factsKey(_ sha256: String, in cache: AssetCache) -> String {
    cache.key("facts", sha256, LoadedLibraries.identity)
  }

  private static func decoded<Value: Decodable>(_ data: Data) -> Value? {
    try? JSONDecoder().decode(Value.self, from: data)
  }

  private static func encoded(_ value: some Encodable) -> Data? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try? encoder.encode(value)
  }
}

extension RenderRecord {
  /// What is remembered of an encode beside its file.
  fileprivate struct Detail: Codable {
    var settings: EncodingSettings?
    var reason: DroppedRendition.Reason?
    var bytes: Int?
  }
}

extension RenderRecord.Result {
  fileprivate var detail: RenderRecord.Detail {
    switch self {
    case .file(let file): .init(settings: file.settings)
    case .dropped(let reason, let bytes): .init(reason: reason, bytes: bytes)
    }
  }
}
