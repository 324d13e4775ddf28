import CSQLite

/// A prepared statement: parameters are bound, then it is run or its rows are read, and then it can be used again with
/// the same parameters or others. After an error too.
///
/// ```swift
/// let statement = try connection.statement("SELECT width FROM images WHERE name = ?")
/// try statement.bind("a.png", at: 1)
/// let width = try statement.firstRow { $0.int(0) }
/// ```
///
/// There is no way to leave off in the middle of the rows with the statement still open: that would keep other
/// connections from emptying the log.
package final class Statement {
  let handle: Handle
  let pointer: OpaquePointer

  /// - Throws: ``SQLiteError``: ``ResultCode/misuse`` for anything but one statement.
  init(_ handle: Handle, _ sql: String) throws(SQLiteError) {
    self.handle = handle
    var pointer: OpaquePointer?
    var isAlone = true
    let code = sql.withCString { start in
      var rest: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(
        handle.pointer, start, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, &rest)
      while let byte = rest?.pointee, byte == 0x20 || byte == 0x0A { rest = rest?.successor() }
      isAlone = rest?.pointee ?? 0 == 0
      return code
    }
    try handle.check(code, sql: sql)
    guard let pointer, isAlone else {
      sqlite3_finalize(pointer)
      throw SQLiteError(.misuse, message: "not one statement", sql: sql)
    }
    self.pointer = pointer
  }

  deinit { sqlite3_finalize(pointer) }

  /// Whether somebody is reading its rows.
  var isRunning: Bool { sqlite3_stmt_busy(pointer) != 0 }

  /// Runs it to its end; rows are passed over.
  ///
  /// - Throws: ``SQLiteError``
  package func run() throws(SQLiteError) {
    try begin()
    while try step() {}
  }

  /// Reads its rows, one after the other.
  ///
  /// - Throws: ``SQLiteError``, or what the body throws, which ends the reading.
  package func forEachRow(_ body: (borrowing Row) throws -> Void) throws {
    try begin()
    defer { sqlite3_reset(pointer) }
    while try step() { try body(Row(pointer: pointer)) }
  }

  /// Reads its first row.
  ///
  /// - Returns: nil where there is none.
  /// - Throws: ``SQLiteError``, or what the body throws.
  package func firstRow<Value>(_ body: (borrowing Row) throws -> Value) throws -> Value? {
    try begin()
    defer { sqlite3_reset(pointer) }
    return try step() ? try body(Row(pointer: pointer)) : nil
  }

  /// - Throws: ``ResultCode/misuse`` where its rows are being read further up, which restarting it would break.
  private func begin() throws(SQLiteError) {
    if isRunning { throw SQLiteError(.misuse, message: "the statement's rows are being read", sql: sql) }
  }

  /// Goes to the next row, and makes the statement ready to be run again where there is none.
  private func step() throws(SQLiteError) -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE {
      sqlite3_reset(pointer)
      return false
    }
    let error = handle.error(code, sql: sql)
    sqlite3_reset(pointer)
    throw error
  }

  /// Its text.
  var sql: String { sqlite3_sql(pointer).map { String(cString: $0) } ?? "" }
}
