import AssetCache
import Testing

@Suite("SQLite's errors")
struct ErrorTests {
  private let connection: Connection

  init() throws {
    connection = try Connection(":memory:")
    try connection.execute(
      """
      PRAGMA foreign_keys = ON;
      CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL UNIQUE, c INTEGER CHECK (c > 0), d REFERENCES t (a));
      CREATE TABLE s (n INTEGER) STRICT;
      INSERT INTO t VALUES (1, 'x', 1, NULL);
      """)
  }

  /// What goes wrong, and what SQLite calls it.
  static let failures: [(sql: String, name: String, number: Int32, message: String)] = [
    ("SELECT missing", "SQLITE_ERROR", 1, "no such column: missing"),
    ("SELECT * FROM nowhere", "SQLITE_ERROR", 1, "no such table: nowhere"),
    ("no SQL", "SQLITE_ERROR", 1, "near \"no\": syntax error"),
    (
      "INSERT INTO t VALUES (1, 'y', 1, NULL)", "SQLITE_CONSTRAINT_PRIMARYKEY", 1555,
      "UNIQUE constraint failed: t.a"
    ),
    (
      "INSERT INTO t VALUES (2, 'x', 1, NULL)", "SQLITE_CONSTRAINT_UNIQUE", 2067,
      "UNIQUE constraint failed: t.b"
    ),
    (
      "INSERT INTO t VALUES (2, NULL, 1, NULL)", "SQLITE_CONSTRAINT_NOTNULL", 1299,
      "NOT NULL constraint failed: t.b"
    ),
    (
      "INSERT INTO t VALUES (2, 'y', 0, NULL)", "SQLITE_CONSTRAINT_CHECK", 275,
      "CHECK constraint failed: c > 0"
    ),
    (
      "INSERT INTO t VALUES (2, 'y', 1, 9)", "SQLITE_CONSTRAINT_FOREIGNKEY", 787,
      "FOREIGN KEY constraint failed"
    ),
    (
      "INSERT INTO s VALUES ('글')", "SQLITE_CONSTRAINT_DATATYPE", 3091,
      "cannot store TEXT value in INTEGER column s.n"
    ),
    ("INSERT INTO t (a, b) VALUES ('no number', 'y')", "SQLITE_MISMATCH", 20, "datatype mismatch"),
    ("SELECT zeroblob(2000000000)", "SQLITE_TOOBIG", 18, "string or blob too big"),
    ("SELECT abs(-9223372036854775808)", "SQLITE_ERROR", 1, "integer overflow"),
  ]

  @Test("An error has SQLite's code, name and words, and the SQL", arguments: failures)
  func failing(sql: String, name: String, number: Int32, message: String) throws {
    let error = try #require(throws: SQLiteError.self) { try connection.statement(sql).run() }
    #expect(error.code.rawValue == number)
    #expect(error.code.name == name)
    #expect(error.message == message)
    #expect(error.sql == sql)
    #expect("\(error)" == "SQLite error \(number & 0xFF): \(message) - while executing `\(sql)`")
    #expect(throws: error) { try connection.execute(sql) }
  }

  @Test("Nothing of a statement that failed stays, and it works again")
  func reuse() throws {
    let insertion = try connection.statement("INSERT INTO t (a, b) VALUES (?, ?)")
    try insertion.bind(2, at: 1)
    try insertion.bind("x", at: 2)
    for _ in 0..<2 {
      #expect(throws: SQLiteError.self) { try insertion.run() }
    }
    #expect(try connection.int("SELECT count(*) FROM t") == 1)
    try insertion.bind("y", at: 2)
    try insertion.run()
    #expect(connection.changes == 1)
    #expect(try connection.text("SELECT b FROM t WHERE a = 2") == "y")
  }

  @Test("A statement that is asked for again has no parameters left of before")
  func freshParameters() throws {
    try connection.statement("SELECT ?").bind("old", at: 1)
    #expect(try connection.text("SELECT ?") == nil)
  }

  @Test("There are as many parameters as the statement has", arguments: [-1, 0, 2, Int.max])
  func parameterNumbers(index: Int) throws {
    let statement = try connection.statement("SELECT ?")
    for bind in [
      { try statement.bind("", at: index) }, { try statement.bind(1, at: index) },
      { try statement.bind(1.5, at: index) }, { try statement.bindNull(at: index) },
      { try statement.bind(UnsafeRawBufferPointer(start: nil, count: 0), at: index) },
    ] {
      let error = try #require(throws: SQLiteError.self) { try bind() }
      #expect(error.code == .range)
    }
  }

