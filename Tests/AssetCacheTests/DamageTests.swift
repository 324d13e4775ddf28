import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetCache

@Suite("A damaged cache")
struct DamageTests {
  private let folder: TemporaryFolder
  private let path: String
  private let samples = (0..<400).map { SampleFile($0, bytes: 300) }

  init() throws {
    folder = try TemporaryFolder()
    path = folder("cache")
    fill(path)
  }

  private func fill(_ path: String) {
    let cache = AssetCache(folder: path)
    for one in samples { one.record(in: cache) }
    cache.record(
      digests: samples.map {
        ("/site/\($0.key).png", FileStamp(bytes: 1, modified: 1, identity: 1), $0.sha256)
      })
    cache.set(Dictionary(uniqueKeysWithValues: samples.map { ($0.key, $0.data) }), in: .posts)
    cache.finish()
  }

  private var index: String { path + "/" + CacheIndex.fileName }

  enum IndexDamage: CaseIterable {
    case truncatedInTheMiddle, truncatedInTheHeader, emptied, overwrittenWithText, overwrittenInTheMiddle
    case deleted, otherSchema, endlessView, otherVersion, logOfNoise, folderInItsPlace
  }

  private func change(_ sql: String) throws {
    // The cache that filled the index may be closing it.
    let connection = try Connection(index, busyTimeout: 10_000)
    try connection.transaction(.immediate) { try connection.execute(sql) }
  }

  private func apply(_ damage: IndexDamage) throws {
    var data = try FileAccess.read(index)
    switch damage {
    case .truncatedInTheMiddle: data = data.prefix(data.count / 2 / 4096 * 4096 - 100)
    case .truncatedInTheHeader: data = data.prefix(50)
    case .emptied: data = Data()
    case .overwrittenWithText: data = Data(String(repeating: "not a database\n", count: 2000).utf8)
    case .overwrittenInTheMiddle:
      data.replaceSubrange(4096..<data.count, with: Data(repeating: 0xA5, count: data.count - 4096))
    case .deleted:
      try FileManager.default.removeItem(atPath: index)
      return
    case .otherSchema:
      return try change("DROP TABLE actions; DROP TABLE files")
    case .endlessView:
      // Nobody's mishap, but a site can bring a cache of its own.
      return try change(
        """
        DROP TABLE actions;
        CREATE VIEW actions (key, sha256, bytes, width, height, score, detail, used) AS
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i, i, i, i, i, i FROM n;
        """)
    case .otherVersion:
      return try change("PRAGMA user_version = 77")
    case .logOfNoise:
      return try Data(repeating: 0x5A, count: 50_000).write(to: URL(fileURLWithPath: index + "-wal"))
    case .folderInItsPlace:
      try FileManager.default.removeItem(atPath: index)
      return try FileManager.default.createDirectory(atPath: index, withIntermediateDirectories: false)
    }
    try Data(data).write(to: URL(fileURLWithPath: index))
  }

  @Test("A damaged index costs one warning and nothing else", arguments: IndexDamage.allCases)
  func damagedIndex(damage: IndexDamage) throws {
    try apply(damage)
    let cache = AssetCache(folder: path)
    let actions = cache.actions(samples.map(\.key))
    _ = cache.digests(below: "/site")
    _ = cache.values(.posts, samples.map(\.key))
    // What is still read is right.
    let noted = Dictionary(uniqueKeysWithValues: samples.map { ($0.key, $0.action) })
    #expect(actions == noted.filter { actions[$0.key] != nil })
    // The same run makes everything again,
    for one in samples { one.record(in: cache) }
    cache.finish()
    #expect(cache.problems.count <= 1, "\(cache.problems)")
    let isSeen = ![.deleted, .emptied, .logOfNoise].contains(damage)
    #expect(cache.problems.isEmpty == !isSeen, "\(cache.problems)")
    #expect(cache.problems.allSatisfy { $0.severity == .warning && $0.advice != nil })
    // and the next one finds it.
    guard damage != .folderInItsPlace else { return }
    let next = AssetCache(folder: path)
    #expect(next.actions(samples.map(\.key)).count == samples.count)
    #expect(samples.allSatisfy { next.data($0.sha256) == $0.data })
    #expect(next.problems == [])
  }

  @Test("An index that is damaged while it is open is made anew, once")
  func damagedWhileOpen() throws {
    let cache = AssetCache(folder: path)
    #expect(cache.actions([samples[0].key]).count == 1)
    try Data(repeating: 0xA5, count: 200_000).write(to: URL(fileURLWithPath: index))
    for _ in 0..<3 { _ = cache.actions(samples.map(\.key)) }
    DispatchQueue.concurrentPerform(iterations: 4) { _ in _ = cache.digests(below: "/site") }
    for one in samples { one.record(in: cache) }
    cache.finish()
    #expect(cache.problems.map(\.rule) == [.cacheDamaged])
    #expect(AssetCache(folder: path).actions(samples.map(\.key)).count == samples.count)
  }

