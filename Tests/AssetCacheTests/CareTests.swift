import AssetModel
import Foundation
import SiteFiles
import Synchronization
import Testing
import TestSupport

@testable import AssetCache

@Suite("Care for the cache")
struct CareTests {
  /// A clock that stands until it is set.
  final class Clock: Sendable {
    let time: Atomic<Int>
    init(_ time: Int) { self.time = Atomic(time) }
    var now: Int { time.load(ordering: .relaxed) }
    func set(_ value: Int) { time.store(value, ordering: .relaxed) }
  }

  private static let day = 86_400
  private let folder: TemporaryFolder
  private let path: String
  /// An hour after the test begins, so that what it writes is not taken for another process's file in the making.
  private let clock = Clock(Int(Date().timeIntervalSince1970) + 3600)

  init() throws {
    folder = try TemporaryFolder()
    path = folder("cache")
  }

  private func open() -> AssetCache {
    let clock = clock
    return AssetCache(folder: path, now: { clock.now })
  }

  /// A cache with files that were used on different days, the first longest ago.
  private func filled(_ count: Int, bytes: Int = 10_000) -> [SampleFile] {
    let samples = (0..<count).map { SampleFile($0, bytes: bytes) }
    let start = clock.now
    for (number, one) in samples.enumerated() {
      clock.set(start + number * Self.day)
      let cache = open()
      one.record(in: cache)
      cache.finish()
    }
    return samples
  }

  private func left(_ samples: [SampleFile]) -> [Bool] {
    let cache = open()
    let recorded = cache.actions(samples.map(\.key))
    return samples.map { one in
      let isThere = FileManager.default.fileExists(atPath: one.path(in: path))
      #expect((recorded[one.key] != nil) == isThere)
      return isThere
    }
  }

  @Test("The cache is counted")
  func info() throws {
    let start = clock.now
    let samples = filled(3)
    let cache = open()
    cache.set(["a": Data(), "b": Data()], in: .posts)
    cache.record(digest: "x", of: "/a", FileStamp(bytes: 1, modified: 1, identity: 1))
    cache.finish()
    let info = try #require(try cache.info())
    #expect(info.folder == path)
    #expect(info.files == 3)
    #expect(info.bytes == samples.reduce(0) { $0 + $1.data.count })
    #expect(info.indexBytes > 4096)
    #expect([info.actions, info.posts, info.digests] == [3, 2, 1] as [Int])
    #expect(info.oldestUse == start)
    #expect(info.newestUse == start + 2 * Self.day)
    #expect(try AssetCache(folder: nil).info() == nil)
  }

  @Test("What was used longest ago goes first")
  func pruneBySize() throws {
    let samples = filled(6)
    let index = try #require(try open().info()).indexBytes + 4096
    let done = try #require(try open().prune(maxBytes: index + 3 * samples[0].data.count, olderThan: nil))
    #expect(left(samples) == [false, false, false, true, true, true])
    #expect(done.removedFiles == 3)
    #expect(done.removedBytes == samples.prefix(3).reduce(0) { $0 + $1.data.count })
    #expect(done.files == 3)
    let again = try #require(try open().prune(maxBytes: index + 3 * samples[0].data.count, olderThan: nil))
    #expect(again.removedFiles == 0)
  }

  @Test("What was read counts as used, when the run that read it ends")
  func useCounts() throws {
    let samples = filled(4)
    clock.set(clock.now + 10 * Self.day)
    let cache = open()
    #expect(cache.actions([samples[0].key]).count == 1)
    cache.finish()
    _ = try open().prune(maxBytes: nil, olderThan: 5 * Self.day)
    #expect(left(samples) == [true, false, false, false])
  }

  @Test("A second use on the same day writes nothing")
  func coarseUses() throws {
    let samples = filled(1)
    let cache = open()
    _ = cache.actions([samples[0].key])
    #expect(uses(cache) == [])
    clock.set(clock.now + 2 * Self.day)
    _ = cache.actions([samples[0].key])
    #expect(uses(cache) == [samples[0].key])
  }

  private func uses(_ cache: AssetCache) -> Set<String> { cache.state.withLock(\.uses.actions) }

  @Test("What was not used for a time goes, values too")
  func pruneByAge() throws {
    let early = open()
    early.set(["early": Data("1".utf8)], in: .posts)
    early.finish()
    let samples = filled(5)
    let late = open()
    late.set(["late": Data("2".utf8)], in: .posts)
    late.finish()
    let done = try #require(try open().prune(maxBytes: nil, olderThan: 2 * Self.day + 10))
    #expect(left(samples) == [false, false, true, true, true])
    #expect(done.removedRows == 3)
    #expect(open().values(.posts, ["early", "late"]) == ["late": Data("2".utf8)])
  }

  @Test("A file that two actions made stays while one of them is used")
  func sharedFile() throws {
    let one = SampleFile(1)
    let cache = open()
    one.record(in: cache)
    cache.finish()
    clock.set(clock.now + 10 * Self.day)
    let later = open()
    later.record(one.action, for: "other", data: one.data)
    later.finish()
    _ = try open().prune(maxBytes: nil, olderThan: Self.day)
    #expect(open().data(one.sha256) == one.data)
    #expect(open().actions([one.key, "other"]) == ["other": one.action])
  }

