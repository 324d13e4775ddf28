import Foundation

/// Reads what ``CompactEncoder`` wrote.
///
/// Damaged bytes make no value or another one, never a trap: the index may have been written by anything.
package enum CompactDecoder {
  /// The value that all of some bytes are; nil where they are something else.
  package static func value<Value: Decodable>(_ type: Value.Type = Value.self, of data: Data) -> Value? {
    data.withUnsafeBytes { buffer in
      let bytes = CompactBytes(buffer)
      defer { bytes.close() }
      guard let value = try? bytes.read(Value.self), bytes.isAtEnd, !bytes.hasFailed, !bytes.isCase else {
        return nil
      }
      return value
    }
  }
}

/// Where decoders read from.
final class CompactBytes {
  private var bytes: UnsafeRawBufferPointer
  private var position = 0
  /// Whether a call that cannot throw requested something unsupported.
  var hasFailed = false
  /// Whether the name of an enumeration's case is what must come next.
  var isCase = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Releases the memory, which a decoder that outlives the call could otherwise still read.
  func close() { bytes = UnsafeRawBufferPointer(start: nil, count: 0) }

  var isAtEnd: Bool { position == bytes.count }
  /// How many bytes are still to be read.
  var left: Int { bytes.count - position }

  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if Value.self == String.self, let text = try string() as? Value { return text }
    if let type = Value.self as? any CompactRecord.Type, let record = try read(record: type) as? Value {
      return record
    }
    if Value.self == [String: String].self, let texts = try texts() as? Value { return texts }
    if Value.self == [String: Double].self, let numbers = try map({ try double() }) as? Value {
      return numbers
    }
    if Value.self == [String: Int].self, let numbers = try map({ try int() }) as? Value { return numbers }
    return try Value(from: Reading(bytes: self))
  }

  private func read<Record: CompactRecord>(record: Record.Type) throws -> Record {
    var record = Record.blank
    try record.exchange(with: CompactFields(readingFrom: self))
    return record
  }

  /// The next byte, which stays where it is.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  func byte() throws -> UInt8 {
    guard position < bytes.count else { throw CompactFailure() }
    defer { position += 1 }
    return bytes[position]
  }

  func bool() throws -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    default: throw CompactFailure()
    }
  }

  func int() throws -> Int {
    var value: UInt = 0
    var shift: UInt = 0
    while true {
      let next = try byte()
      guard shift < UInt.bitWidth else { throw CompactFailure() }
      value |= UInt(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
    }
    return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
  }

  func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    guard let number = Number(exactly: try int()) else { throw CompactFailure() }
    return number
  }

  func double() throws -> Double {
    guard bytes.count - position >= 8 else { throw CompactFailure() }
    defer { position += 8 }
    let pattern = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    return Double(bitPattern: UInt64(littleEndian: pattern))
  }

  func string() throws -> String { String(decoding: try stretch(), as: UTF8.self) }

  func data() throws -> Data { Data(try stretch()) }

  /// Bytes that are preceded by their number.
  private func stretch() throws -> UnsafeRawBufferPointer {
    let count = try int()
    guard count >= 0, count <= left else { throw CompactFailure() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// The text that begins here, where one does.
  var nextString: String? {
    let start = position
    defer { position = start }
    return try? string()
  }

  func skip(_ key: some CodingKey) throws {
    guard !isCase, try byte() == CompactKey.byte(of: key) else { throw CompactFailure() }
  }

  func texts() throws -> [String: String] { try map { try string() } }

  private func map<Value>(_ body: () throws -> Value) throws -> [String: Value] {
    let count = try int()
    guard count >= 0 else { throw CompactFailure() }
    var map: [String: Value] = [:]
    for _ in 0..<count { map[try string()] = try body() }
    return map
  }
}

private struct Reading: Decoder {
  let bytes: CompactBytes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Properties(bytes: bytes))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(bytes: bytes) }
  func singleValueContainer() -> any SingleValueDecodingContainer { Single(bytes: bytes) }
}

