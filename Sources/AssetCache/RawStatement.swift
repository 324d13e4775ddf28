import Foundation
import GRDB
import GRDBSQLite

/// SQLite's own calls on a statement that GRDB prepared and keeps.
///
/// A run with nothing to do asks for a hundred thousand rows, and GRDB's values and rows, which carry any type, cost
/// several times what SQLite does. Connections, transactions, errors and the statements themselves stay GRDB's.
struct RawStatement {
  private let statement: Statement
  private let pointer: OpaquePointer

  /// - Throws: `DatabaseError` where the SQL does not fit the schema, or the file is damaged.
  init(_ database: Database, _ sql: String) throws {
    statement = try database.cachedStatement(sql: sql)
    pointer = statement.sqliteStatement
    sqlite3_reset(pointer)
  }

  /// SQLite copies what it is given: Swift's storage may be gone when the statement runs.
  private static var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  /// Binds a text; parameters count from 1.
  func bind(_ text: String, at index: Int32) {
    var text = text
    text.withUTF8 { bytes in
      // An empty buffer may have no address, and SQLite would take that for NULL.
      let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
      if let start {
        sqlite3_bind_text(pointer, index, start, Int32(clamping: bytes.count), Self.transient)
      } else {
        sqlite3_bind_text(pointer, index, "", 0, Self.transient)
      }
    }
  }

  func bind(_ number: Int64, at index: Int32) { sqlite3_bind_int64(pointer, index, number) }

  func bind(_ number: Int, at index: Int32) { bind(Int64(number), at: index) }

  func bind(_ number: Double?, at index: Int32) {
    if let number { sqlite3_bind_double(pointer, index, number) } else { sqlite3_bind_null(pointer, index) }
  }

  func bindNull(at index: Int32) { sqlite3_bind_null(pointer, index) }

  func bind(_ data: some ContiguousBytes, at index: Int32) {
    data.withUnsafeBytes { bytes in
      if bytes.isEmpty {
        _ = sqlite3_bind_zeroblob(pointer, index, 0)
      } else {
        _ = sqlite3_bind_blob64(pointer, index, bytes.baseAddress, UInt64(bytes.count), Self.transient)
      }
    }
  }

  /// Goes to the next row.
  ///
  /// - Throws: `DatabaseError`
  func step() throws -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(pointer)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), sql: statement.sql)
    }
    return false
  }

  /// Runs a statement that gives no rows, and makes it ready to be run again.
  ///
  /// - Throws: `DatabaseError`
  func run() throws { while try step() {} }

  /// Makes the statement ready to be run again before its last row was read.
  func reset() { sqlite3_reset(pointer) }

  /// A column's text; columns count from 0.
  func text(_ column: Int32, droppingBytes dropped: Int = 0) -> String {
    guard let start = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    let kept = UnsafeBufferPointer(start: start, count: count).dropFirst(dropped)
    return String(decoding: UnsafeBufferPointer(rebasing: kept), as: UTF8.self)
  }

  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

  func int(_ column: Int32) -> Int { Int(int64(column)) }

  func double(_ column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(pointer, column) }

  func data(_ column: Int32) -> Data {
    guard let start = sqlite3_column_blob(pointer, column) else { return Data() }
    return Data(bytes: start, count: Int(sqlite3_column_bytes(pointer, column)))
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }
}
