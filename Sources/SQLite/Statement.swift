import CSQLite

/// A prepared statement: values go in by number, rows come out one by one.
///
/// ```swift
/// let row = try connection.statement("SELECT name, bytes FROM files WHERE bytes > ?")
/// row.bind(1000, at: 1)
/// while try row.step() { print(row.text(0), row.int(1)) }
/// ```
package final class Statement {
  let handle: OpaquePointer
  private let sql: String
  // It keeps its statements, and so is there for as long as somebody may ask one of them.
  private unowned let connection: Connection

  init(_ sql: String, on connection: Connection) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK else { throw connection.error(code, sql) }
    guard let handle else {
      throw SQLiteError(SQLITE_MISUSE, message: "there is no statement in it", sql: sql)
    }
    self.handle = handle
    self.sql = sql
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  // MARK: Running

  /// Goes to the next row.
  ///
  /// - Returns: whether there is one. Behind the last one the statement is ready to be run again.
  package func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      let error = connection.error(code, sql)
      sqlite3_reset(handle)
      throw error
    }
    sqlite3_reset(handle)
    return false
  }

  /// Runs a statement that gives no rows, and makes it ready to be run again.
  package func run() throws(SQLiteError) { while try step() {} }

  /// Makes the statement ready to be run again before its last row was read. What is bound stays.
  package func reset() { sqlite3_reset(handle) }

  // MARK: Values in: parameters count from 1

  // Binding fails for a parameter that is not there alone. SQLite keeps that to itself until the value is missed, so the
  // mistake is told at once where it can be made: in tests.

  /// Binds a text.
  package func bind(_ text: String, at index: Int) {
    var text = text
    text.withUTF8 { bytes in
      // An empty buffer may have no address, and SQLite would take that for NULL.
      let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
      if let start {
        check(sqlite3_bind_text_copy(handle, Int32(index), start, UInt64(bytes.count)))
      } else {
        check(sqlite3_bind_text_copy(handle, Int32(index), "", 0))
      }
    }
  }

  /// Binds a whole number.
  package func bind(_ number: Int64, at index: Int) {
    check(sqlite3_bind_int64(handle, Int32(index), number))
  }

  /// Binds a whole number.
  package func bind(_ number: Int, at index: Int) { bind(Int64(number), at: index) }

  /// Binds a number, or NULL.
  package func bind(_ number: Double?, at index: Int) {
    if let number { check(sqlite3_bind_double(handle, Int32(index), number)) } else { bindNull(at: index) }
  }

  /// Binds NULL.
  package func bindNull(at index: Int) { check(sqlite3_bind_null(handle, Int32(index))) }

  /// Binds bytes.
  package func bind(_ bytes: UnsafeRawBufferPointer, at index: Int) {
    if let start = bytes.baseAddress, !bytes.isEmpty {
      check(sqlite3_bind_blob_copy(handle, Int32(index), start, UInt64(bytes.count)))
    } else {
      check(sqlite3_bind_zeroblob(handle, Int32(index), 0))
    }
  }

  private func check(_ code: Int32) {
    assert(code == SQLITE_OK, "\(sql): \(String(cString: sqlite3_errmsg(connection.handle)))")
  }

  // MARK: Values out: columns count from 0

  /// Whether a column is NULL.
  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  /// A column's text; empty for NULL.
  ///
  /// - Parameter dropped: how many bytes at its beginning are left out.
  package func text(_ column: Int, droppingBytes dropped: Int = 0) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    let kept = UnsafeBufferPointer(start: start, count: count).dropFirst(dropped)
    return String(decoding: UnsafeBufferPointer(rebasing: kept), as: UTF8.self)
  }

  /// A column's whole number; 0 for NULL.
  package func int64(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  /// A column's whole number; 0 for NULL.
  package func int(_ column: Int) -> Int { Int(int64(column)) }

  /// A column's number; nil for NULL.
  package func double(_ column: Int) -> Double? {
    isNull(column) ? nil : sqlite3_column_double(handle, Int32(column))
  }

  /// A column's bytes, for as long as `body` runs; none for NULL.
  package func withBytes<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    let start = sqlite3_column_blob(handle, Int32(column))
    return body(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
  }
}
