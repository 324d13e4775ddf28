import CSQLite

/// An open database: shared by connections, statements and interrupters. It closes once none of them is left, so none
/// of them can outlive it.
///
/// Unchecked, because the compiler cannot know what SQLite allows. The pointer never changes. It is used by a connection
/// and its statements, which are not `Sendable`, so the compiler lets one thread at a time have them. The one other use
/// is `sqlite3_interrupt`, which SQLite allows on any thread while the database is open, and it is open as long as this
/// object lives: https://www.sqlite.org/c3ref/interrupt.html
final class Handle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ path: String, flags: Int32) throws(SQLiteError) {
    // C would take the path to end there, and open another file.
    guard !path.utf8.contains(0) else { throw SQLiteError(.cannotOpen) }
    var pointer: OpaquePointer?
    let code = sqlite3_open_v2(path, &pointer, flags, nil)
    // Without memory for the connection there is none.
    guard let pointer else { throw SQLiteError(ResultCode(rawValue: code)) }
    self.pointer = pointer
    sqlite3_extended_result_codes(pointer, 1)
    // What throws now closes the connection: every property is set, so `deinit` runs.
    try check(code)
  }

  deinit { sqlite3_close_v2(pointer) }

  /// - Throws: what SQLite says of its last call, where that failed.
  func check(_ code: Int32, sql: String? = nil) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    throw error(code, sql: sql)
  }

  /// SQLite's message about its last call. Read it at once, because the next call replaces it.
  func error(_ code: Int32, sql: String?) -> SQLiteError {
    // A misused call leaves the words of an earlier error.
    let isOfThisCall = sqlite3_errcode(pointer) & 0xFF == code & 0xFF
    let extended = isOfThisCall ? sqlite3_extended_errcode(pointer) : code
    let message = isOfThisCall ? String(cString: sqlite3_errmsg(pointer)) : nil
    return SQLiteError(ResultCode(rawValue: extended), message: message, sql: sql)
  }
}
