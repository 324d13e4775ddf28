import CSQLite

/// A connection to a database file.
///
/// A connection and its statements belong to one thread at a time: SQLite is told to take no locks of its own. Whoever
/// shares one puts it behind a lock, which the compiler asks for, since it is not `Sendable`:
///
/// ```swift
/// let connection = Mutex(try Connection("index.sqlite"))
/// try connection.withLock { try $0.execute("PRAGMA journal_mode = WAL") }
/// ```
///
/// Several connections, of one process or many, may use a file at once.
package final class Connection {
  let handle: OpaquePointer
  /// Prepared statements by their text.
  private var statements: [String: Statement] = [:]

  /// Opens a file, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mode: what may be done with it.
  ///   - busyTimeout: how many milliseconds a lock of another connection is waited for.
  /// - Throws: ``SQLiteError``. A file that is no database is found out by the first statement.
  package init(_ path: String, mode: Mode = .readWrite, busyTimeout: Int = 0) throws(SQLiteError) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, mode.flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      defer { sqlite3_close_v2(handle) }
      throw SQLiteError(code, message: handle.map { String(cString: sqlite3_errmsg($0)) })
    }
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
    self.busyTimeout = busyTimeout
    sqlite3_busy_timeout(handle, Int32(clamping: busyTimeout))
  }

  // It waits for statements that somebody still holds.
  deinit { sqlite3_close_v2(handle) }

  /// What a connection may do with its file.
  package enum Mode: Sendable {
    case readOnly
    /// Reads and writes, and makes the file where there is none.
    case readWrite

    fileprivate var flags: Int32 {
      switch self {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    }
  }

  /// How many milliseconds a lock of another connection is waited for.
  package var busyTimeout: Int {
    didSet { sqlite3_busy_timeout(handle, Int32(clamping: busyTimeout)) }
  }

  /// How many rows the last statement changed.
  package var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Runs statements that give no rows, with a `;` behind each.
  package func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code, sql) }
  }

  /// The statement of a text, ready to be bound and run. It is prepared once and kept.
  ///
  /// - Throws: ``SQLiteError`` where the SQL does not fit the schema, or the file is damaged.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = statements[sql] {
      kept.reset()
      return kept
    }
    let statement = try Statement(sql, on: self)
    statements[sql] = statement
    return statement
  }

  /// The first column of a query's first row as a whole number; nil where there is no row, or NULL in it.
  package func int(_ sql: String) throws(SQLiteError) -> Int? {
    let row = try statement(sql)
    defer { row.reset() }
    return try row.step() && !row.isNull(0) ? row.int(0) : nil
  }

  /// The first column of a query's first row as a text; nil where there is no row, or NULL in it.
  package func text(_ sql: String) throws(SQLiteError) -> String? {
    let row = try statement(sql)
    defer { row.reset() }
    return try row.step() && !row.isNull(0) ? row.text(0) : nil
  }

  /// Moves what was written from the write-ahead log to the file, and empties the log.
  ///
  /// - Throws: ``SQLiteError``, with the code ``SQLiteError/Code/busy`` where another connection uses the log.
  package func emptyLog() throws(SQLiteError) {
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    guard code == SQLITE_OK else { throw error(code, nil) }
  }

  func error(_ code: Int32, _ sql: String?) -> SQLiteError {
    SQLiteError(code, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
  }
}
