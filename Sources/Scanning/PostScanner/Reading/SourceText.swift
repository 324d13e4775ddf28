import AssetModel

/// A piece of a post as a parser sees it (without the `> ` of a quote, the indent of a list, the template code),
/// together with the file offset that each byte came from.
struct SourceText: Sendable {
  /// The bytes.
  private(set) var bytes: [UInt8] = []
  /// For each byte, its offset in the file. Offsets never fall.
  private(set) var origins: [Int] = []

  /// An empty text.
  init() {}

  /// The bytes of `masked` in a range, without those that a mask removed, with line ends as `\n`. `masked` holds
  /// the file's bytes from its start, so that an index is a file offset.
  init(masked: [UInt8], range: Range<Int>) {
    reserve(range.count + 1)
    var i = range.lowerBound
    if !masked[range].contains(where: { $0 == .removed || $0 == UInt8(ascii: "\r") }) {
      bytes.append(contentsOf: masked[range])
      origins.append(contentsOf: range)
      i = range.upperBound
    }
    while i < range.upperBound {
      let byte = masked[i]
      if byte == UInt8(ascii: "\r") {
        if i + 1 >= range.upperBound || masked[i + 1] != .newline { append(.newline, from: i) }
      } else if byte != .removed {
        append(byte, from: i)
      }
      i += 1
    }
    if bytes.last != .newline { append(.newline, from: max(range.upperBound - 1, range.lowerBound)) }
  }

  /// The number of bytes.
  var count: Int { bytes.count }

  /// Makes room.
  mutating func reserve(_ capacity: Int) {
    bytes.reserveCapacity(capacity)
    origins.reserveCapacity(capacity)
  }

  /// Adds a byte.
  mutating func append(_ byte: UInt8, from origin: Int) {
    bytes.append(byte)
    origins.append(origin)
  }

  /// Adds a part of another text.
  mutating func append(_ other: SourceText, _ range: Range<Int>) {
    bytes.append(contentsOf: other.bytes[range])
    origins.append(contentsOf: other.origins[range])
  }

  /// Adds spaces that the file does not contain, such as those of a tab.
  mutating func appendSpaces(_ count: Int, from origin: Int) {
    for _ in 0..<count { append(.space, from: origin) }
  }

  /// A part of the text.
  func part(_ range: Range<Int>) -> SourceText {
    var copy = SourceText()
    copy.append(self, range)
    return copy
  }

  /// The bytes of the file that a part of the text covers. For an empty part: the empty range before its position.
  func fileRange(_ range: Range<Int>) -> ByteRange {
    guard !range.isEmpty else {
      guard range.lowerBound < count else { return ByteRange((origins.last ?? -1) + 1, 0) }
      if range.lowerBound > 0 {
        let end = origins[range.lowerBound - 1] + 1
        return ByteRange(end, end)
      }
      return ByteRange(origins[range.lowerBound], 0)
    }
    return ByteRange(origins[range.lowerBound], origins[range.upperBound - 1] + 1)
  }

  /// What the author wrote in a part of the text: the file's own bytes, template code included, line by line, so
  /// that the marks of a quote or a list are left out.
  func written(_ range: Range<Int>, in file: [UInt8]) -> String {
    guard !range.isEmpty else { return "" }
    var out: [UInt8] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes[start..<range.upperBound].firstIndex(of: .newline) ?? range.upperBound
      if end > start { out += file[origins[start]..<(origins[end - 1] + 1)] }
      if end < range.upperBound { out.append(.newline) }
      start = end + 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}
