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
