import AssetModel

/// Org mode as go-org reads it (1.6), which Hugo brings: links to pictures without a description, pictures as descriptions,
/// and raw HTML.
struct OrgReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    var blocks = OrgBlocks(MarkupText(masked: masked, range: body), file: file)
    blocks.read()
    return blocks.shown.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}

/// The lines of a document, and what they show.
private struct OrgBlocks {
  typealias Line = Range<Int>

  private let text: MarkupText
  private let bytes: [UInt8]
  private var spans: OrgSpans
  /// The lines of the paragraph that is being read.
  private var paragraph: [Line] = []
  /// The footnote whose text is being read.
  private var footnote: String?
  private var blankLines = 0
  /// The level of the headline whose tag hides it and what is below it.
  private var hiddenLevel: Int?
  private var hidingTags: Set<String> = ["noexport"]
  /// Blocks that are known to have no end.
  private var unclosed: Set<String> = []

  init(_ text: MarkupText, file: [UInt8]) {
    self.text = text
    bytes = text.bytes
    spans = OrgSpans(file: file)
  }

  /// The images of the text, and of footnotes that something shown refers to.
  var shown: [Candidate] { spans.shown }

  mutating func read() {
    let lines = text.lines
    for line in lines {
      guard let value = keyword(line), value.key == "exclude_tags" else { continue }
      hidingTags = Set(bytes.string(value.text).split(whereSeparator: \.isWhitespace).map(String.init))
    }
    var i = 0
    while i < lines.count {
      if let level = headline(lines[i]) {
        flush()
        footnote = nil
        readHeadline(lines[i], level)
        i += 1
      } else if hiddenLevel != nil {
        i += 1
      } else {
        i = block(lines, i)
      }
    }
    flush()
  }

  private func headline(_ line: Line) -> Int? {
    let stars = bytes[line].prefix { $0 == UInt8(ascii: "*") }.count
    guard stars > 0, stars < line.count, bytes[line.lowerBound + stars].isBlank else { return nil }
    return stars
  }

  private mutating func readHeadline(_ line: Line, _ level: Int) {
    if let hidden = hiddenLevel, level > hidden { return }
    hiddenLevel = nil
    let tags =
      text.string(line).split(separator: " ").last.map { $0.split(separator: ":").map(String.init) } ?? []
    if bytes[line.upperBound - 1] == .colon, !hidingTags.isDisjoint(with: tags) {
      hiddenLevel = level
    } else {
      spans.read(text.joined([MarkupText.dropping(level + 1, line)]), footnote: nil)
    }
  }

  /// Reads a block, and returns the line behind it.
  private mutating func block(_ lines: [Line], _ i: Int) -> Int {
    let line = lines[i]
    let inner = MarkupText.dropping(text.indent(line), line)
    guard let first = inner.first.map({ bytes[$0] }) else {
      flush()
      blankLines += 1
      if blankLines > 1 { footnote = nil }
      return i + 1
    }
    blankLines = 0
    if first == .hash, let next = hashed(lines, i, inner) { return next }
    if first == .colon {
      if inner.count == 1 || bytes[inner.lowerBound + 1].isBlank {
        flush()
        return i + 1
      }
      if let next = drawer(lines, i, inner) { return next }
    }
    if first == .pipe {
      flush()
      for cell in bytes[inner].split(separator: .pipe) {
        spans.read(text.joined([cell.startIndex..<cell.endIndex]), footnote: footnote)
      }
      return i + 1
    }
    if first == .backslash, let next = equation(lines, i, inner) { return next }
    if bytes.has("[fn:", at: line.lowerBound), let close = bytes.find(.closeBracket, in: line),
      close + 1 == line.upperBound || bytes[close + 1].isBlank
    {
      flush()
      footnote = bytes.string(line.lowerBound + 4..<close)
      paragraph = [close + 1..<line.upperBound]
      return i + 1
    }
    if inner.count >= 5, bytes[inner].allSatisfy({ $0 == .dash }) {
      flush()
      return i + 1
    }
    if let width = listMark(inner, isIndented: inner.lowerBound > line.lowerBound) {
      flush()
      paragraph = [MarkupText.dropping(width, inner)]
      return i + 1
    }
    paragraph.append(inner)
    return i + 1
  }

  /// Shows the paragraph.
  private mutating func flush() {
    guard !paragraph.isEmpty else { return }
    spans.read(text.joined(paragraph), footnote: footnote)
    paragraph = []
  }

