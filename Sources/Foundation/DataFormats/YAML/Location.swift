extension Node {
  /// Where a node is written. An anchor and a tag in front of a value are part of it.
  package struct Location: Hashable, Sendable {
    /// The line, from 1. As libyaml has it, U+0085, U+2028 and U+2029 end a line too.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int
    /// The bytes it takes, as indices of the bytes that were read: quotes are included, and the `|` or `>` of a block.
    package let bytes: Range<Int>
  }
}

extension Node.Location {
  /// The location of a byte, given by its offset from 0 in a text.
  init(ofByte offset: Int, in text: UnsafeBufferPointer<UInt8>, firstIndex: Int) {
    var (line, column, at) = (1, 1, 0)
    while at < min(offset, text.count) {
      let length = text.lineBreak(at: at)
      if length > 0 {
        (line, column) = (line + 1, 1)
      } else if text[at] & 0xC0 != 0x80 {
        column += 1
      }
      at += max(1, length)
    }
    self.init(line: line, column: column, bytes: firstIndex + at..<firstIndex + at)
  }

  /// From the start of this location to the end of another.
  func through(_ end: Node.Location) -> Node.Location {
    let start = bytes.lowerBound
    return Node.Location(line: line, column: column, bytes: start..<max(start, end.bytes.upperBound))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The length of what ends a line at a byte; 0 where nothing does.
  fileprivate func lineBreak(at index: Int) -> Int {
    func byte(_ distance: Int) -> UInt8? { index + distance < count ? self[index + distance] : nil }
    return switch (self[index], byte(1), byte(2)) {
    case (0x0D, 0x0A, _): 2
    case (0x0A, _, _), (0x0D, _, _): 1
    case (0xC2, 0x85, _): 2
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9): 3
    default: 0
    }
  }
}
