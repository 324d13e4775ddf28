import CSQLite

/// What SQLite says went wrong.
package struct SQLiteError: Error, Hashable, CustomStringConvertible {
  /// SQLite's code, with all that it says: `.primary` is enough to decide by.
  package var code: ResultCode
  /// SQLite's words: "UNIQUE constraint failed: actions.key".
  package var message: String
  /// What was to be run; nil where the error is of no SQL in particular.
  package var sql: String?

  /// - Parameter message: nil for SQLite's own words for the code.
  package init(_ code: ResultCode, message: String? = nil, sql: String? = nil) {
    self.code = code
    self.message = message ?? code.message
    self.sql = sql
  }

  /// `SQLite error 19: UNIQUE constraint failed: t.a - while executing "INSERT …"`.
  package var description: String {
    let statement = sql.map { " - while executing `\($0)`" } ?? ""
    return "SQLite error \(code.primary.rawValue): \(message)\(statement)"
  }
}
