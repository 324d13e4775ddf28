/// A value of TOML and where it stands.
package struct TOMLValue: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case bool(Bool)
    /// A date, a time, or both, as it is written.
    case date(String)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  package var content: Content
  /// The bytes of the value with its quotes or brackets.
  ///
  /// A table with a header has the range of its header; a table that a dotted key created has the range of the key.
  package var range: Range<Int>
  /// The bytes between a string's quotes where they are what it reads as; nil where they are not (escapes, a line break
  /// that is left out), and for all other values.
  package var plainRange: Range<Int>?
  /// The line on which the value begins, from 1.
  package var line: Int
}

extension TOMLValue {
  /// The text of a string; nil for all else.
  package var string: String? {
    if case .string(let text) = content { text } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let number) = content { number } else { nil }
  }

  package var float: Double? {
    if case .float(let number) = content { number } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = content { value } else { nil }
  }

  /// A date, a time, or both, as it is written.
  package var date: String? {
    if case .date(let text) = content { text } else { nil }
  }

  package var array: [TOMLValue]? {
    if case .array(let items) = content { items } else { nil }
  }

  package var table: TOMLTable? {
    if case .table(let table) = content { table } else { nil }
  }

  /// The value of a key; nil where this is no table, or has no such key.
  package subscript(key: String) -> TOMLValue? { table?[key] }
}
