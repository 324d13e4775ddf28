import AssetModel

/// The blocks of AsciiDoc (`lib/asciidoctor/parser.rb`), and what in them shows an image.
struct AsciiDocBlocks {
  typealias Line = Range<Int>

  let text: MarkupText
  let file: [UInt8]
  var candidates: [Candidate] = []
  var attributes = AsciiDocAttributes()
  /// What the lines in brackets above a block say of it.
  private var style = AsciiDocBlockStyle()
  /// The title of the block below.
  private var title: Line?
  private let bytes: [UInt8]
  private static let deepest = 48

  init(_ text: MarkupText, file: [UInt8]) {
    self.text = text
    self.file = file
    bytes = text.bytes
  }

  /// Reads a document, whose header shows nothing.
  mutating func readDocument(_ lines: [Line]) {
    var i = lines.firstIndex { !$0.isEmpty && !isComment($0) } ?? lines.count
    while i < lines.count, !lines[i].isEmpty, let next = attributeEnd(lines[...], i) { i = next }
    if i < lines.count, bytes.has("= ", at: lines[i].lowerBound) || bytes.has("# ", at: lines[i].lowerBound) {
      i += 1
      while i < lines.count, !lines[i].isEmpty {
        i = attributeEnd(lines[...], i) ?? i + 1
      }
    }
    read(lines[i...], depth: 0)
  }

  /// Reads the blocks of some lines.
  mutating func read(_ lines: ArraySlice<Line>, depth: Int) {
    guard depth < Self.deepest else { return }
    var settled = attributes
    var i = lines.startIndex
    while i < lines.endIndex {
      let line = lines[i]
      if line.isEmpty || isComment(line) {
        i += 1
      } else if let next = attributeEnd(lines, i) {
        i = next
      } else if bytes[line.lowerBound] == .openBracket, style.read(text.string(line)) {
        i += 1
      } else if isTitle(line) {
        title = MarkupText.dropping(1, line)
        i += 1
      } else {
        let style = self.style
        self.style = AsciiDocBlockStyle()
        // The title of a block is not a heading's, and passes one by.
        if let title, heading(line) == nil {
          if isTitled(line, style) { show(title) }
          self.title = nil
        }
        i = block(lines, i, style, depth)
        settled = attributes
      }
    }
    // What nothing stands below belongs to nothing.
    style = AsciiDocBlockStyle()
    title = nil
    if depth > 0 { attributes = settled }
  }

  /// Sets an attribute, and returns the line behind it; nil where there is none.
  private mutating func attributeEnd(_ lines: ArraySlice<Line>, _ start: Int) -> Int? {
    guard bytes[lines[start].lowerBound] == .colon else { return nil }
    var written = text.string(lines[start])
    var i = start + 1
    while written.hasSuffix(" \\"), i < lines.endIndex {
      written = written.dropLast(1) + text.string(lines[i]).trimmed
      i += 1
    }
    return attributes.read(written) ? i : nil
  }

  private func isComment(_ line: Line) -> Bool {
    bytes.has("//", at: line.lowerBound) && !bytes.has("///", at: line.lowerBound)
  }

  /// Whether a line is the title of a block: a dot, and text at once.
  private func isTitle(_ line: Line) -> Bool {
    guard bytes[line.lowerBound] == UInt8(ascii: "."), line.count > 1 else { return false }
    let next = bytes[line.lowerBound + 1]
    guard next == UInt8(ascii: ".") else { return !next.isBlank }
    guard line.count > 2 else { return false }
    return bytes[line.lowerBound + 2] != next && !bytes[line.lowerBound + 2].isBlank
  }

  /// Whether the title of a block is shown.
  private func isTitled(_ line: Line, _ style: AsciiDocBlockStyle) -> Bool {
    if style.name == "comment" || bytes.has("toc::[", at: line.lowerBound) { return false }
    return AsciiDocDelimiter(bytes, line)?.kind != .passthrough || style.isMath
  }

  // MARK: Blocks

