import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetCache

@Suite("The cache")
struct AssetCacheTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("cache")
  }

  /// A cache that lasts as long as the process, one in a folder that is asked at once, and one that is asked by another
  /// object after all is written.
  enum Lifetime: CaseIterable { case process, run, nextRun }

  private func filled(_ lifetime: Lifetime, _ fill: (AssetCache) -> Void) -> AssetCache {
    let cache = AssetCache(folder: lifetime == .process ? nil : path)
    fill(cache)
    guard lifetime == .nextRun else { return cache }
    cache.finish()
    return AssetCache(folder: path)
  }

  @Test("A digest is known for the stamp it was noted with and no other", arguments: Lifetime.allCases)
  func digests(lifetime: Lifetime) {
    let stamp = FileStamp(bytes: 3, modified: 1_700_000_000_123_456_789, identity: UInt64.max - 3)
    let cache = filled(lifetime) { cache in
      cache.record(digest: "old", of: "/site/a.png", FileStamp(bytes: 1, modified: 1, identity: 1))
      cache.record(digest: "abc", of: "/site/a.png", stamp)
    }
    #expect(cache.digest(of: "/site/a.png", stamp) == "abc")
    for other in [
      FileStamp(bytes: 4, modified: stamp.modified, identity: stamp.identity),
      FileStamp(bytes: 3, modified: stamp.modified + 1, identity: stamp.identity),
      FileStamp(bytes: 3, modified: stamp.modified, identity: stamp.identity - 1),
    ] {
      #expect(cache.digest(of: "/site/a.png", other) == nil)
    }
    #expect(cache.digest(of: "/site/b.png", stamp) == nil)
    #expect(cache.problems == [])
  }

  @Test("Only what lies below a folder is listed, by its path there", arguments: Lifetime.allCases)
  func digestsBelow(lifetime: Lifetime) {
    let stamp = FileStamp(bytes: 3, modified: 1, identity: 7)
    let cache = filled(lifetime) { cache in
      cache.record(
        digests: ["/site", "/site/a.png", "/site/여섯/b.png", "/site-2/c.png", "/site.png", "/site0", "/sit/d"]
          .map {
            ($0, stamp, "of " + $0)
          })
    }
    let digests = cache.digests(below: "/site")
    #expect(digests.mapValues(\.sha256) == ["a.png": "of /site/a.png", "여섯/b.png": "of /site/여섯/b.png"])
    #expect(digests.values.allSatisfy { $0.stamp == stamp })
  }

  @Test("An action comes back as it was noted, with its file", arguments: Lifetime.allCases)
  func actions(lifetime: Lifetime) throws {
    let scored = SampleFile(1, score: 71.25)
    let plain = SampleFile(2)
    let none = CachedAction(detail: "nothing worth having: 여섯 \"\0\"")
    let cache = filled(lifetime) { cache in
      scored.record(in: cache)
      plain.record(in: cache)
      cache.record(none, for: "none", data: nil)
    }
    let actions = cache.actions([scored.key, plain.key, "none", "unknown"])
    #expect(actions == [scored.key: scored.action, plain.key: plain.action, "none": none])
    #expect(cache.data(scored.sha256) == scored.data)
    #expect(try cache.restore(plain.sha256, to: folder("out/x.webp"), mode: 0o600))
    #expect(try FileAccess.read(folder("out/x.webp")) == plain.data)
    #expect(FileAccess.mode(of: folder("out/x.webp")) == 0o600)
    #expect(cache.problems == [])
  }

  @Test("Values are set, replaced, removed, and apart by table", arguments: Lifetime.allCases)
  func values(lifetime: Lifetime) {
    let cache = filled(lifetime) { cache in
      cache.set(["a": Data("1".utf8), "b": Data("2".utf8), "": Data()], in: .posts)
      cache.set(["a": Data("other".utf8)], in: .facts)
      cache.finish()
      cache.set(["b": Data("3".utf8)], in: .posts)
      cache.remove(["a"], from: .posts)
    }
    #expect(cache.values(.posts, ["a", "b", "", "c"]) == ["b": Data("3".utf8), "": Data()])
    #expect(cache.value(.posts, "a") == nil)
    #expect(cache.value(.facts, "a") == Data("other".utf8))
    #expect(cache.value(.qualities, "a") == nil)
  }

  @Test("Every table has a place in the index", arguments: CacheTable.allCases)
  func everyTable(table: CacheTable) {
    let cache = filled(.nextRun) { $0.set(["k": Data(table.rawValue.utf8)], in: table) }
    #expect(cache.value(table, "k") == Data(table.rawValue.utf8))
  }

  @Test("Many keys at once give what single ones give", arguments: [10, 3000])
  func bulk(count: Int) {
    let all = (0..<4000).map { SampleFile($0, bytes: 1) }
    let cache = filled(.nextRun) { cache in
      for samples in all { cache.record(samples.action, for: samples.key, data: nil) }
      cache.set(Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.data) }), in: .posts)
    }
    let wanted = all.prefix(count)
    let keys = wanted.map(\.key) + ["unknown"]
    #expect(cache.actions(keys) == Dictionary(uniqueKeysWithValues: wanted.map { ($0.key, $0.action) }))
    #expect(cache.values(.posts, keys) == Dictionary(uniqueKeysWithValues: wanted.map { ($0.key, $0.data) }))
  }

  @Test("Two caches on one folder write at once, and each finds what the other wrote")
  func twoWriters() throws {
    let caches = [AssetCache(folder: path), AssetCache(folder: path)]
    let samples = (0..<200).map { SampleFile($0) }
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for number in 0..<100 {
        // Half of the files are noted by both.
        let one = samples[(thread * 50 + number) % samples.count]
        one.record(in: caches[thread % 2])
        caches[thread % 2].record(
          digest: one.sha256, of: "/out/\(thread)/\(number)", FileStamp(bytes: 1, modified: 1, identity: 1))
      }
    }
    for cache in caches { cache.finish() }
    for cache in caches + [AssetCache(folder: path)] {
      #expect(cache.actions(samples.map(\.key)).count == samples.count)
      #expect(cache.digests(below: "/out").count == 400)
      #expect(samples.allSatisfy { cache.data($0.sha256) == $0.data })
      #expect(cache.problems == [])
    }
    #expect(try StoreState.wrong(path) == [])
  }

  @Test("Files that wait for the disk are bounded, and none is lost")
  func writeBehind() throws {
    let cache = AssetCache(folder: path)
    // Seven of these are more than may wait.
    let samples = (0..<8).map { SampleFile($0, bytes: AssetCache.pendingLimit / 6) }
    for one in samples {
      one.record(in: cache)
      let pending = cache.state.withLock(\.pendingBytes)
      #expect(pending <= AssetCache.pendingLimit)
    }
    cache.finish()
    let pending = cache.state.withLock(\.pendingBytes)
    #expect(pending == 0)
    let next = AssetCache(folder: path)
    for one in samples { #expect(next.data(one.sha256) == one.data) }
  }

  @Test("A key that is noted again and again takes no room for ever")
  func notedAgain() {
    let cache = AssetCache(folder: path)
    var last = SampleFile(0)
    for number in 0..<20 {
      last = SampleFile(number, bytes: AssetCache.pendingLimit / 4)
      cache.record(last.action, for: "key", data: last.data)
    }
    cache.finish()
    let pending = cache.state.withLock(\.pendingBytes)
    #expect(pending == 0)
    #expect(AssetCache(folder: path).actions(["key"]) == ["key": last.action])
  }

  @Test("A file larger than all that may wait is written all the same")
  func largerThanTheBound() {
    let one = SampleFile(1, bytes: AssetCache.pendingLimit + 1)
    let cache = filled(.nextRun) { one.record(in: $0) }
    #expect(cache.data(one.sha256) == one.data)
  }

  @Test("A cache without a folder keeps so many bytes and no action without its file")
  func memoryBound() {
    let cache = AssetCache(folder: nil)
    let samples = (0..<3).map { SampleFile($0, bytes: AssetCache.memoryLimit / 2 - 100) }
    for one in samples { one.record(in: cache) }
    #expect(samples.map { cache.actions([$0.key]).isEmpty } == [false, false, true])
    #expect(samples.map { cache.data($0.sha256) == nil } == [false, false, true])
  }

  @Test("Closing leaves whole files and no others")
  func closing() throws {
    let cache = AssetCache(folder: path)
    let samples = (0..<300).map { SampleFile($0, bytes: 60_000) }
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      if thread == 0 { cache.close() } else { for one in samples { one.record(in: cache) } }
    }
    let late = SampleFile(1000)
    late.record(in: cache)
    cache.set(["late": Data()], in: .posts)
    cache.finish()
    #expect(try StoreState.wrong(path) == [])
    let next = AssetCache(folder: path)
    #expect(next.data(late.sha256) == nil)
    #expect(next.value(.posts, "late") == nil)
    // What is in the index has its file.
    let recorded = next.actions(samples.map(\.key))
    #expect(recorded.values.allSatisfy { $0.file.map { next.data($0.sha256) != nil } ?? false })
  }

  @Test("Closing keeps what needs no file and drops the files that wait")
  func closingDrops() throws {
    let cache = AssetCache(folder: path)
    let one = SampleFile(1)
    // Nothing is written while this is held, so both wait when the cache is closed.
    cache.state.withLock { $0.isScheduled = true }
    one.record(in: cache)
    cache.set(["early": Data("1".utf8)], in: .posts)
    cache.close()
    let next = AssetCache(folder: path)
    #expect(next.value(.posts, "early") == Data("1".utf8))
    #expect(next.actions([one.key]) == [:])
    #expect(try StoreState.blobs(path) == [])
  }
}
