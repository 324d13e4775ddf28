/// A post as a reader of lines sees it: tabs are spaces, template code is masked, and each line is a range without the
/// blanks at its end. A piece that is set in is the same lines with later starts, so nothing is copied.
struct MarkupText {
  /// The bytes, each with its offset in the file.
  let source: SourceText
  /// The lines, without their ends.
  let lines: [Range<Int>]

  /// The bytes alone.
  var bytes: [UInt8] { source.bytes }

  /// - Parameters:
  ///   - masked: the post's bytes with template code masked.
  ///   - range: where the text stands.
  ///   - tab: how many columns lie between two tab stops; nil to leave tabs as they are.
  init(masked: [UInt8], range: Range<Int>, tab: Int? = nil) {
    self.init(SourceText(masked: masked, range: range), tab: tab)
  }

  /// The same of a text whose bytes have offsets.
  init(_ text: SourceText, tab: Int? = nil) {
    source = tab.map { Self.expanded(text, $0) } ?? text
    let bytes = source.bytes
    var lines: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes.find(.newline, from: start) ?? bytes.count
      var last = end
      while last > start, bytes[last - 1].isWhitespace { last -= 1 }
      lines.append(start..<last)
      start = end + 1
    }
    self.lines = lines
  }

  private static func expanded(_ text: SourceText, _ tab: Int) -> SourceText {
    guard text.bytes.contains(.tab) else { return text }
    var out = SourceText()
    out.reserve(text.count)
    var column = 0
    for (byte, origin) in zip(text.bytes, text.origins) {
      if byte == .tab {
        let width = tab - column % tab
        out.appendSpaces(width, from: origin)
        column += width
      } else {
        out.append(byte, from: origin)
        column = byte == .newline ? 0 : byte & 0xC0 == 0x80 ? column : column + 1
      }
    }
    return out
  }

  /// How many blanks a line begins with.
  func indent(_ line: Range<Int>) -> Int {
    var i = line.lowerBound
    while i < line.upperBound, bytes[i].isBlank { i += 1 }
    return i - line.lowerBound
  }

  /// A line without its first bytes.
  static func dropping(_ count: Int, _ line: Range<Int>) -> Range<Int> {
    min(line.lowerBound + count, line.upperBound)..<line.upperBound
  }

  /// A line as text.
  func string(_ line: Range<Int>) -> String { bytes.string(line) }

  /// Some lines as one text, with the ends between them.
  func joined(_ lines: some Collection<Range<Int>>) -> SourceText {
    var text = SourceText()
    for line in lines {
      if text.count > 0 { text.append(.newline, from: text.origins[text.count - 1]) }
      text.append(source, line)
    }
    return text
  }
}

extension Candidate {
  /// An image of a markup that is neither Markdown nor HTML.
  static func markup(_ text: SourceText, _ range: Range<Int>, url: Range<Int>, _ address: String) -> Candidate
  {
    Candidate(
      kind: .markup, range: text.fileRange(range), urlRange: text.fileRange(url), url: address, syntax: .plain
    )
  }
}

extension HTMLReferences {
  /// The images of HTML that a post hands to the page as it is.
  static func candidates(in text: SourceText, file: [UInt8]) -> [Candidate] {
    HTMLScanner.tags(in: text.bytes).flatMap { match in
      candidates(match.tag, in: text, file: file, contexts: match.contexts)
    }
  }
}
