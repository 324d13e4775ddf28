import AssetModel

/// The result of Python-Markdown's preprocessors for a post (3.11: `NormalizeWhitespace`, `FencedBlockPreprocessor`,
/// `HTMLExtractor` with `md_in_html`): text with spaces for tabs and without fenced code and blocks of raw HTML, and
/// the tags of that HTML.
struct PythonMarkdownSource {
  /// A piece of Markdown: the post's own, or the content of an element with `markdown="1"`.
  struct Piece {
    var text: SourceText
    /// Whether only spans are read (`markdown="span"`).
    var isSpan = false
    var contexts: Set<Reference.Context> = []
  }

  /// A tag of HTML that is copied to the page.
  struct RawTag {
    var tag: HTMLTag
    var text: SourceText
    var contexts: Set<Reference.Context>
  }

  private(set) var pieces: [Piece] = []
  private(set) var rawTags: [RawTag] = []

  init(_ text: SourceText) {
    read(Piece(text: Self.withoutFences(Self.withoutTabs(text))), depth: 0)
  }

  // MARK: Whitespace

  /// Tabs as spaces to the next fourth column, and lines of spaces empty.
  private static func withoutTabs(_ text: SourceText) -> SourceText {
    let bytes = text.bytes
    var out = SourceText()
    out.reserve(bytes.count + 2)
    var line = 0
    while line < bytes.count {
      let end = bytes.lineEnd(from: line)
      if bytes[line..<end].allSatisfy({ $0.isWhitespace }) {
        out.append(.newline, from: text.origins[end - 1])
      } else if bytes[line..<end].contains(.tab) {
        var column = 0
        for i in line..<end {
          if bytes[i] == .tab {
            let width = 4 - column % 4
            out.appendSpaces(width, from: text.origins[i])
            column += width
          } else {
            out.append(bytes[i], from: text.origins[i])
            if bytes[i] & 0xC0 != 0x80 { column += 1 }
          }
        }
      } else {
        out.append(text, line..<end)
      }
      line = end
    }
    return out
  }

  /// The text with fenced code as a word of its own. `fenced_code` knows fences at the start of a line; the widely used
  /// `superfences` indented ones as well, so that its text is never read as Markdown.
  private static func withoutFences(_ text: SourceText) -> SourceText {
    let bytes = text.bytes
    guard bytes.find("```", from: 0) != nil || bytes.find("~~~", from: 0) != nil else { return text }
    var out = SourceText()
    out.reserve(bytes.count)
    var closed: [[UInt8]: Int] = [:]
    var line = 0
    while line < bytes.count {
      let end = bytes.lineEnd(from: line)
      guard let fence = fence(bytes, line),
        let close = closing(bytes, fence: fence, from: end, unclosed: &closed)
      else {
        out.append(text, line..<end)
        line = end
        continue
      }
      let origin = text.origins[line]
      out.append(.newline, from: origin)
      out.append(text, line..<fence.lowerBound)
      out.append(.filler, from: text.origins[fence.lowerBound])
      out.append(.newline, from: text.origins[close - 1])
      out.append(.newline, from: text.origins[close - 1])
      line = close
    }
    return out
  }

  /// The backticks or tildes that a line begins with, behind its indent.
  private static func fence(_ bytes: [UInt8], _ line: Int) -> Range<Int>? {
    var start = line
    while start < bytes.count, bytes[start] == .space { start += 1 }
    guard start < bytes.count, bytes[start] == .backtick || bytes[start] == UInt8(ascii: "~") else {
      return nil
    }
    var end = start
    while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
    guard end - start >= 3 else { return nil }
    // Inline code that begins a line is no fence.
    var rest = end
    while rest < bytes.count, bytes[rest] != .newline {
      if bytes[rest] == bytes[start] { return nil }
      rest += 1
    }
    return start..<end
  }

  /// The position behind the line that ends fenced code: the same marks, and nothing else.
  private static func closing(
    _ bytes: [UInt8],
    fence: Range<Int>,
    from start: Int,
    unclosed: inout [[UInt8]: Int]
  ) -> Int? {
    let marks = Array(bytes[fence])
    if let none = unclosed[marks], start >= none { return nil }
    var line = start
    while line < bytes.count {
      if let other = Self.fence(bytes, line), bytes[other].elementsEqual(marks),
        let end = bytes.restIsBlank(from: other.upperBound)
      {
        return end
      }
      line = bytes.lineEnd(from: line)
    }
    unclosed[marks] = start
    return nil
  }

  // MARK: HTML

