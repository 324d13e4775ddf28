import Foundation

/// Writes values one after the other as bytes, for what the index keeps by the thousand.
///
/// There are no names and no lengths of records: whoever reads has to know what was written, which a key that names the
/// version of the form sees to. Numbers are LEB128 (DWARF 5, section 7.6), in zigzag form where they may be negative.
package struct CompactWriter {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Writes a number.
  package mutating func write(_ value: Int) {
    var rest = UInt(bitPattern: (value << 1) ^ (value >> (Int.bitWidth - 1)))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  package mutating func write<Value>(_ value: Value?, _ body: (inout CompactWriter, Value) -> Void) {
    write(value != nil)
    if let value { body(&self, value) }
  }

  package mutating func write(_ value: Int?) { write(value) { $0.write($1) } }
  package mutating func write(_ value: String?) { write(value) { $0.write($1) } }

  package mutating func write<Element>(
    _ list: some Collection<Element>, _ body: (inout CompactWriter, Element) -> Void
  ) {
    write(list.count)
    for element in list { body(&self, element) }
  }

  package mutating func write(_ list: [String]) { write(list) { $0.write($1) } }

  /// Writes problems of one file, whose path whoever reads them knows.
  package mutating func write(_ problems: [Diagnostic]) {
    write(problems) { writer, problem in
      writer.write(problem.severity.rawValue)
      writer.write(problem.rule.rawValue)
      writer.write(problem.line)
      writer.write(problem.column)
      writer.write(problem.message)
      writer.write(problem.advice)
    }
  }
}

/// Reads what ``CompactWriter`` wrote.
///
/// Damaged bytes make an error or other values, never a trap: the index may have been written by anything.
package struct CompactReader {
  /// Bytes that are not what was expected.
  package struct Failure: Error {
    package init() {}
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// Reads a value from all of some bytes; nil where they hold something else.
  package static func read<Value>(
    _ data: Data, _ body: (inout CompactReader) throws(Failure) -> Value
  ) -> Value? {
    data.withUnsafeBytes { buffer in
      var reader = CompactReader(bytes: buffer)
      guard let value = try? body(&reader), reader.position == buffer.count else { return nil }
      return value
    }
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func byte() throws(Failure) -> UInt8 {
    guard position < bytes.count else { throw Failure() }
    defer { position += 1 }
    return bytes[position]
  }

  package mutating func int() throws(Failure) -> Int {
    var value: UInt = 0
    var shift: UInt = 0
    while true {
      let next = try byte()
      guard shift < UInt.bitWidth else { throw Failure() }
      value |= UInt(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
    }
    return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
  }

  package mutating func bool() throws(Failure) -> Bool { try byte() != 0 }

  package mutating func string() throws(Failure) -> String {
    let count = try int()
    guard count >= 0, count <= bytes.count - position else { throw Failure() }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  package mutating func optional<Value>(
    _ body: (inout CompactReader) throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    try bool() ? try body(&self) : nil
  }

  package mutating func optionalInt() throws(Failure) -> Int? { try bool() ? try int() : nil }
  package mutating func optionalString() throws(Failure) -> String? { try bool() ? try string() : nil }

  package mutating func list<Element>(
    _ body: (inout CompactReader) throws(Failure) -> Element
  ) throws(Failure) -> [Element] {
    let count = try int()
    // An element takes a byte at least, so a count that is beyond what is left reserves nothing.
    guard count >= 0, count <= bytes.count - position else { throw Failure() }
    var list: [Element] = []
    list.reserveCapacity(count)
    for _ in 0..<count { list.append(try body(&self)) }
    return list
  }

  package mutating func strings() throws(Failure) -> [String] {
    try list { reader throws(Failure) in try reader.string() }
  }

  /// Problems of a file.
  package mutating func problems(file: String) throws(Failure) -> [Diagnostic] {
    try list { reader throws(Failure) in
      Diagnostic(
        try reader.raw(Diagnostic.Severity.self), try reader.raw(Diagnostic.Rule.self), file: file,
        line: try reader.optionalInt(), column: try reader.optionalInt(), message: try reader.string(),
        advice: try reader.optionalString())
    }
  }

  /// The case of an enumeration whose raw value comes next.
  package mutating func raw<Value: RawRepresentable>(
    _ type: Value.Type
  ) throws(Failure) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: try string()) else { throw Failure() }
    return value
  }
}
