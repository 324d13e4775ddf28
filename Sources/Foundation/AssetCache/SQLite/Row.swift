import CSQLite

/// The row that a statement is at. It cannot be stored, because SQLite reuses its memory for the next row.
///
/// Columns count from 0. A column of another type is converted as SQLite does it, because a file can hold anything: a
/// text that is no number is 0, NULL is 0, an empty text and no bytes.
package struct Row: ~Copyable {
  let pointer: OpaquePointer

  /// Whether a column is NULL.
  package func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(pointer, Int32(clamping: column)) == SQLITE_NULL
  }

  /// A whole number.
  package func int64(_ column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(clamping: column)) }

  /// A whole number.
  package func int(_ column: Int) -> Int { Int(int64(column)) }

  /// A number; nil where it is NULL.
  package func double(_ column: Int) -> Double? {
    isNull(column) ? nil : sqlite3_column_double(pointer, Int32(clamping: column))
  }

  /// A text. Bytes that are no UTF-8 become U+FFFD.
  ///
  /// - Parameter dropped: how many bytes of its beginning to leave out.
  package func text(_ column: Int, droppingBytes dropped: Int = 0) -> String {
    let column = Int32(clamping: column)
    // The text first: asking for it can change how many bytes there are.
    guard let start = sqlite3_column_text(pointer, column) else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
    return String(decoding: UnsafeBufferPointer(rebasing: bytes.dropFirst(dropped)), as: UTF8.self)
  }

  /// Bytes, of which the body copies what it needs.
  package func withBytes<Value>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    let column = Int32(clamping: column)
    // The address first, as with a text. There is none for an empty value.
    let start = sqlite3_column_blob(pointer, column)
    let count = start == nil ? 0 : Int(sqlite3_column_bytes(pointer, column))
    return try body(UnsafeRawBufferPointer(start: start, count: count))
  }
}
