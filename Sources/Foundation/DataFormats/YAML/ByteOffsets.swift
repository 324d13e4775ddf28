import CYAML

/// Turns libyaml's marks, which count characters, into locations that count bytes.
///
/// Marks come nearly in the order of the text, so each is computed from the one before it.
struct ByteOffsets {
  private let text: UnsafeBufferPointer<UInt8>
  /// What the first byte's index is to the caller.
  private let firstIndex: Int
  /// Characters are bytes where all are ASCII.
  private let isASCII: Bool
  /// The character that was looked for last, and its first byte.
  private var character = 0
  private var byte = 0

  init(_ text: UnsafeBufferPointer<UInt8>, firstIndex: Int) {
    self.text = text
    self.firstIndex = firstIndex
    var bits: UInt8 = 0
    for byte in text { bits |= byte }
    isASCII = bits < 0x80
  }

  /// The location between two marks.
  mutating func location(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Node.Location {
    let first = offset(of: start.index)
    let last = end.index > start.index ? offset(of: end.index) : first
    return Node.Location(
      line: start.line + 1, column: start.column + 1, bytes: firstIndex + first..<firstIndex + last)
  }

  private mutating func offset(of index: Int) -> Int {
    if isASCII { return min(index, text.count) }
    while character < index, byte < text.count {
      byte += 1
      while byte < text.count, isInside(byte) { byte += 1 }
      character += 1
    }
    while character > index, byte > 0 {
      byte -= 1
      while byte > 0, isInside(byte) { byte -= 1 }
      character -= 1
    }
    return byte
  }

  /// Whether a byte continues a character.
  private func isInside(_ byte: Int) -> Bool { text[byte] & 0xC0 == 0x80 }
}