  /// `BLOCK_LEVEL_ELEMENTS`
  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav",
    "ol",
    "p", "pre", "section", "table", "ul", "canvas", "colgroup", "dd", "body", "dt", "group", "html", "iframe",
    "li",
    "legend", "math", "map", "noscript", "output", "object", "option", "progress", "script", "style",
    "summary",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "video", "center",
  ]

  /// Elements whose content `markdown="1"` reads as spans.
  private static let spans: Set<String> = [
    "address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th",
  ]

  /// Elements whose content is never read.
  private static let opaque: Set<String> = [
    "canvas", "math", "option", "pre", "script", "style", "textarea", "hr",
  ]

  private enum Content { case raw, block, span }

  /// Takes the blocks of raw HTML out of a piece, and adds it and the pieces in those blocks.
  private mutating func read(_ piece: Piece, depth: Int) {
    let text = piece.text
    let bytes = text.bytes
    var piece = piece
    piece.text = SourceText()
    piece.text.reserve(bytes.count)
    let index = pieces.count
    pieces.append(piece)
    var ends = HTMLEndFinder()
    var tags = BrowserTags(bytes)
    var from = 0
    var position = 0
    // Behind a block, up to the end of its line, another may begin anywhere.
    var tail = false
    while let start = bytes.find(.less, from: position) {
      if tail, bytes[position..<start].contains(.newline) { tail = false }
      guard tail || Self.isLineStart(bytes, start), let block = Self.block(bytes, at: start, &ends, &tags)
      else {
        position = Self.tagEnd(bytes, at: start)
        continue
      }
      piece.text.append(text, from..<start)
      for _ in 0..<2 { piece.text.append(.newline, from: text.origins[start]) }
      piece.text.append(.filler, from: text.origins[start])
      for _ in 0..<2 { piece.text.append(.newline, from: text.origins[block.end - 1]) }
      if block.content == .raw || depth >= 20 {
        addRawTags(text.part(start..<block.end))
      } else {
        addContent(text, block, depth: depth)
      }
      from = block.end
      position = block.end
      tail = true
    }
    piece.text.append(text, from..<bytes.count)
    pieces[index] = piece
  }

  private struct Block {
    /// The content, where it is Markdown.
    var inner: Range<Int>
    var end: Int
    var content: Content
    var name: String
  }

  private static func isLineStart(_ bytes: [UInt8], _ position: Int) -> Bool {
    var i = position
    while i > 0, position - i < 4, bytes[i - 1] == .space { i -= 1 }
    return position - i < 4 && (i == 0 || bytes[i - 1] == .newline)
  }

  /// Behind the tag that stands at a `<`, or behind the `<`.
  private static func tagEnd(_ bytes: [UInt8], at start: Int) -> Int {
    HTMLTag(bytes, at: start, grammar: .commonMark)?.range.upperBound ?? start + 1
  }

  /// The block of raw HTML that begins at a `<`.
  private static func block(
    _ bytes: [UInt8], at start: Int, _ ends: inout HTMLEndFinder, _ tags: inout BrowserTags
  ) -> Block? {
    func plain(_ end: Int) -> Block { Block(inner: end..<end, end: end, content: .raw, name: "") }
    if bytes.has("<!--", at: start) {
      return ends.comment(bytes, from: start + 4).map(plain)
    }
    if bytes.has("<?", at: start) { return ends.instruction(bytes, from: start + 2).map(plain) }
    if bytes.has("<!", at: start) { return bytes.find(.greater, from: start).map { plain($0 + 1) } }
    // The name first: a tag of many lines that begins no block would be read again at each of them.
    let name = bytes[(start + 1)...].prefix { $0.isLetter || $0.isDigit }
    guard blocks.contains(bytes.string(name.indices).lowercased()), let tag = tags.tag(bytes, at: start),
      blocks.contains(tag.name)
    else { return nil }
    if tag.name == "hr" || tag.isSelfClosing { return plain(tag.range.upperBound) }
    let content = content(of: tag, bytes)
    let inner = tag.range.upperBound
    let close = closing(bytes, of: tag, &ends, &tags)
    return Block(
      inner: inner..<(close?.start ?? bytes.count),
      end: close?.end ?? bytes.count,
      content: content,
      name: tag.name
    )
  }

  private static func content(of tag: HTMLTag, _ bytes: [UInt8]) -> Content {
    guard let attribute = tag.attribute("markdown"), !opaque.contains(tag.name) else { return .raw }
    switch attribute.value.map({ bytes.string($0) }) ?? "1" {
    case "1": return spans.contains(tag.name) ? .span : .block
    case "block": return .block
    case "span": return .span
    default: return .raw
    }
  }

  /// The end tag that empties the stack of open elements, in which a tag that nothing closes stays until one around it
  /// is closed.
  private static func closing(
    _ bytes: [UInt8],
    of tag: HTMLTag,
    _ ends: inout HTMLEndFinder,
    _ tags: inout BrowserTags
  ) -> (start: Int, end: Int)? {
    if HTMLVocabulary.text.contains(tag.name) {
      return ends.endTag(bytes, name: tag.name, from: tag.range.upperBound)
    }
    var stack = [tag.name]
    var counts = [tag.name: 1]
    var position = tag.range.upperBound
    while let start = bytes.find(.less, from: position) {
      if bytes.has("<!--", at: start) {
        position = ends.comment(bytes, from: start + 4) ?? start + 1
      } else if let end = tags.endTag(bytes, at: start) {
        position = end.end
        guard counts[end.name, default: 0] > 0 else { continue }
        while let last = stack.popLast() {
          counts[last, default: 1] -= 1
          if last == end.name { break }
        }
        if stack.isEmpty { return (start, end.end) }
      } else if let inner = tags.tag(bytes, at: start) {
        position = inner.range.upperBound
        if HTMLVocabulary.text.contains(inner.name) {
          position = ends.endTag(bytes, name: inner.name, from: position)?.end ?? position
        } else if !inner.isSelfClosing, inner.name != "hr" {
          stack.append(inner.name)
          counts[inner.name, default: 0] += 1
        }
      } else {
        position = start + 1
      }
    }
    return nil
  }

  private mutating func addRawTags(_ text: SourceText) {
    for match in HTMLScanner.tags(in: text.bytes) {
      rawTags.append(RawTag(tag: match.tag, text: text, contexts: match.contexts.union([.rawHTML])))
    }
  }

  private mutating func addContent(_ text: SourceText, _ block: Block, depth: Int) {
    var inner = Piece(text: text.part(block.inner), isSpan: block.content == .span)
    if HTMLVocabulary.headings.contains(block.name) { inner.contexts.insert(.heading) }
    if inner.isSpan { pieces.append(inner) } else { read(inner, depth: depth + 1) }
  }
}
