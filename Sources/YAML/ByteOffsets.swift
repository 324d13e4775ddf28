import CYAML

/// Turns libyaml's marks, which count characters, into places that count bytes.
///
/// Marks come nearly in the order of the text, so each is found from the one before it.
struct ByteOffsets {
  private let text: UnsafeBufferPointer<UInt8>
  /// The character that was looked for last, and its first byte.
  private var character = 0
  private var byte = 0
  /// Characters are bytes where all are ASCII.
  private let isASCII: Bool

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    isASCII = text.allSatisfy { $0 < 0x80 }
  }

  /// The place between two marks.
  mutating func place(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Node.Place {
    let first = offset(of: start.index)
    // The end of a collection is looked up like any other, so that what follows it is near.
    let last = end.index > start.index ? offset(of: end.index) : first
    return Node.Place(line: start.line + 1, column: start.column + 1, bytes: first..<max(first, last))
  }

  private mutating func offset(of index: Int) -> Int {
    if isASCII { return min(index, text.count) }
    if index < character { (character, byte) = (0, 0) }
    while character < index, byte < text.count {
      byte += 1
      while byte < text.count, text[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    return byte
  }

  /// The line and column of a byte.
  func place(ofByte offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in text.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }
}
