import CSQLite

/// Stops what a connection is doing, from any thread.
///
/// ```swift
/// let interrupter = connection.interrupter
/// // On another thread:
/// interrupter.interrupt()  // What runs on the connection throws an error whose code is `.interrupted`.
/// ```
package struct Interrupter: Sendable {
  let handle: Handle

  /// Stops the statements that run now. Those that begin later are not affected; a transaction in which a statement
  /// was to write is rolled back by SQLite itself.
  package func interrupt() { sqlite3_interrupt(handle.pointer) }
}
