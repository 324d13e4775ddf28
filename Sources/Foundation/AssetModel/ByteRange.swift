/// A half-open range of byte offsets in a file.
public struct ByteRange: Codable, Hashable, Sendable {
  /// The offset of the first byte.
  public var start: Int
  /// The offset after the last byte.
  public var end: Int

  /// Makes a range. `end` below `start` is read as empty.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The number of bytes.
  public var count: Int { end - start }

  /// The same range as Swift's own type, for slicing.
  public var range: Range<Int> { start..<end }

  /// Whether the two ranges share a byte.
  public func overlaps(_ other: ByteRange) -> Bool { start < other.end && other.start < end }
}

extension ByteRange: CompactRecord {
  package static var blank: ByteRange { ByteRange(0, 0) }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&start)
    try fields.exchange(&end)
    guard start <= end else { throw CompactFailure() }
  }
}
