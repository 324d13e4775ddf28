import Foundation

extension Data {
  /// The unsigned number of `count` bytes (at most 8) at an offset from the start, most significant first; nil
  /// beyond the end.
  func bigEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, count <= 8, offset <= self.count - count else { return nil }
    var value: UInt64 = 0
    for index in 0..<count { value = value << 8 | UInt64(self[startIndex + offset + index]) }
    return Int(exactly: value)
  }

  /// Whether the bytes at an offset from the start are these.
  func matches(_ bytes: some Collection<UInt8>, at offset: Int = 0) -> Bool {
    guard offset >= 0, offset <= count - bytes.count else { return false }
    return self[(startIndex + offset)...].starts(with: bytes)
  }

  /// Whether the bytes at an offset from the start are this text.
  func matches(_ text: String, at offset: Int = 0) -> Bool { matches(text.utf8, at: offset) }

  /// Some bytes as text, anything outside ASCII as `?`.
  func ascii(at offset: Int, count: Int) -> String {
    guard offset >= 0, offset <= self.count - count else { return "" }
    let bytes = self[(startIndex + offset)..<(startIndex + offset + count)]
    return String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
