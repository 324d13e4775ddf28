import CSQLite

extension Connection {
  /// When a transaction takes its lock.
  package enum Transaction: String, Sendable {
    /// With its first statement: for reading from one state.
    case deferred = "DEFERRED"
    /// At once, waiting for another that writes: for writing.
    case immediate = "IMMEDIATE"
  }

  /// Runs something in a transaction: all of what it writes is kept, or, where it throws, nothing.
  ///
  /// Transactions do not lie in each other; SQLite refuses the inner one.
  ///
  /// - Throws: ``SQLiteError``, and what `body` throws.
  package func transaction<Value>(
    _ kind: Transaction = .immediate, _ body: (Connection) throws -> Value
  ) throws -> Value {
    try execute("BEGIN \(kind.rawValue) TRANSACTION")
    do {
      let value = try body(self)
      try execute("COMMIT TRANSACTION")
      return value
    } catch {
      // Some errors, such as a full disk, have ended the transaction already. The first error is the one to tell.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK TRANSACTION") }
      throw error
    }
  }
}
