import CSQLite

/// What SQLite says went wrong.
///
/// Source of the codes: https://www.sqlite.org/rescode.html
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code, such as 1555 for a primary key that is there already.
  package var extendedCode: Int32
  /// SQLite's own words.
  package var message: String
  /// The statement that was run; nil for calls that run none.
  package var sql: String?

  /// - Parameter message: nil for what SQLite says of the code.
  package init(_ code: Int32, message: String? = nil, sql: String? = nil) {
    extendedCode = code
    self.message = message ?? String(cString: sqlite3_errstr(code))
    self.sql = sql
  }

  /// The kind of error, such as 19 for a constraint.
  package var code: Code { Code(rawValue: extendedCode & 0xFF) }

  /// A primary result code.
  package struct Code: RawRepresentable, Hashable, Sendable {
    package var rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// SQL that does not fit the schema, or is none.
    package static let error = Code(rawValue: SQLITE_ERROR)
    /// Another connection holds a lock.
    package static let busy = Code(rawValue: SQLITE_BUSY)
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
    package static let inputOutput = Code(rawValue: SQLITE_IOERR)
    package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
    package static let full = Code(rawValue: SQLITE_FULL)
    package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    package static let mismatch = Code(rawValue: SQLITE_MISMATCH)
    package static let misuse = Code(rawValue: SQLITE_MISUSE)
    package static let format = Code(rawValue: SQLITE_FORMAT)
    package static let range = Code(rawValue: SQLITE_RANGE)
    package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
  }

  /// `SQLite error 11: database disk image is malformed`
  package var description: String {
    "SQLite error \(code.rawValue): \(message)" + (sql.map { " - while executing `\($0)`" } ?? "")
  }
}