private struct Properties<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let bytes: CompactBytes
  var codingPath: [any CodingKey] { [] }

  /// The case that is written, for an enumeration with values. Only these ask, and dictionaries, whose keys nobody knows
  /// without having read them all: these then ask for values as of a property, which is refused.
  var allKeys: [Key] {
    bytes.isCase = true
    return [bytes.nextString.flatMap { Key(stringValue: $0) }].compactMap(\.self)
  }

  func contains(_ key: Key) -> Bool { bytes.next == CompactKey.byte(of: key) }
  func decodeNil(forKey key: Key) throws -> Bool { throw CompactFailure() }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try bytes.skip(key)
    return try bytes.read(Value.self)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try bytes.skip(key)
    return try bytes.string()
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try bytes.skip(key)
    return try bytes.int()
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try bytes.skip(key)
    return try bytes.bool()
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    try bytes.skip(key)
    return try bytes.bool() ? try bytes.read(Value.self) : nil
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try bytes.skip(key)
    return try bytes.bool() ? try bytes.string() : nil
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try bytes.skip(key)
    return try bytes.bool() ? try bytes.int() : nil
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try bytes.skip(key)
    return try bytes.bool() ? try bytes.bool() : nil
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try bytes.skip(key)
    return try bytes.bool() ? try bytes.double() : nil
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    guard try bytes.string() == key.stringValue else { throw CompactFailure() }
    bytes.isCase = false
    return KeyedDecodingContainer(Properties<Nested>(bytes: bytes))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try bytes.skip(key)
    return Elements(bytes: bytes)
  }

  func superDecoder() -> any Decoder { Reading(bytes: bytes) }
  func superDecoder(forKey key: Key) -> any Decoder { Reading(bytes: bytes) }
}

private struct Elements: UnkeyedDecodingContainer {
  let bytes: CompactBytes
  private(set) var currentIndex = 0
  private(set) var isAtEnd = false
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }

  init(bytes: CompactBytes) {
    self.bytes = bytes
    look()
  }

  /// Whether there is another element. A list that the bytes do not end has one more, which then cannot be read.
  private mutating func look() {
    guard bytes.next == 0, (try? bytes.byte()) != nil else { return }
    isAtEnd = true
  }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard !isAtEnd, try bytes.bool() else { throw CompactFailure() }
    let value = try bytes.read(Value.self)
    currentIndex += 1
    look()
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { throw CompactFailure() }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw CompactFailure() }
  mutating func superDecoder() throws -> any Decoder { throw CompactFailure() }
}

private struct Single: SingleValueDecodingContainer {
  let bytes: CompactBytes
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool {
    bytes.hasFailed = true
    return false
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try bytes.read(Value.self) }
  func decode(_ type: Bool.Type) throws -> Bool { try bytes.bool() }
  func decode(_ type: String.Type) throws -> String { try bytes.string() }
  func decode(_ type: Double.Type) throws -> Double { try bytes.double() }
  func decode(_ type: Float.Type) throws -> Float { Float(try bytes.double()) }
  func decode(_ type: Int.Type) throws -> Int { try bytes.int() }
  func decode(_ type: Int8.Type) throws -> Int8 { try bytes.number(Int8.self) }
  func decode(_ type: Int16.Type) throws -> Int16 { try bytes.number(Int16.self) }
  func decode(_ type: Int32.Type) throws -> Int32 { try bytes.number(Int32.self) }
  func decode(_ type: Int64.Type) throws -> Int64 { try bytes.number(Int64.self) }
  func decode(_ type: UInt.Type) throws -> UInt { try bytes.number(UInt.self) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try bytes.number(UInt8.self) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try bytes.number(UInt16.self) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try bytes.number(UInt32.self) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try bytes.number(UInt64.self) }
}
