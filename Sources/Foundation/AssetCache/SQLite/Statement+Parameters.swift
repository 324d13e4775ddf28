import CSQLite

/// Parameters count from 1. Each call throws ``SQLiteError``: ``ResultCode/range`` where there is no such parameter,
/// ``ResultCode/tooBig`` for more than SQLite takes (a billion bytes), ``ResultCode/misuse`` while its rows are read.
/// SQLite copies the values.
extension Statement {
  /// Binds a text, which may hold NUL.
  package func bind(_ text: String, at index: Int) throws(SQLiteError) {
    var text = text
    let code = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        // An empty buffer may have no address, which SQLite would take for NULL.
        guard let start = bytes.baseAddress else { return bindText("", 0, at: index) }
        return bindText(start, bytes.count, at: index)
      }
    }
    try check(code)
  }

  private func bindText(_ start: UnsafePointer<CChar>, _ count: Int, at index: Int) -> Int32 {
    sqlite3_bind_text64(
      pointer, Int32(clamping: index), start, UInt64(count), csqlite_transient(), UInt8(SQLITE_UTF8))
  }

  /// Binds a whole number.
  package func bind(_ number: Int64, at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_int64(pointer, Int32(clamping: index), number))
  }

  /// Binds a whole number.
  package func bind(_ number: Int, at index: Int) throws(SQLiteError) { try bind(Int64(number), at: index) }

  /// Binds a number, or NULL. SQLite has no NaN and stores NULL instead.
  package func bind(_ number: Double?, at index: Int) throws(SQLiteError) {
    guard let number else { return try bindNull(at: index) }
    try check(sqlite3_bind_double(pointer, Int32(clamping: index), number))
  }

  /// Binds bytes.
  package func bind(_ bytes: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
    let index = Int32(clamping: index)
    // An empty buffer may have no address, which SQLite would take for NULL.
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return try check(sqlite3_bind_zeroblob(pointer, index, 0))
    }
    try check(sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), csqlite_transient()))
  }

  /// Binds NULL.
  package func bindNull(at index: Int) throws(SQLiteError) {
    try check(sqlite3_bind_null(pointer, Int32(clamping: index)))
  }

  /// Makes every parameter NULL.
  func clearParameters() { sqlite3_clear_bindings(pointer) }

  private func check(_ code: Int32) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    throw handle.error(code, sql: sql)
  }
}
