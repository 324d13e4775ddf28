import AssetCache
import Testing

@Suite("Values that go in and come out")
struct ValueTests {
  private let connection: Connection

  init() throws {
    connection = try Connection(":memory:")
    try connection.execute("CREATE TABLE t (v)")
  }

  /// What the table gives back of what a statement was given, and the type that SQLite stored it as.
  private func stored<Value>(
    _ bind: (Statement) throws -> Void, read: (borrowing Row) -> Value
  ) throws -> (type: String, value: Value)? {
    let insertion = try connection.statement("INSERT INTO t VALUES (?)")
    try bind(insertion)
    try insertion.run()
    return try connection.statement("SELECT typeof(v), v FROM t").firstRow { row in (row.text(0), read(row)) }
  }

  @Test("Whole numbers", arguments: [0, 1, -1, 1 << 31, (-1 << 31) - 1, Int64.max, Int64.min] as [Int64])
  func integers(number: Int64) throws {
    let result = try #require(try stored({ try $0.bind(number, at: 1) }, read: { $0.int64(1) }))
    #expect(result == ("integer", number))
  }

  @Test(
    "Numbers",
    arguments: [0, -0.5, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity]
      as [Double])
  func doubles(number: Double) throws {
    let result = try #require(try stored({ try $0.bind(number, at: 1) }, read: { $0.double(1) }))
    #expect(result == ("real", number))
  }

  @Test("What is no number is NULL", arguments: [nil, .nan] as [Double?])
  func noNumber(number: Double?) throws {
    let result = try #require(
      try stored({ try $0.bind(number, at: 1) }, read: { ($0.double(1), $0.isNull(1)) }))
    #expect(result.type == "null")
    #expect(result.value == (nil, true))
  }

  @Test(
    "Texts",
    arguments: [
      "", "a", "a\0b", "\0", "한글 여섯", "e\u{301}", "👩‍👩‍👧", "it's \"x\"; DROP TABLE t; --",
    ])
  func texts(text: String) throws {
    let result = try #require(try stored({ try $0.bind(text, at: 1) }, read: { ($0.text(1), $0.isNull(1)) }))
    #expect(result.type == "text")
    #expect(result.value.0.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(!result.value.1)
  }

  @Test("A long text")
  func longText() throws { try texts(text: String(repeating: "글", count: 500_000)) }

  @Test("A text without its beginning", arguments: [(0, "abc글"), (1, "bc글"), (3, "글"), (6, ""), (99, "")])
  func textTails(dropped: Int, tail: String) throws {
    let result = try #require(
      try stored({ try $0.bind("abc글", at: 1) }, read: { $0.text(1, droppingBytes: dropped) }))
    #expect(result.value == tail)
  }

  @Test("Bytes", arguments: [0, 1, 4096, 3_000_000])
  func bytes(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let result = try #require(
      try stored(
        { statement in try bytes.withUnsafeBytes { try statement.bind($0, at: 1) } },
        read: { row in row.withBytes(1) { Array($0) } }))
    #expect(result == ("blob", bytes))
  }

  @Test("NULL reads as nothing of any type")
  func null() throws {
    let result = try #require(
      try stored({ try $0.bindNull(at: 1) }) { row in
        (row.isNull(1), row.int(1), row.double(1), row.text(1), row.withBytes(1) { $0.count })
      })
    #expect(result.type == "null")
    #expect(result.value == (true, 0, nil, "", 0))
  }

  @Test(
    "A column of another type is converted",
    arguments: [
      ("'12 apples'", 12, "12 apples", 12), ("3.9", 3, "3.9", 3.9), ("x'3132'", 12, "12", 12),
      ("'글'", 0, "글", 0),
      ("x'ff41'", 0, "\u{FFFD}A", 0), ("9e99", Int.max, "9.0e+99", 9e99),
    ])
  func conversions(sql: String, int: Int, text: String, double: Double) throws {
    let result = try connection.statement("SELECT \(sql)").firstRow { row in
      // Numbers first: SQLite may convert in place.
      (row.int(0), row.double(0), row.text(0))
    }
    #expect(try #require(result) == (int, double, text))
  }

  @Test("The first number and the first text of a query")
  func scalars() throws {
    #expect(try connection.int("SELECT 7, 8") == 7)
    #expect(try connection.int("SELECT NULL") == nil)
    #expect(try connection.int("SELECT 1 WHERE 0") == nil)
    #expect(try connection.text("SELECT 'a' UNION ALL SELECT 'b'") == "a")
    #expect(try connection.text("SELECT NULL") == nil)
  }

  @Test("A value larger than SQLite takes is refused")
  func tooLarge() throws {
    // Memory that nobody touches is only a number of addresses.
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 31, alignment: 1)
    defer { bytes.deallocate() }
    let statement = try connection.statement("INSERT INTO t VALUES (?)")
    #expect(throws: SQLiteError(.tooBig, sql: "INSERT INTO t VALUES (?)")) {
      try statement.bind(UnsafeRawBufferPointer(bytes), at: 1)
    }
  }
}
