import AssetCache
import Foundation
import Testing
import TestSupport

@Suite("Database files")
struct FileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("글 x.sqlite")
  }

  private func fill() throws {
    let connection = try Connection(path)
    try connection.execute("CREATE TABLE t (k TEXT PRIMARY KEY, v)")
    try connection.transaction(.immediate) {
      let insertion = try connection.statement("INSERT INTO t VALUES (?, ?)")
      for number in 0..<500 {
        try insertion.bind("key \(number)", at: 1)
        try insertion.bind(String(repeating: "v", count: 100), at: 2)
        try insertion.run()
      }
    }
  }

  private func overwrite(_ offset: Int, _ bytes: [UInt8]) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    data.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try data.write(to: URL(fileURLWithPath: path))
  }

  @Test(
    "A file that is not there is made only where that is asked for",
    arguments: [Connection.Access.read, .write])
  func missing(access: Connection.Access) throws {
    let error = #expect(throws: SQLiteError.self) { try Connection(path, access) }
    #expect(error?.code.primary == .cannotOpen)
    #expect(error?.message == "unable to open database file")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("What is no file cannot be opened", arguments: ["", "/no/such/folder/x", "/x.sqlite\0.txt"])
  func noFile(end: String) throws {
    let path = end.isEmpty ? folder.path : folder.path + end
    let error = #expect(throws: SQLiteError.self) { try Connection(path) }
    #expect(error?.code.primary == .cannotOpen)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  enum Damage: CaseIterable { case text, noise, header, newerFormat, newerSchema, shortened, page }

  private func apply(_ damage: Damage) throws -> (code: ResultCode, message: String) {
    switch damage {
    case .text:
      try Data(String(repeating: "not a database\n", count: 100).utf8).write(to: URL(fileURLWithPath: path))
      return (.notADatabase, "file is not a database")
    case .noise:
      try overwrite(0, [UInt8](repeating: 0xA5, count: 4096))
      return (.notADatabase, "file is not a database")
    case .header:
      try overwrite(0, Array("SQLite format 4\0".utf8))
      return (.notADatabase, "file is not a database")
    // https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    case .newerFormat:
      try overwrite(18, [3, 3])
      return (.notADatabase, "file is not a database")
    // https://www.sqlite.org/fileformat2.html#schema_format_number
    case .newerSchema:
      try overwrite(44, [0, 0, 0, 9])
      return (.error, "unsupported file format")
    case .shortened:
      try Data(contentsOf: URL(fileURLWithPath: path)).prefix(20_000).write(to: URL(fileURLWithPath: path))
      return (.corrupt, "database disk image is malformed")
    case .page:
      let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
      try overwrite(4096, [UInt8](repeating: 0xA5, count: size - 4096))
      return (.corrupt, "database disk image is malformed")
    }
  }

  @Test("A damaged file is opened, and asking it throws", arguments: Damage.allCases)
  func damage(damage: Damage) throws {
    try fill()
    let expected = try apply(damage)
    let connection = try Connection(path)
    let error = #expect(throws: SQLiteError.self) {
      try connection.statement("SELECT k, v FROM t").forEachRow { _ in }
    }
    #expect(error?.code.primary == expected.code)
    #expect(error?.message == expected.message)
  }

  @Test("A file opened for reading cannot be written to")
  func readOnly() throws {
    try fill()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let connection = try Connection(path, .read)
    #expect(try connection.int("SELECT count(*) FROM t") == 500)
    let error = #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM t") }
    #expect(error?.code.primary == .readOnly)
    #expect(error?.message == "attempt to write a readonly database")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("In a folder that cannot be written to, a file is read and not changed", .enabled(if: geteuid() != 0))
  func readOnlyFolder() throws {
    try fill()
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
    let connection = try Connection(path)
    #expect(try connection.int("SELECT count(*) FROM t") == 500)
    let error = #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM t") }
    #expect([.readOnly, .cannotOpen].contains(error?.code.primary))
  }

  @Test("A schema that is not trusted runs no views, triggers or dangerous functions")
  func distrust() throws {
    try fill()
    let maker = try Connection(path)
    try maker.execute(
      """
      CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
      CREATE TABLE log (v);
      CREATE TRIGGER spy AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.k); END;
      """)
    let connection = try Connection(path)
    try connection.distrustSchema()
    let error = #expect(throws: SQLiteError.self) { try connection.int("SELECT count(*) FROM endless") }
    #expect(error?.code == .error)
    try connection.execute("DELETE FROM t")
    #expect(try connection.int("SELECT count(*) FROM log") == 0)
    #expect(try connection.int("PRAGMA cell_size_check") == 1)
    #expect(try connection.int("PRAGMA trusted_schema") == 0)
  }
}