  @Test(
    "What is not one statement is refused",
    arguments: ["", "  \n", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1;;x"])
  func oneStatement(sql: String) throws {
    let error = try #require(throws: SQLiteError.self) { try connection.statement(sql) }
    #expect(error.code == .misuse)
  }

  @Test("A statement may end as people end one", arguments: ["SELECT 1;", "SELECT 1 ; \n"])
  func statementEnds(sql: String) throws { #expect(try connection.int(sql) == 1) }

  @Test("A query inside its own rows is another one")
  func nestedRows() throws {
    let sql = "SELECT 1 UNION ALL SELECT 2"
    var rows: [[Int]] = []
    try connection.statement(sql).forEachRow { outer in
      let first = outer.int(0)
      try connection.statement(sql).forEachRow { inner in rows.append([first, inner.int(0)]) }
    }
    #expect(rows == [[1, 1], [1, 2], [2, 1], [2, 2]])
  }

  @Test("A statement cannot begin anew, nor change its parameters, while its rows are read")
  func busyStatement() throws {
    let statement = try connection.statement("SELECT ?1 UNION ALL SELECT 2")
    try statement.bind(1, at: 1)
    var rows: [Int] = []
    try statement.forEachRow { row in
      rows.append(row.int(0))
      for use in [
        { try statement.run() }, { try statement.forEachRow { _ in } }, { try statement.firstRow { _ in } },
        { try statement.bind(3, at: 1) },
      ] {
        let error = #expect(throws: SQLiteError.self) { try use() }
        #expect(error?.code == .misuse)
      }
    }
    #expect(rows == [1, 2])
  }

  @Test("Whoever throws among the rows leaves the statement ready")
  func throwingAmongRows() throws {
    struct Enough: Error {}
    let statement = try connection.statement("SELECT 1 UNION ALL SELECT 2")
    for _ in 0..<2 {
      #expect(throws: Enough.self) { try statement.forEachRow { _ in throw Enough() } }
      #expect(throws: Enough.self) { try statement.firstRow { _ in throw Enough() } }
    }
    #expect(try statement.firstRow { $0.int(0) } == 1)
    try connection.execute("DROP TABLE s")
  }

  @Test(
    "Codes have the names of SQLite's header",
    arguments: [
      (0, "SQLITE_OK"), (5, "SQLITE_BUSY"), (261, "SQLITE_BUSY_RECOVERY"), (517, "SQLITE_BUSY_SNAPSHOT"),
      (8, "SQLITE_READONLY"),
      (1544, "SQLITE_READONLY_DIRECTORY"), (266, "SQLITE_IOERR_READ"), (778, "SQLITE_IOERR_WRITE"),
      (522, "SQLITE_IOERR_SHORT_READ"), (4874, "SQLITE_IOERR_SHMSIZE"), (8714, "SQLITE_IOERR_IN_PAGE"),
      (11, "SQLITE_CORRUPT"), (779, "SQLITE_CORRUPT_INDEX"), (13, "SQLITE_FULL"),
      (526, "SQLITE_CANTOPEN_ISDIR"),
      (1550, "SQLITE_CANTOPEN_SYMLINK"), (516, "SQLITE_ABORT_ROLLBACK"), (26, "SQLITE_NOTADB"),
      (28, "SQLITE_WARNING"),
      (100, "SQLITE_ROW"), (101, "SQLITE_DONE"), (260, "SQLITE_ABORT (260)"), (25610, "SQLITE_IOERR (25610)"),
      (77, "SQLITE (77)"), (-1, "SQLITE (-1)"), (Int32.min, "SQLITE (-2147483648)"),
    ])
  func names(number: Int32, name: String) { #expect(ResultCode(rawValue: number).name == name) }

  @Test("An error without words of its own has SQLite's for the code")
  func standardWords() {
    #expect("\(SQLiteError(.corrupt))" == "SQLite error 11: database disk image is malformed")
    #expect("\(SQLiteError(.notADatabase))" == "SQLite error 26: file is not a database")
    #expect(
      "\(SQLiteError(.busy, message: "later", sql: "COMMIT"))"
        == "SQLite error 5: later - while executing `COMMIT`")
  }
}