  private mutating func block(
    _ lines: ArraySlice<Line>, _ i: Int, _ style: AsciiDocBlockStyle, _ depth: Int
  ) -> Int {
    let line = lines[i]
    if let mark = heading(line) {
      show(MarkupText.dropping(mark, line))
      return i + 1
    }
    if i + 1 < lines.endIndex, isUnderlined(line, lines[i + 1]) {
      show(line)
      return i + 2
    }
    if let delimiter = AsciiDocDelimiter(bytes, line) {
      var end = i + 1
      while end < lines.endIndex, !delimiter.closes(bytes, lines[end], line) { end += 1 }
      fill(delimiter, lines[(i + 1)..<end], style, depth)
      return min(end + 1, lines.endIndex)
    }
    if style.isVerbatim { return paragraph(lines, i, style) }
    if macro(line) || bytes.has("toc::[", at: line.lowerBound) { return i + 1 }
    if text.string(line) == "+" || isBreak(line) { return i + 1 }
    if let item = listText(line) { return self.item(lines, i, item) }
    return paragraph(lines, i, style)
  }

  /// What stands between two lines that delimit a block.
  private mutating func fill(
    _ delimiter: AsciiDocDelimiter, _ lines: ArraySlice<Line>, _ style: AsciiDocBlockStyle, _ depth: Int
  ) {
    switch delimiter.kind {
    case .comment: break
    case .verbatim: if style.hasMacros { show(lines) }
    case .passthrough:
      if style.isMath { return }
      if style.hasMacros { show(lines) }
      showHTML(text.joined(lines))
    case .table: readTable(lines, style, separator: delimiter.separator, depth)
    case .compound:
      switch style.name {
      case "verse": show(lines)
      case "pass": showHTML(text.joined(lines))
      case "comment", "source", "listing", "literal", "stem", "latexmath", "asciimath":
        if style.hasMacros { show(lines) }
      default: read(lines, depth: depth + 1)
      }
    }
  }

  /// The width of the mark of a title: signs, then a blank.
  private func heading(_ line: Line) -> Int? {
    let sign = bytes[line.lowerBound]
    guard sign == .equals || sign == .hash else { return nil }
    var i = line.lowerBound
    while i < line.upperBound, bytes[i] == sign { i += 1 }
    return i - line.lowerBound <= 6 && i < line.upperBound && bytes[i].isBlank ? i - line.lowerBound : nil
  }

  /// Whether a title has a rule of its length under it.
  private func isUnderlined(_ line: Line, _ rule: Line) -> Bool {
    guard rule.count > 1, let sign = rule.first.map({ bytes[$0] }), "=-~^+".utf8.contains(sign),
      bytes[rule].allSatisfy({ $0 == sign }), bytes[line.lowerBound] != UInt8(ascii: "."),
      AsciiDocDelimiter(bytes, line) == nil, !bytes[line.lowerBound].isBlank
    else { return false }
    let title = text.string(line)
    return abs(title.count - rule.count) <= 1 && title.unicodeScalars.contains { $0.isWord && $0 != "_" }
  }

  private mutating func item(_ lines: ArraySlice<Line>, _ start: Int, _ item: ListText) -> Int {
    for line in item.shown { show(line) }
    var i = start + 1
    var rest: [Line] = item.text.isEmpty ? [] : [item.text]
    if item.text.isEmpty {
      while i < lines.endIndex, lines[i].isEmpty { i += 1 }
      if i < lines.endIndex, endsText(lines[i]) { return i }
    }
    while i < lines.endIndex, !lines[i].isEmpty, !endsText(lines[i]) {
      // Below a term, a macro is a block of its own.
      if !item.shown.isEmpty, !item.text.isEmpty, isMacro(lines[i]) { break }
      if !isComment(lines[i]), !startsBlock(lines[i]) { rest.append(lines[i]) }
      i += 1
    }
    show(rest[...])
    return i
  }

  /// Whether a line ends the text of an item. One in brackets does not, and says nothing of what is below it.
  private func endsText(_ line: Line) -> Bool {
    text.string(line) == "+" || listText(line) != nil || AsciiDocDelimiter(bytes, line) != nil
  }

