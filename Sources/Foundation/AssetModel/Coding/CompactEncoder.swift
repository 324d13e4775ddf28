import Foundation

/// Writes values as few bytes, for cache entries, of which there are thousands, and for their keys.
///
/// The encoding of a type is what the compiler derives: its properties in order, each preceded by a byte that stands
/// for its name, and a case of an enumeration with values by its name. A ``CompactRecord`` has one of its own. The data does not say which program wrote it; the key
/// of the value does. Dictionaries have a form where they lead from texts to texts or to numbers; others are not read.
///
/// Numbers are LEB128 (DWARF 5, section 7.6), in zigzag form. A list has a byte in front of each element and one behind the
/// last.
package enum CompactEncoder {
  /// A value's bytes, which are the same in every process but for the order of sets.
  ///
  /// - Throws: what encoding the value throws, and ``CompactFailure`` for a list of optional values.
  package static func bytes(of value: some Encodable) throws -> [UInt8] {
    let sink = CompactSink()
    try sink.write(value)
    return sink.bytes
  }

  /// The bytes for the cache; nil where the value has none.
  package static func data(of value: some Encodable) -> Data? { (try? bytes(of: value)).map { Data($0) } }

  /// A digest of everything that a value is, for a key. Of a value that has no bytes it is another one each time.
  package static func digest(of value: some Encodable) -> String {
    ContentDigest.sha256((try? bytes(of: value)) ?? Array(UUID().uuidString.utf8))
  }
}

/// A value without a compact form, or bytes that do not decode.
package struct CompactFailure: Error {
  package init() {}
}

/// Where encoders write to.
final class CompactSink {
  var bytes: [UInt8] = []
  /// Whether the value being written has turned out to be a list.
  private var isList = false

  func write<Value: Encodable>(_ value: Value) throws {
    if Value.self == String.self, let text = value as? String { return write(text) }
    if var record = value as? any CompactRecord {
      return try record.exchange(with: CompactFields(writingTo: self))
    }
    if Value.self == [String: String].self, let texts = value as? [String: String] { return write(texts) }
    if Value.self == [String: Double].self, let numbers = value as? [String: Double] {
      return write(numbers) { write($0) }
    }
    if Value.self == [String: Int].self, let numbers = value as? [String: Int] {
      return write(numbers) { write($0) }
    }
    let outer = isList
    isList = false
    try value.encode(to: Writing(sink: self))
    if isList { bytes.append(0) }
    isList = outer
  }

  func beginList() { isList = true }

  func write(_ value: Int) {
    var rest = UInt(bitPattern: (value << 1) ^ (value >> (Int.bitWidth - 1)))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  func write(_ value: Double) {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  func write(_ data: Data) {
    write(data.count)
    bytes.append(contentsOf: data)
  }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      write(utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  func write(_ texts: [String: String]) { write(texts) { write($0) } }

  private func write<Value>(_ map: [String: Value], _ body: (Value) -> Void) {
    write(map.count)
    for (key, value) in map.sorted(by: { $0.key < $1.key }) {
      write(key)
      body(value)
    }
  }

  func write(key: some CodingKey) { bytes.append(CompactKey.byte(of: key)) }
}

/// The names of properties, in the bytes.
enum CompactKey {
  /// A byte that stands for a name. Two names may share one: it is there to notice bytes of something else.
  static func byte(of key: some CodingKey) -> UInt8 {
    key.stringValue.utf8.reduce(0x5A) { ($0 ^ $1) &* 0x93 }
  }
}

private struct Writing: Encoder {
  let sink: CompactSink
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Properties(sink: sink))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.beginList()
    return Elements(sink: sink)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(sink: sink) }
}

private struct Properties<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: CompactSink
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { throw CompactFailure() }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    sink.write(key: key)
    try sink.write(value)
  }

  func encode(_ value: String, forKey key: Key) {
    sink.write(key: key)
    sink.write(value)
  }

  func encode(_ value: Int, forKey key: Key) {
    sink.write(key: key)
    sink.write(value)
  }

  func encode(_ value: Bool, forKey key: Key) {
    sink.write(key: key)
    sink.write(value)
  }

  // Of the types that have a method of their own in the protocol, these are the ones that properties here have. The
  // others' would leave out what is nil, which cannot be read.
  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    sink.write(key: key)
    sink.write(value != nil)
    if let value { try sink.write(value) }
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) {
    sink.write(key: key)
    sink.write(value != nil)
    if let value { sink.write(value) }
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    sink.write(key: key)
    sink.write(value != nil)
    if let value { sink.write(value) }
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    sink.write(key: key)
    sink.write(value != nil)
    if let value { sink.write(value) }
  }

  func encodeIfPresent(_ value: Double?, forKey key: Key) {
    sink.write(key: key)
    sink.write(value != nil)
    if let value { sink.write(value) }
  }

  /// A case of an enumeration with values, whose whole name is written: a reader has nothing else to tell it by.
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    sink.write(key.stringValue)
    return KeyedEncodingContainer(Properties<Nested>(sink: sink))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    sink.write(key: key)
    return Elements(sink: sink)
  }

  func superEncoder() -> any Encoder { Writing(sink: sink) }
  func superEncoder(forKey key: Key) -> any Encoder { Writing(sink: sink) }
}

private struct Elements: UnkeyedEncodingContainer {
  let sink: CompactSink
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(sink: CompactSink) { self.sink = sink }

  func encodeNil() throws { throw CompactFailure() }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    count += 1
    sink.write(true)
    try sink.write(value)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    sink.write(true)
    return KeyedEncodingContainer(Properties<Nested>(sink: sink))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { Writing(sink: sink) }
}

private struct Single: SingleValueEncodingContainer {
  let sink: CompactSink
  var codingPath: [any CodingKey] { [] }

  func encodeNil() throws { throw CompactFailure() }
  func encode<Value: Encodable>(_ value: Value) throws { try sink.write(value) }
  func encode(_ value: Bool) { sink.write(value) }
  func encode(_ value: String) { sink.write(value) }
  func encode(_ value: Double) { sink.write(value) }
  func encode(_ value: Float) { sink.write(Double(value)) }
  func encode(_ value: Int) { sink.write(value) }
  func encode(_ value: Int8) throws { try write(value) }
  func encode(_ value: Int16) throws { try write(value) }
  func encode(_ value: Int32) throws { try write(value) }
  func encode(_ value: Int64) throws { try write(value) }
  func encode(_ value: UInt) throws { try write(value) }
  func encode(_ value: UInt8) throws { try write(value) }
  func encode(_ value: UInt16) throws { try write(value) }
  func encode(_ value: UInt32) throws { try write(value) }
  func encode(_ value: UInt64) throws { try write(value) }

  private func write(_ value: some FixedWidthInteger) throws {
    guard let number = Int(exactly: value) else { throw CompactFailure() }
    sink.write(number)
  }
}
