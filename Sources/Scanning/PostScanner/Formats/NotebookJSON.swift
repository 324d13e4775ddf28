/// The JSON of a notebook, with the offsets of its texts. They are not read before they are asked for: pictures inside a
/// notebook are texts of many megabytes.
indirect enum NotebookJSON {
  case object([(key: String, value: NotebookJSON)])
  case array([NotebookJSON])
  /// The bytes between the quotes.
  case text(Range<Int>)
  /// A number, `true`, `false` or `null`.
  case other

  /// What is wrong with a file, and where.
  struct Defect: Error {
    var offset: Int
    var message: String
  }

  subscript(key: String) -> NotebookJSON? {
    guard case .object(let entries) = self else { return nil }
    return entries.last { $0.key == key }?.value
  }

  var items: [NotebookJSON] {
    if case .array(let items) = self { return items }
    return []
  }

  var entries: [(key: String, value: NotebookJSON)] {
    if case .object(let entries) = self { return entries }
    return []
  }

  /// A text, or a list of texts as one, each byte with its offset in the file.
  func string(in file: [UInt8]) -> SourceText {
    var text = SourceText()
    switch self {
    case .text(let range): Self.append(range, of: file, to: &text)
    case .array(let items): for case .text(let range) in items { Self.append(range, of: file, to: &text) }
    case .object, .other: break
    }
    return text
  }

  /// The range from the first to the last text.
  var range: Range<Int>? {
    switch self {
    case .text(let range): return range
    case .array(let items):
      let ranges = items.compactMap(\.range)
      guard let first = ranges.first, let last = ranges.last else { return nil }
      return first.lowerBound..<last.upperBound
    case .object, .other: return nil
    }
  }

  /// How many signs of base 64 it holds.
  func base64Count(in file: [UInt8]) -> Int {
    switch self {
    case .text(let range):
      var count = 0
      var i = range.lowerBound
      while i < range.upperBound {
        if file[i] == .backslash { i += 1 } else if file[i] > .space, file[i] != .equals { count += 1 }
        i += 1
      }
      return count
    case .array(let items): return items.reduce(0) { $0 + $1.base64Count(in: file) }
    case .object, .other: return 0
    }
  }

  private static func append(_ range: Range<Int>, of file: [UInt8], to text: inout SourceText) {
    var i = range.lowerBound
    while i < range.upperBound {
      guard file[i] == .backslash, i + 1 < range.upperBound else {
        text.append(file[i], from: i)
        i += 1
        continue
      }
      let start = i
      i += 2
      switch file[start + 1] {
      case UInt8(ascii: "n"): text.append(.newline, from: start)
      case UInt8(ascii: "t"): text.append(.tab, from: start)
      case UInt8(ascii: "r"): text.append(13, from: start)
      case UInt8(ascii: "b"): text.append(8, from: start)
      case UInt8(ascii: "f"): text.append(12, from: start)
      case UInt8(ascii: "u"):
        var value = UInt32(file.string(i..<i + 4), radix: 16) ?? 0xFFFD
        i += 4
        if (0xD800..<0xDC00).contains(value), file.has("\\u", at: i),
          let low = UInt32(file.string(i + 2..<i + 6), radix: 16), (0xDC00..<0xE000).contains(low)
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          i += 6
        }
        for byte in String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8 { text.append(byte, from: start) }
      default: text.append(file[start + 1], from: start)
      }
    }
  }
}