  @Test("Clearing leaves nothing, and a cache that works")
  func clear() throws {
    let samples = filled(3)
    let cache = open()
    cache.set(["a": Data()], in: .posts)
    cache.record(digest: "x", of: folder.path, FileStamp(bytes: 1, modified: 1, identity: 1))
    let done = try #require(try cache.clear())
    #expect(left(samples) == [false, false, false])
    #expect(done.removedFiles == 3)
    let info = try #require(try open().info())
    #expect([info.files, info.bytes, info.actions, info.posts, info.digests] == [0, 0, 0, 0, 0] as [Int])
    samples[0].record(in: cache)
    cache.finish()
    #expect(left(samples) == [true, false, false])
  }

  @Test("Digests of files that are gone are forgotten")
  func digestsOfGoneFiles() throws {
    let cache = open()
    let stamp = FileStamp(bytes: 1, modified: 1, identity: 1)
    try FileAccess.write(Data(), to: folder("site/there.png"))
    cache.record(digests: [(folder("site/there.png"), stamp, "a"), (folder("site/gone.png"), stamp, "b")])
    let done = try #require(try cache.prune(maxBytes: nil, olderThan: nil))
    #expect(done.removedRows == 1)
    #expect(open().digests(below: folder("site")).keys.sorted() == ["there.png"])
  }

  /// What a process that was killed leaves: a file whose action it did not come to note, and half a file.
  private func leaveRemains() throws -> (orphan: String, dead: String, running: String) {
    let orphan = SampleFile(77).path(in: path)
    try FileAccess.write(SampleFile(77).data, to: orphan)
    let dead = FileAccess.folder(of: orphan) + "/.optimize-assets-999999999-17.tmp"
    let running = FileAccess.folder(of: orphan) + "/.optimize-assets-\(getpid())-18.tmp"
    for name in [dead, running] { try Data("half a fi".utf8).write(to: URL(fileURLWithPath: name)) }
    return (orphan, dead, running)
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  enum Care: CaseIterable { case verify, prune }

  private func care(_ kind: Care) throws {
    switch kind {
    case .verify: _ = try open().verify()
    case .prune: _ = try open().prune(maxBytes: nil, olderThan: nil)
    }
  }

  @Test(
    "What a killed process left goes; what a running one has in the making stays", arguments: Care.allCases)
  func remains(kind: Care) throws {
    let samples = filled(2)
    clock.set(Int(Date().timeIntervalSince1970) + 3600)
    let (orphan, dead, running) = try leaveRemains()
    let stranger = path + "/blobs/ab/notes.txt"
    try FileAccess.write(Data("mine".utf8), to: stranger)
    try care(kind)
    #expect(!exists(orphan))
    #expect(!exists(dead))
    #expect(exists(running))
    #expect(exists(stranger))
    #expect(left(samples) == [true, true])
    // A number of a process means nothing after a day.
    clock.set(clock.now + 2 * Self.day)
    try care(kind)
    #expect(!exists(running))
  }

  @Test("A file that was just written and is not noted yet stays", arguments: Care.allCases)
  func fileInTheMaking(kind: Care) throws {
    _ = filled(1)
    clock.set(Int(Date().timeIntervalSince1970))
    let (orphan, _, _) = try leaveRemains()
    try care(kind)
    #expect(exists(orphan))
  }

  @Test("Verifying counts what is wrong and puts it right")
  func verify() throws {
    let samples = filled(6)
    try Data(samples[0].data.map { $0 ^ 1 }).write(to: URL(fileURLWithPath: samples[0].path(in: path)))
    try samples[1].data.prefix(7).write(to: URL(fileURLWithPath: samples[1].path(in: path)))
    try FileManager.default.removeItem(atPath: samples[2].path(in: path))
    clock.set(Int(Date().timeIntervalSince1970) + 3600)
    _ = try leaveRemains()
    var calls: [Int] = []
    let check = try #require(
      try open().verify { done, total in
        #expect(total == 6)
        calls.append(done)
      })
    #expect(check.damaged == 2)
    #expect(check.missing == 1)
    #expect(check.orphans == 1)
    #expect(check.leftovers == 1)
    #expect(check.isDamaged)
    #expect(calls == [0, 1, 2, 3, 4, 5, 6])
    #expect(left(samples) == [false, false, false, true, true, true])
    let again = try #require(try open().verify())
    var right = CacheCheck()
    right.files = 3
    right.bytes = samples.suffix(3).reduce(0) { $0 + $1.data.count }
    #expect(again == right)
    #expect(!again.isDamaged)
  }

  @Test("Verifying finds a damaged index")
  func verifyIndex() throws {
    let samples = filled(2)
    let cache = open()
    cache.set(Dictionary(uniqueKeysWithValues: (0..<500).map { ("\($0)", Data(count: 500)) }), in: .posts)
    cache.finish()
    let index = path + "/" + CacheIndex.fileName
    var data = try FileAccess.read(index)
    // All but the pages that opening reads.
    data.replaceSubrange(
      8 * 4096 + 1..<data.count, with: Data(repeating: 0xA5, count: data.count - 8 * 4096 - 1))
    try data.write(to: URL(fileURLWithPath: index))
    let check = try #require(try open().verify())
    #expect(check.isIndexRebuilt)
    #expect(check.isDamaged)
    #expect(try #require(try open().verify()).isDamaged == false)
    samples[0].record(in: cache)
  }
}