  private func isMacro(_ line: Line) -> Bool {
    ["image::", "video::", "audio::"].contains { bytes[line].starts(with: $0.utf8) }
      && text.string(line).hasSuffix("]")
  }

  /// Whether a line is a break between pages or subjects.
  private func isBreak(_ line: Line) -> Bool {
    ["'''", "<<<", "---", "- - -", "***", "* * *"].contains(text.string(line))
  }

  private func startsBlock(_ line: Line) -> Bool {
    var style = AsciiDocBlockStyle()
    return AsciiDocDelimiter(bytes, line) != nil
      || (bytes[line.lowerBound] == .openBracket && style.read(text.string(line)))
  }

  private mutating func paragraph(_ lines: ArraySlice<Line>, _ start: Int, _ style: AsciiDocBlockStyle) -> Int
  {
    var i = start
    var rest: [Line] = []
    let isWhole = style.isVerbatim || style.name == "verse"
    while i < lines.endIndex, !lines[i].isEmpty, i == start || isWhole || !startsBlock(lines[i]) {
      if !isComment(lines[i]) { rest.append(lines[i]) }
      i += 1
    }
    let isLiteral = bytes[lines[start].lowerBound].isBlank && style.name != "normal"
    switch style.name {
    case "comment": break
    case "pass": showHTML(text.joined(rest))
    case "source", "listing", "literal", "stem", "latexmath", "asciimath":
      if style.hasMacros { show(rest[...]) }
    default: if !isLiteral || style.hasMacros { show(rest[...]) }
    }
    return i
  }

  // MARK: Lists

  /// The first line of an item: what is shown beside its text (a term), and its text.
  struct ListText {
    var shown: [Line] = []
    var text: Line
  }

  private func listText(_ line: Line) -> ListText? {
    let first = line.lowerBound + text.indent(line)
    var i = first
    let sign = bytes[i]
    if sign == .dash {
      i += 1
    } else if sign == UInt8(ascii: "*") || sign == UInt8(ascii: ".") {
      while i < line.upperBound, bytes[i] == sign, i - first < 5 { i += 1 }
    } else if bytes.has("•", at: i) {
      i += 3
    } else if sign == .less {
      i += 1
      while i < line.upperBound, bytes[i].isDigit || bytes[i] == UInt8(ascii: ".") { i += 1 }
      guard i < line.upperBound, bytes[i] == .greater else { return term(line, first) }
      i += 1
    } else {
      while i < line.upperBound, bytes[i].isDigit { i += 1 }
      if i == first, i < line.upperBound, bytes[i].isLetter { i += 1 }
      let isRoman = i < line.upperBound && bytes[i] == .closeParen
      guard i > first, i < line.upperBound, bytes[i] == UInt8(ascii: ".") || isRoman else {
        return term(line, first)
      }
      i += 1
    }
    guard i < line.upperBound, bytes[i].isBlank else { return term(line, first) }
    return ListText(text: bytes.skipBlanks(from: i)..<line.upperBound)
  }

  /// `term:: text`.
  private func term(_ line: Line, _ first: Int) -> ListText? {
    var i = first + 1
    while i + 1 < line.upperBound {
      let sign = bytes[i]
      guard sign == .colon || sign == UInt8(ascii: ";"), bytes[i + 1] == sign else {
        i += 1
        continue
      }
      var end = i + 2
      while sign == .colon, end < line.upperBound, bytes[end] == .colon, end - i < 4 { end += 1 }
      if end == line.upperBound || bytes[end].isBlank {
        let rest = min(bytes.skipBlanks(from: end), line.upperBound)
        return ListText(shown: [first..<i], text: rest..<line.upperBound)
      }
      i = end
    }
    return nil
  }

  // MARK: What is shown

  /// Shows lines as text with inline macros.
  mutating func show(_ lines: ArraySlice<Line>) {
    guard !lines.isEmpty else { return }
    showText(text.joined(lines))
  }

  mutating func show(_ line: Line) { show([line][...]) }

  mutating func showHTML(_ html: SourceText) {
    candidates += HTMLReferences.candidates(in: html, file: file)
  }
}
