import CSQLite

/// SQLite's own number for what went wrong: https://www.sqlite.org/rescode.html
///
/// The low byte is the primary code, by which most callers decide. The rest says more: `SQLITE_IOERR_WRITE` (778) is
/// one of many kinds of ``ioError`` (10).
///
/// ```swift
/// switch error.code.primary {
/// case .corrupt, .notADatabase: …
/// default: …
/// }
/// ```
package struct ResultCode: RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// The code without what says more.
  package var primary: ResultCode { ResultCode(rawValue: rawValue & 0xFF) }

  /// What SQLite says of the code where it has nothing better to say: "database disk image is malformed".
  package var message: String { String(cString: sqlite3_errstr(rawValue)) }

  /// The SQL does not fit the schema, or something that has no code of its own.
  package static let error = ResultCode(rawValue: SQLITE_ERROR)
  /// Another connection has the lock.
  package static let busy = ResultCode(rawValue: SQLITE_BUSY)
  /// The same connection is in the way.
  package static let locked = ResultCode(rawValue: SQLITE_LOCKED)
  /// The file, or its folder, cannot be written to.
  package static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
  /// Another thread asked to stop: ``Interrupter``.
  package static let interrupted = ResultCode(rawValue: SQLITE_INTERRUPT)
  /// The system could not read or write.
  package static let ioError = ResultCode(rawValue: SQLITE_IOERR)
  /// The file contradicts itself.
  package static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
  /// The disk is full, or the file as large as it may be.
  package static let full = ResultCode(rawValue: SQLITE_FULL)
  /// The file cannot be opened.
  package static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
  /// A value is larger than SQLite takes.
  package static let tooBig = ResultCode(rawValue: SQLITE_TOOBIG)
  /// A row breaks a rule of the schema.
  package static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
  /// A value has a type that its column cannot hold.
  package static let mismatch = ResultCode(rawValue: SQLITE_MISMATCH)
  /// SQLite was called in a way that it does not allow.
  package static let misuse = ResultCode(rawValue: SQLITE_MISUSE)
  /// SQLite documents it as unused. It is distinguished from damage nevertheless.
  package static let format = ResultCode(rawValue: SQLITE_FORMAT)
  /// There is no parameter of that number.
  package static let range = ResultCode(rawValue: SQLITE_RANGE)
  /// The file is no database.
  package static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)
}
