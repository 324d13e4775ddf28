import AssetCache
import Foundation
import Testing
import TestSupport

/// What a killed process leaves is what lies in the folder while it still runs, so the files are copied at that time.
@Suite("The log of a writer that was killed")
struct RecoveryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file and its log with two transactions of 300 rows each, and a third that has not ended but is so large that
  /// SQLite has begun to write it.
  private func leftovers(changing change: (inout Data) -> Void = { _ in }) throws -> Connection {
    let writer = try Connection(folder("x"))
    try writer.execute(
      "PRAGMA journal_mode = WAL; PRAGMA cache_size = 10; CREATE TABLE t (v); PRAGMA wal_autocheckpoint = 0")
    try writer.checkpoint()
    for _ in 0..<2 { try writer.transaction(.immediate) { try insert(300, writer) } }
    try writer.execute("BEGIN IMMEDIATE")
    try insert(3000, writer)
    var log = try Data(contentsOf: URL(fileURLWithPath: folder("x-wal")))
    try #require(log.count > 3000 * 100)
    change(&log)
    try FileManager.default.copyItem(atPath: folder("x"), toPath: folder("y"))
    try log.write(to: URL(fileURLWithPath: folder("y-wal")))
    return try Connection(folder("y"))
  }

  private func insert(_ count: Int, _ connection: Connection) throws {
    let insertion = try connection.statement("INSERT INTO t VALUES (?)")
    try insertion.bind(String(repeating: "x", count: 200), at: 1)
    for _ in 0..<count { try insertion.run() }
  }

  @Test("What was committed is there, and nothing else")
  func committed() throws {
    let connection = try leftovers()
    #expect(try connection.int("SELECT count(*) FROM t") == 600)
    #expect(try connection.text("PRAGMA quick_check") == "ok")
    try insert(1, connection)
    #expect(try connection.checkpoint())
    #expect(try folder.bytes(of: "y-wal") == 0)
    #expect(try Connection(folder("y")).int("SELECT count(*) FROM t") == 601)
  }

  /// Where the transactions of a log end. A frame is a page behind 24 bytes, of which four say how large the file is
  /// after a transaction, and are 0 where none ends: https://www.sqlite.org/fileformat2.html#walformat
  private func ends(_ log: Data) -> [Int] {
    stride(from: 32, to: log.count, by: 24 + 4096)
      .filter { log[$0 + 4..<$0 + 8].contains { $0 != 0 } }
      .map { $0 + 24 + 4096 }
  }

  /// What may befall the end of a transaction.
  enum Damage: CaseIterable { case cutBefore, cutBehind, flippedBefore, flippedBehind }

  @Test("A log that is cut off or damaged counts up to there", arguments: [0, 1], Damage.allCases)
  func partial(transaction: Int, damage: Damage) throws {
    let connection = try leftovers { log in
      let end = ends(log)[transaction]
      switch damage {
      case .cutBefore: log = log.prefix(end - 1)
      case .cutBehind: log = log.prefix(end + 1000)
      case .flippedBefore: log[end - 1] ^= 1
      case .flippedBehind: log[end + 500] ^= 1
      }
    }
    let isWhole = damage == .cutBehind || damage == .flippedBehind
    #expect(try connection.int("SELECT count(*) FROM t") == 300 * (transaction + (isWhole ? 1 : 0)))
  }

  @Test("A log without sense is as if there were none")
  func noise() throws {
    let connection = try leftovers { $0 = Data(repeating: 0x5A, count: 50_000) }
    #expect(try connection.int("SELECT count(*) FROM t") == 0)
  }
}