  // MARK: Blocks

  /// What begins with `#`: a block, a keyword, a comment; nil where it is text.
  private mutating func hashed(_ lines: [Line], _ i: Int, _ line: Line) -> Int? {
    if line.count == 1 || bytes[line.lowerBound + 1].isBlank {
      flush()
      return i + 1
    }
    guard bytes.has("#+", at: line.lowerBound) else { return nil }
    let written = text.string(line).lowercased()
    if written.hasPrefix("#+begin_") {
      let words = written.dropFirst(8).split(separator: " ")
      guard let name = words.first, let end = blockEnd(lines, i + 1, String(name)) else { return nil }
      flush()
      switch name {
      case "src", "example": return end + 1
      case "export":
        if words.dropFirst().first == "html" { spans.readHTML(text.joined(lines[(i + 1)..<end]), footnote) }
        return end + 1
      default: return i + 1
      }
    }
    if written.hasPrefix("#+end_") {
      flush()
      return i + 1
    }
    guard let keyword = keyword(line) else { return nil }
    flush()
    if keyword.key == "html" { spans.readHTML(text.joined([keyword.text]), footnote) }
    return i + 1
  }

  private mutating func blockEnd(_ lines: [Line], _ start: Int, _ name: String) -> Int? {
    guard !unclosed.contains(name) else { return nil }
    let end = lines[start...].firstIndex { line in
      let inner = MarkupText.dropping(text.indent(line), line)
      guard bytes.has("#+", at: inner.lowerBound), inner.count == name.utf8.count + 6 else { return false }
      return text.string(inner).lowercased() == "#+end_" + name
    }
    if end == nil { unclosed.insert(name) }
    return end
  }

  /// `#+KEY: value`, the key in small letters.
  private func keyword(_ line: Line) -> (key: String, text: Line)? {
    let line = MarkupText.dropping(text.indent(line), line)
    guard bytes.has("#+", at: line.lowerBound), let colon = bytes.find(.colon, in: line),
      colon > line.lowerBound + 2, colon + 1 == line.upperBound || bytes[colon + 1].isBlank
    else { return nil }
    let start = min(bytes.skipBlanks(from: colon + 1), line.upperBound)
    return (bytes.string(line.lowerBound + 2..<colon).lowercased(), start..<line.upperBound)
  }

  /// `:NAME:` up to `:END:`: the properties of a headline are not shown, other drawers are.
  private mutating func drawer(_ lines: [Line], _ i: Int, _ line: Line) -> Int? {
    guard line.count > 2, bytes[line.upperBound - 1] == .colon, !bytes[line].contains(.space) else {
      return nil
    }
    flush()
    guard text.string(line).lowercased() == ":properties:", !unclosed.contains(":end:") else { return i + 1 }
    let end = lines[i...].firstIndex {
      text.string(MarkupText.dropping(text.indent($0), $0)).lowercased() == ":end:"
    }
    if end == nil { unclosed.insert(":end:") }
    return (end ?? i) + 1
  }

  /// `\begin{name}` up to `\end{name}`.
  private mutating func equation(_ lines: [Line], _ i: Int, _ line: Line) -> Int? {
    guard bytes.has("\\begin{", at: line.lowerBound), let close = bytes.find(.closeBrace, in: line) else {
      return nil
    }
    let mark = "\\end{" + bytes.string(line.lowerBound + 7..<close) + "}"
    guard !unclosed.contains(mark) else { return nil }
    guard let end = lines[i...].firstIndex(where: { text.string($0).contains(mark) }) else {
      unclosed.insert(mark)
      return nil
    }
    flush()
    return end + 1
  }

  private func listMark(_ line: Line, isIndented: Bool) -> Int? {
    var i = line.lowerBound
    if bytes[i] == .dash || bytes[i] == UInt8(ascii: "+") || (bytes[i] == UInt8(ascii: "*") && isIndented) {
      i += 1
    } else {
      let start = i
      while i < line.upperBound, bytes[i].isDigit { i += 1 }
      if i == start, bytes[i].isLetter { i += 1 }
      guard i > start, i < line.upperBound, bytes[i] == UInt8(ascii: ".") || bytes[i] == .closeParen else {
        return nil
      }
      i += 1
    }
    guard i == line.upperBound || bytes[i].isBlank else { return nil }
    return i - line.lowerBound
  }
}
