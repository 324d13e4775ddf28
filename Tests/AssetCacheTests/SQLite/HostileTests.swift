import AssetCache
import Foundation
import Testing
import TestSupport

@Suite("Files that somebody broke")
struct HostileTests {
  private let folder: TemporaryFolder
  private let whole: Data

  init() throws {
    folder = try TemporaryFolder()
    let connection = try Connection(folder("whole"))
    try connection.execute(
      """
      PRAGMA page_size = 512;
      CREATE TABLE t (k TEXT PRIMARY KEY NOT NULL, v BLOB NOT NULL, n INTEGER NOT NULL);
      CREATE TABLE w (k TEXT PRIMARY KEY NOT NULL, n INTEGER) WITHOUT ROWID;
      """)
    try connection.transaction(.immediate) {
      for number in 0..<60 {
        try connection.execute(
          "INSERT INTO t VALUES ('key \(number)', zeroblob(\(number * 40)), \(number)); INSERT INTO w VALUES ('k\(number)', 1)"
        )
      }
      try connection.execute("DELETE FROM t WHERE n % 5 = 0")
    }
    whole = try Data(contentsOf: URL(fileURLWithPath: folder("whole")))
  }

  /// Uses the file in every way that the program does.
  ///
  /// - Returns: what went wrong.
  private func use(_ path: String) -> [SQLiteError] {
    var errors: [SQLiteError] = []
    func attempt(_ body: () throws -> Void) {
      do {
        try body()
      } catch let error as SQLiteError {
        errors.append(error)
      } catch {
        Issue.record("\(error)")
      }
    }
    attempt {
      let connection = try Connection(path)
      attempt { try connection.distrustSchema() }
      // What the disk would keep through a power cut is of no interest here.
      attempt { try connection.execute("PRAGMA synchronous = OFF") }
      attempt { _ = try connection.int("PRAGMA user_version") }
      for sql in ["SELECT k, v, n FROM t", "SELECT k, n FROM w WHERE k > 'k3'", "SELECT max(rowid) FROM t"] {
        attempt {
          var rows = 0
          try connection.statement(sql).forEachRow { row in
            _ = (row.text(0), row.withBytes(1) { $0.reduce(0) { $0 &+ Int($1) } }, row.int(2), row.double(1))
            rows += 1
          }
          // A tree that leads back to itself is found out, and is not read for ever.
          #expect(rows < 100_000)
        }
      }
      attempt { _ = try connection.text("PRAGMA quick_check(1)") }
      attempt {
        try connection.transaction(.immediate) {
          try connection.execute(
            "INSERT OR REPLACE INTO t VALUES ('key 7', x'01', 1); DELETE FROM w WHERE k < 'k4'")
        }
      }
      attempt { try connection.execute("VACUUM") }
      #expect(!connection.isInTransaction)
    }
    return errors
  }

  /// The codes that say what is wrong with a file.
  private static let expected: Set<ResultCode> = [
    .corrupt, .notADatabase, .error, .cannotOpen, .constraint, .full, .ioError, .readOnly, .mismatch, .tooBig,
  ]

  @Test("Whatever is changed in a file, there are rows or an error", arguments: 0..<8)
  func changedBytes(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let path = folder("changed")
    var failures = 0
    for _ in 0..<40 {
      var data = whole
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        // A third of the changes hit the header and the schema, where they do most.
        let end = Int.random(in: 0..<3, using: &random) == 0 ? 512 : data.count
        data[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<8, using: &random) == 0 {
        data = data.prefix(Int.random(in: 0..<data.count, using: &random))
      }
      try? FileManager.default.removeItem(atPath: path + "-journal")
      try data.write(to: URL(fileURLWithPath: path))
      let errors = use(path)
      if !errors.isEmpty { failures += 1 }
      for error in errors {
        #expect(Self.expected.contains(error.code.primary), "\(error.code.name): \(error)")
      }
    }
    // Were nothing ever found, the test would change nothing that matters.
    #expect(failures > 5)
  }

  @Test("A file as it was made gives no error")
  func unchanged() throws {
    #expect(use(folder("whole")) == [])
  }
}
