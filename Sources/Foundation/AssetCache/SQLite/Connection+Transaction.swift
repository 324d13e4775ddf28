import CSQLite

/// When a transaction takes its lock.
package enum TransactionKind: String, Sendable {
  /// With its first statement: what is read is all of one state.
  case deferred = "BEGIN DEFERRED"
  /// At once, for one that writes: it waits for other writers before it has read anything, and cannot fail later
  /// because the file has changed since.
  case immediate = "BEGIN IMMEDIATE"
}

extension Connection {
  /// Whether a transaction is under way.
  package var isInTransaction: Bool { sqlite3_get_autocommit(handle.pointer) == 0 }

  /// Runs something in a transaction: all of it happens or, where it throws, none.
  ///
  /// There is none inside another one: SQLite refuses the inner one with ``ResultCode/error``, and the outer one goes
  /// on if it catches that.
  ///
  /// - Throws: what the body throws, or ``SQLiteError`` where the transaction cannot begin or be committed.
  package func transaction<Value>(_ kind: TransactionKind, _ body: () throws -> Value) throws -> Value {
    try statement(kind.rawValue).run()
    do {
      let value = try body()
      try statement("COMMIT").run()
      return value
    } catch {
      rollBack()
      throw error
    }
  }

  /// Some errors (a full disk, an interrupt) have rolled back already. An error here has nothing to add to the one that
  /// led here, and SQLite rolls back in any case when the connection closes.
  private func rollBack() {
    guard isInTransaction else { return }
    try? statement("ROLLBACK").run()
  }
}