  @Test("Whatever is changed in an index, the cache answers and takes new notes")
  func changedBytes() throws {
    let whole = try FileAccess.read(index)
    for seed in 0..<20 {
      var data = whole
      // Steps of primes, so that the changes lie all over the file, and a third of them in its header.
      for step in 0..<12 {
        let offset = (seed * 7919 + step * 104_729) % (step % 3 == 0 ? 100 : data.count)
        data[offset] = UInt8(truncatingIfNeeded: seed * 31 + step * 151)
      }
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: index + end) }
      try data.write(to: URL(fileURLWithPath: index))
      let cache = AssetCache(folder: path)
      #expect(Set(cache.actions(samples.map(\.key)).keys).isSubset(of: samples.map(\.key)))
      _ = cache.values(.posts, samples.map(\.key))
      _ = cache.digests(below: "/site")
      for one in samples { one.record(in: cache) }
      cache.finish()
      #expect(Set(cache.actions(samples.map(\.key)).keys).isSubset(of: samples.map(\.key)))
      // A damage that nothing has come upon yet is found here, and the index made anew. Until then it may hide a row.
      _ = try cache.info()
      _ = try cache.verify()
      _ = try cache.prune(maxBytes: nil, olderThan: 1_000_000)
      for one in samples { one.record(in: cache) }
      cache.finish()
      #expect(cache.actions(samples.map(\.key)).count == samples.count, "\(seed)")
      #expect(cache.problems.allSatisfy { $0.rule == .cacheDamaged }, "\(seed): \(cache.problems)")
    }
  }

  @Test("The index of another version of the schema is left alone")
  func otherVersion() throws {
    let newer = path + "/index-\(CacheIndex.version + 1).sqlite"
    try FileAccess.write(Data("newer".utf8), to: newer)
    let cache = AssetCache(folder: path)
    #expect(cache.actions([samples[0].key]).count == 1)
    _ = try cache.prune(maxBytes: 0, olderThan: 0)
    #expect(try FileAccess.read(newer) == Data("newer".utf8))
  }

  enum BlobDamage: CaseIterable { case truncated, flipped, missing, folderInItsPlace, otherDigest }

  @Test("A damaged file is as if it had never been, and is made again", arguments: BlobDamage.allCases)
  func damagedFile(damage: BlobDamage) throws {
    let (one, other) = (samples[0], samples[1])
    let file = URL(fileURLWithPath: one.path(in: path))
    switch damage {
    case .truncated: try one.data.prefix(100).write(to: file)
    case .flipped: try Data(one.data.map { $0 ^ 1 }).write(to: file)
    case .missing: try FileManager.default.removeItem(at: file)
    case .folderInItsPlace:
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    case .otherDigest: try other.data.write(to: file)
    }
    let cache = AssetCache(folder: path)
    #expect(cache.data(one.sha256) == nil)
    #expect(try cache.restore(one.sha256, to: folder("x")) == false)
    #expect(!FileManager.default.fileExists(atPath: folder("x")))
    #expect(cache.actions([one.key, other.key]) == [other.key: other.action])
    #expect(cache.data(other.sha256) == other.data)
    #expect(cache.problems.map(\.message) == ["1 file of the cache was missing or damaged and is made again"])
    cache.finish()
    #expect(AssetCache(folder: path).actions([one.key]) == [:])
    guard damage != .folderInItsPlace else { return }
    one.record(in: cache)
    #expect(cache.data(one.sha256) == one.data)
    cache.finish()
    let next = AssetCache(folder: path)
    #expect(next.actions([one.key]) == [one.key: one.action])
    #expect(next.data(one.sha256) == one.data)
    #expect(next.problems == [])
  }

  @Test("However many files are damaged, there is one warning")
  func oneWarning() throws {
    try FileManager.default.removeItem(atPath: path + "/blobs")
    let cache = AssetCache(folder: path)
    for one in samples { #expect(cache.data(one.sha256) == nil) }
    #expect(
      cache.problems.map(\.message) == ["400 files of the cache were missing or damaged and are made again"])
    cache.finish()
    #expect(AssetCache(folder: path).actions(samples.map(\.key)) == [:])
  }

  @Test("A store that cannot be written to costs one warning, and the run goes on")
  func unwritableStore() throws {
    try FileManager.default.removeItem(atPath: path + "/blobs")
    try FileAccess.write(Data("in the way".utf8), to: path + "/blobs")
    let cache = AssetCache(folder: path)
    let fresh = (1000..<1100).map { SampleFile($0, bytes: 1_000_000) }
    for one in fresh { one.record(in: cache) }
    cache.finish()
    for one in fresh.prefix(3) { one.record(in: cache) }
    cache.finish()
    #expect(cache.problems.map(\.rule) == [.cacheUnusable])
    #expect(cache.problems.first?.message.contains("blobs") == true)
    // No action is noted whose file is not there.
    #expect(AssetCache(folder: path).actions(fresh.map(\.key)) == [:])
    #expect(try FileAccess.read(path + "/blobs") == Data("in the way".utf8))
  }
}
