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

/// Reads JSON as Python's `json` does.
struct NotebookJSONReader {
  private let file: [UInt8]
  private var i: Int
  /// Deeper than any notebook is nested.
  private static let deepest = 200

  init(_ file: [UInt8], from: Int) {
    self.file = file
    i = from
  }

  mutating func read() throws(NotebookJSON.Defect) -> NotebookJSON {
    let value = try value(0)
    skip()
    guard i == file.count else { throw defect("there is more behind the end") }
    return value
  }

  private mutating func skip() {
    while i < file.count, [.space, .tab, .newline, 13].contains(file[i]) { i += 1 }
  }

  private func defect(_ message: String) -> NotebookJSON.Defect {
    NotebookJSON.Defect(
      offset: min(i, max(file.count - 1, 0)), message: i < file.count ? message : "the file ends too early")
  }

  private mutating func value(_ depth: Int) throws(NotebookJSON.Defect) -> NotebookJSON {
    skip()
    guard i < file.count else { throw defect("") }
    guard depth < Self.deepest else { throw defect("values are nested too deep") }
    switch file[i] {
    case .openBrace: return try object(depth)
    case .openBracket: return try array(depth)
    case .quote: return .text(try text())
    default:
      let start = i
      while i < file.count, file[i].isLetter || file[i].isDigit || "+-.".utf8.contains(file[i]) { i += 1 }
      let word = file.string(start..<i)
      let words = ["true", "false", "null", "NaN", "Infinity", "-Infinity"]
      guard words.contains(word) || Double(word) != nil && file[start] != UInt8(ascii: "+") else {
        i = start
        throw defect("a value is missing")
      }
      return .other
    }
  }

  private mutating func object(_ depth: Int) throws(NotebookJSON.Defect) -> NotebookJSON {
    var entries: [(key: String, value: NotebookJSON)] = []
    i += 1
    skip()
    if i < file.count, file[i] == .closeBrace {
      i += 1
      return .object([])
    }
    while true {
      skip()
      guard i < file.count, file[i] == .quote else { throw defect("a name in quotes is missing") }
      let key = NotebookJSON.text(try text()).string(in: file)
      skip()
      guard i < file.count, file[i] == .colon else { throw defect("a colon is missing") }
      i += 1
      entries.append((key.bytes.string(0..<key.count), try value(depth + 1)))
      if try isLast(.closeBrace) { return .object(entries) }
    }
  }

  private mutating func array(_ depth: Int) throws(NotebookJSON.Defect) -> NotebookJSON {
    var items: [NotebookJSON] = []
    i += 1
    skip()
    if i < file.count, file[i] == .closeBracket {
      i += 1
      return .array([])
    }
    while true {
      items.append(try value(depth + 1))
      if try isLast(.closeBracket) { return .array(items) }
    }
  }

  private mutating func isLast(_ close: UInt8) throws(NotebookJSON.Defect) -> Bool {
    skip()
    guard i < file.count, file[i] == close || file[i] == UInt8(ascii: ",") else {
      throw defect("a comma is missing")
    }
    i += 1
    return file[i - 1] == close
  }

  private mutating func text() throws(NotebookJSON.Defect) -> Range<Int> {
    i += 1
    let start = i
    while i < file.count, file[i] != .quote {
      guard file[i] >= .space else { throw defect("a line ends in a text") }
      if file[i] == .backslash {
        guard i + 1 < file.count, "\"\\/bfnrtu".utf8.contains(file[i + 1]) else {
          throw defect("an escape is wrong")
        }
        if file[i + 1] == UInt8(ascii: "u"), UInt32(file.string(i + 2..<i + 6), radix: 16) == nil {
          throw defect("an escape is wrong")
        }
        i += 1
      }
      i += 1
    }
    guard i < file.count else { throw defect("") }
    i += 1
    return start..<i - 1
  }
}
