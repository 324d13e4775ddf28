import CSQLite

/// A connection to a database file.
///
/// One thread at a time may have a connection. It is not `Sendable`, so the compiler ensures that; a `Mutex` makes it
/// shareable:
///
/// ```swift
/// let shared = Mutex(try Connection("/tmp/x.sqlite"))
/// let count = try shared.withLock { try $0.int("SELECT count(*) FROM notes") }
/// ```
///
/// To read during a write, open two. SQLite's own locks are then unnecessary and are switched off, which makes every
/// call cheaper: https://www.sqlite.org/threadsafe.html
package final class Connection {
  /// What may be done to the file.
  package enum Access: Sendable {
    /// Read, where it is there. In a folder that cannot be written to, a file with write-ahead logging is read only
    /// where another process has opened it.
    case read
    /// Read and write, where it is there.
    case write
    /// Read and write, and make it where it is not there.
    case create
  }

  let handle: Handle
  /// The prepared statements, by their SQL.
  var prepared: [String: Statement] = [:]

  /// How long a statement waits for other connections to release the file, in milliseconds, before it throws
  /// ``ResultCode/busy``.
  package var busyTimeout: Int {
    didSet { setBusyTimeout() }
  }

  /// Opens a file. SQLite reads it at the first query, which throws if the file is not a database.
  ///
  /// - Parameters:
  ///   - path: where the file is. `:memory:` is a database of its own, which lasts as long as the connection.
  ///   - busyTimeout: how long to wait for other connections, in milliseconds.
  /// - Throws: ``SQLiteError``: ``ResultCode/cannotOpen`` where the file is not there, or is a folder.
  package init(_ path: String, _ access: Access = .create, busyTimeout: Int = 0) throws(SQLiteError) {
    let flags =
      switch access {
      case .read: SQLITE_OPEN_READONLY
      case .write: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    handle = try Handle(path, flags: flags | SQLITE_OPEN_NOMUTEX)
    self.busyTimeout = busyTimeout
    setBusyTimeout()
  }

  private func setBusyTimeout() { sqlite3_busy_timeout(handle.pointer, Int32(clamping: busyTimeout)) }

  /// For a file from an untrusted source: views and triggers of its schema and functions that could do harm do not run,
  /// and each page is checked before it is used. https://www.sqlite.org/security.html
  ///
  /// - Throws: ``SQLiteError``
  package func distrustSchema() throws(SQLiteError) {
    try set(SQLITE_DBCONFIG_DEFENSIVE, true)
    try set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
    try set(SQLITE_DBCONFIG_ENABLE_TRIGGER, false)
    try set(SQLITE_DBCONFIG_ENABLE_VIEW, false)
    try execute("PRAGMA cell_size_check = ON")
  }

  private func set(_ option: Int32, _ isOn: Bool) throws(SQLiteError) {
    try handle.check(csqlite_switch(handle.pointer, option, isOn ? 1 : 0))
  }

  /// What can stop this connection from another thread.
  package var interrupter: Interrupter { Interrupter(handle: handle) }

  /// How many rows the last statement inserted, changed or removed.
  package var changes: Int { Int(sqlite3_changes64(handle.pointer)) }

  /// Moves all of the write-ahead log into the file and empties it, without waiting for anybody.
  ///
  /// - Returns: false where another connection was in the way; as much as possible is moved then.
  /// - Throws: ``SQLiteError``: ``ResultCode/locked`` inside a transaction.
  @discardableResult
  package func checkpoint() throws(SQLiteError) -> Bool {
    sqlite3_busy_timeout(handle.pointer, 0)
    defer { setBusyTimeout() }
    let code = sqlite3_wal_checkpoint_v2(handle.pointer, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    if code & 0xFF == SQLITE_BUSY { return false }
    try handle.check(code)
    return true
  }
}
