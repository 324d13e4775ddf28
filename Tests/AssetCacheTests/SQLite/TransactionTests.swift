import AssetCache
import Testing

@Suite("Transactions")
struct TransactionTests {
  private struct Failure: Error {}

  private let connection: Connection

  init() throws {
    connection = try Connection(":memory:")
    try connection.execute("CREATE TABLE t (v INTEGER UNIQUE)")
  }

  private func values() throws -> [Int] {
    var values: [Int] = []
    try connection.statement("SELECT v FROM t ORDER BY v").forEachRow { values.append($0.int(0)) }
    return values
  }

  @Test(
    "What the body did stays, and its value comes back", arguments: [TransactionKind.deferred, .immediate])
  func commit(kind: TransactionKind) throws {
    let value = try connection.transaction(kind) {
      #expect(connection.isInTransaction)
      try connection.execute("INSERT INTO t VALUES (1)")
      return "done"
    }
    #expect(value == "done")
    #expect(!connection.isInTransaction)
    #expect(try values() == [1])
  }

  @Test("A body that throws leaves nothing behind, and its error comes through")
  func rollback() throws {
    for _ in 0..<2 {
      #expect(throws: Failure.self) {
        try connection.transaction(.immediate) {
          try connection.execute("INSERT INTO t VALUES (1)")
          throw Failure()
        }
      }
      #expect(!connection.isInTransaction)
      #expect(try values() == [])
    }
  }

  @Test("An error of SQLite's rolls back all of the transaction")
  func constraint() throws {
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction(.deferred) {
        try connection.execute("INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)")
      }
    }
    #expect(error?.code.name == "SQLITE_CONSTRAINT_UNIQUE")
    #expect(try values() == [])
  }

  @Test("A transaction that cannot be committed leaves nothing behind")
  func failingCommit() throws {
    try connection.execute(
      """
      PRAGMA foreign_keys = ON;
      CREATE TABLE child (v REFERENCES t (v) DEFERRABLE INITIALLY DEFERRED);
      """)
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction(.immediate) { try connection.execute("INSERT INTO child VALUES (5)") }
    }
    #expect(error?.sql == "COMMIT")
    #expect(!connection.isInTransaction)
    #expect(try connection.int("SELECT count(*) FROM child") == 0)
  }

  @Test("There is no transaction inside another, and the outer one can go on")
  func nested() throws {
    try connection.transaction(.immediate) {
      try connection.execute("INSERT INTO t VALUES (1)")
      let error = #expect(throws: SQLiteError.self) { try connection.transaction(.deferred) {} }
      #expect(error?.code == .error)
      #expect(error?.message == "cannot start a transaction within a transaction")
      #expect(connection.isInTransaction)
      try connection.execute("INSERT INTO t VALUES (2)")
    }
    #expect(try values() == [1, 2])
  }

  @Test("A body that ends its transaction itself gets SQLite's word on it")
  func endedByTheBody() throws {
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction(.immediate) { try connection.execute("INSERT INTO t VALUES (1); COMMIT") }
    }
    #expect(error?.message == "cannot commit - no transaction is active")
    #expect(try values() == [1])
  }

  @Test("A database that may not grow rolls back, and works on")
  func full() throws {
    let pages = try #require(try connection.int("PRAGMA page_count"))
    try connection.execute("PRAGMA max_page_count = \(pages + 2)")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction(.immediate) {
        try connection.execute("CREATE TABLE large (v); INSERT INTO large VALUES (zeroblob(100000))")
      }
    }
    #expect(error?.code == .full)
    #expect(error?.message == "database or disk is full")
    #expect(!connection.isInTransaction)
    try connection.execute("INSERT INTO t VALUES (1)")
    #expect(try values() == [1])
  }
}
