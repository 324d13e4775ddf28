import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Reads files through the cache: what is the same as when it was read last is neither opened nor parsed.
struct ReadingCache: Sendable {
  /// The outcome of reading a file, and what the cache should store of it.
  struct Entry: Sendable {
    var outcome: PostReading.Outcome
    /// The outcome's key; nil where the cache has it, or must not.
    var key: String?
    /// The file's digest; nil where the cache knows it, or the file was changed a moment ago.
    var sha256: String?
  }

  private let reading: PostReading
  private let cache: AssetCache
  /// A digest of all that outcomes depend on beside the single file.
  private let context: String
  private let digests: [String: (stamp: FileStamp, sha256: String)]
  /// The moment before the files were listed, in nanoseconds since 1970.
  private let listed: Int64
  private let count = Shared(0)

  /// - Parameters:
  ///   - reading: what reads a file.
  ///   - cache: the results of earlier scans.
  ///   - layout: a digest that identifies the layout.
  ///   - fields: the front-matter fields that name images.
  ///   - listed: the moment before the files were listed, in nanoseconds since 1970.
  init(_ reading: PostReading, cache: AssetCache, layout: String, fields: [String], listed: Int64) {
    self.reading = reading
    self.cache = cache
    self.listed = listed
    digests = cache.digests(below: reading.root.path)
    // Jekyll's dates are in the process's time zone where the site names none.
    context = cache.key(
      "post", reading.layout.site.kind.rawValue, layout, TimeZone.current.identifier,
      StableText.of(fields) ?? "", StableText.of(reading.tags) ?? "")
  }

  /// Reads files, with one question to the cache about all that it may know.
  func read(
    _ works: [PostReading.Work], jobs: Int, cancellation: Cancellation
  ) throws(Cancelled) -> [PostReading.Outcome] {
    let keys = works.map { work in sha256(of: work.entry).map { key(of: work, $0) } }
    let cached = cache.values(.posts, keys.compactMap(\.self))
    let pairs = Array(zip(works, keys))
    let entries = try Parallel.map(pairs, jobs: jobs, cancellation: cancellation) { work, key in
      read(work, cached: key.flatMap { cached[$0] })
    }
    remember(zip(works, entries))
    return entries.map(\.outcome)
  }

  /// How many files were parsed so far.
  var parsed: Int { count.withLock(\.self) }

  private func read(_ work: PostReading.Work, cached: Data?) -> Entry {
    let digest = sha256(of: work.entry)
    if let cached,
      let outcome = CompactDecoder.value(PostReading.Outcome.self, of: cached)
    {
      return Entry(outcome: outcome)
    }
    let file: [UInt8]
    switch reading.file(of: work) {
    case .success(let bytes): file = bytes
    case .failure(let unreadable): return Entry(outcome: unreadable.outcome)
    }
    // What is remembered belongs to the bytes that were read, whatever the listing said.
    let sha256 = ContentDigest.sha256(file)
    // For a post with in-place edits this is the author's text, which the file's stamp does not describe.
    let isFile = reading.text?.paths.contains(work.entry.path) != true
    let isStable = isFile && work.entry.stamp.isStable(at: listed) && digest != sha256
    let key = key(of: work, sha256)
    var entry = Entry(outcome: PostReading.Outcome(), sha256: isStable ? sha256 : nil)
    if let cached = cache.value(.posts, key),
      let outcome = CompactDecoder.value(PostReading.Outcome.self, of: cached)
    {
      entry.outcome = outcome
    } else {
      entry.outcome = reading.read(work, file, sha256: sha256)
      count.withLock { $0 += 1 }
      // What it takes in may change without it.
      if entry.outcome.isCacheable, entry.outcome.includes.isEmpty { entry.key = key }
    }
    return entry
  }

  private func remember(_ entries: some Sequence<(PostReading.Work, Entry)>) {
    var values: [String: Data] = [:]
    var digests: [(path: String, stamp: FileStamp, sha256: String)] = []
    for (work, entry) in entries {
      if let key = entry.key { values[key] = CompactEncoder.data(of: entry.outcome) }
      if let sha256 = entry.sha256 {
        digests.append((reading.root.absolute(work.entry.path), work.entry.stamp, sha256))
      }
    }
    cache.set(values, in: .posts)
    cache.record(digests: digests)
  }

  /// The digest of a file that is as it was.
  private func sha256(of entry: FileEntry) -> String? {
    guard reading.text?.paths.contains(entry.path) != true, let recorded = digests[entry.path],
      recorded.stamp == entry.stamp
    else { return nil }
    return recorded.sha256
  }

  /// Everything that an outcome depends on.
  private func key(of work: PostReading.Work, _ sha256: String) -> String {
    var parts = [
      context, sha256, work.entry.path, work.dialect.rawValue, work.isAlwaysRead ? "always" : "",
    ]
    switch work.role {
    case .page: parts.append("page")
    case .post: parts.append("post")
    // A draft without a date has that of its last change.
    case .draft: parts.append("draft \(work.entry.modified / 1_000_000_000)")
    case .document(let label): parts.append("document \(label)")
    case .partial(let url): parts.append("partial \(url)")
    }
    if let offsets = reading.confirmed[work.entry.path] {
      parts.append(offsets.sorted().map(String.init).joined(separator: " "))
    }
    return ContentDigest.sha256(parts.joined(separator: "\n"))
  }
}
