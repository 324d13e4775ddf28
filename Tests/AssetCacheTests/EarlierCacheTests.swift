import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetCache

/// Caches outlive the program that made them. What is laid out in another way has another name, which follows from the
/// schema, so that here is what one of this name has always been.
@Suite("A cache that an earlier program made")
struct EarlierCacheTests {
  private let folder: TemporaryFolder
  private let path: String
  private let samples = (0..<20).map { SampleFile($0, score: 81.25) }
  private let stamp = FileStamp(bytes: 3, modified: 1_700_000_000_123_456_789, identity: UInt64.max - 3)

  /// The schema as the first version wrote it, word for word.
  private static let schema = """
    CREATE TABLE files (
      path TEXT PRIMARY KEY NOT NULL, bytes INTEGER NOT NULL, modified INTEGER NOT NULL,
      inode INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE actions (
      key TEXT PRIMARY KEY NOT NULL, sha256 TEXT, bytes INTEGER, width INTEGER, height INTEGER, score REAL,
      detail TEXT NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_inspections (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_facts (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_qualities (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_posts (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_runs (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);
    CREATE TABLE of_stale (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);

    """

  private static let valueTables = ["inspections", "facts", "qualities", "posts", "runs", "stale"]

  init() throws {
    folder = try TemporaryFolder()
    path = folder("cache")
  }

  private var index: String { path + "/" + CacheIndex.fileName }

  private func fill() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try folder.write(
      """
      Signature: 8a477f597d28d172789f06886806bc55
      # This folder is the cache of optimize-assets. It can be deleted at any time.
      # https://bford.info/cachedir/ says what this file is for.

      """, to: "cache/CACHEDIR.TAG")
    let connection = try Connection(index)
    try connection.execute(
      "PRAGMA journal_mode = WAL; BEGIN;" + Self.schema
        + "PRAGMA user_version = \(CacheIndex.version); COMMIT")
    try connection.transaction(.immediate) {
      for one in samples {
        let blob = URL(fileURLWithPath: one.path(in: path))
        try FileManager.default.createDirectory(
          at: blob.deletingLastPathComponent(), withIntermediateDirectories: true)
        try one.data.write(to: blob)
        try connection.execute(
          """
          INSERT INTO actions VALUES ('\(one.key)', '\(one.sha256)', \(one.data.count),
            \(one.action.file?.width ?? 0), 200, 81.25, '\(one.action.detail)', 1700000000);
          """)
      }
      try connection.execute(
        """
        INSERT INTO actions VALUES ('none', NULL, NULL, NULL, NULL, NULL, '{"글":1}', 1700000000);
        INSERT INTO files VALUES ('/site/여섯/a.png', 3, 1700000000123456789, -4, 'abc');
        """)
      for table in Self.valueTables {
        try connection.execute("INSERT INTO of_\(table) VALUES ('k', CAST('\(table)' AS BLOB), 1700000000)")
      }
    }
  }

  @Test("Everything in it is read")
  func read() throws {
    try fill()
    let cache = AssetCache(folder: path)
    #expect(
      cache.actions(samples.map(\.key))
        == Dictionary(uniqueKeysWithValues: samples.map { ($0.key, $0.action) }))
    #expect(cache.actions(["none"]) == ["none": CachedAction(detail: "{\"글\":1}")])
    #expect(samples.allSatisfy { cache.data($0.sha256) == $0.data })
    #expect(cache.digest(of: "/site/여섯/a.png", stamp) == "abc")
    #expect(cache.digests(below: "/site").mapValues(\.sha256) == ["여섯/a.png": "abc"])
    #expect(CacheTable.allCases.map(\.rawValue) == Self.valueTables)
    for table in CacheTable.allCases {
      #expect(cache.value(table, "k") == Data(table.rawValue.utf8))
    }
    cache.finish()
    #expect(cache.problems == [])
  }

  @Test("It is written to, cared for, and stays as it is laid out")
  func write() throws {
    try fill()
    let before = try layout()
    let cache = AssetCache(folder: path)
    let fresh = SampleFile(100)
    fresh.record(in: cache)
    cache.finish()
    let check = try #require(try cache.verify())
    #expect(!check.isDamaged)
    #expect(check.files == samples.count + 1)
    _ = try cache.prune(maxBytes: nil, olderThan: 1000)
    #expect(cache.problems == [])
    let next = AssetCache(folder: path)
    #expect(next.actions(samples.map(\.key) + [fresh.key]) == [fresh.key: fresh.action])
    #expect(try layout() == before)
  }

  @Test("How the schema is broken into lines does not make another one, and each word of it does")
  func version() {
    let words = Self.schema.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(CacheIndex.version(of: Self.schema) == CacheIndex.version(of: words))
    #expect(CacheIndex.version(of: words) == CacheIndex.version)
    #expect(
      CacheIndex.version(of: words.replacing("score REAL", with: "score INTEGER")) != CacheIndex.version)
  }

  @Test("A new cache is laid out in the same way")
  func sameLayout() throws {
    try fill()
    let earlier = try layout()
    try FileManager.default.removeItem(atPath: path)
    AssetCache(folder: path).finish()
    #expect(try layout() == earlier)
  }

  /// What an index is made of, beside its rows.
  private func layout() throws -> [String] {
    let connection = try Connection(index, .write)
    let pragmas = ["user_version", "application_id", "journal_mode", "page_size", "auto_vacuum", "encoding"]
    var layout = try pragmas.map { try $0 + " " + (connection.text("PRAGMA \($0)") ?? "") }
    try connection.statement("SELECT sql FROM sqlite_schema ORDER BY name").forEachRow { row in
      // SQLite keeps the text of the SQL, and how it is broken into lines does not matter.
      layout.append(row.text(0).split { $0 == " " || $0 == "\n" }.joined(separator: " "))
    }
    return layout
  }
}
