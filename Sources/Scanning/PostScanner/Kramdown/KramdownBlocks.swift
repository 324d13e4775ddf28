import AssetModel

/// The kramdown mask: the blocks of a document as kramdown 2.4 reads them with GFM input, which is how Jekyll runs
/// it.
///
/// What kramdown parses for spans (paragraphs, headings, cells, terms) becomes a ``Leaf``; the HTML that it copies
/// becomes ``RawTag``s; code, mathematics, comments and definitions become nothing. Rules follow kramdown's own
/// source (`lib/kramdown/parser/kramdown/*.rb`), because on what is a block it and CommonMark differ in a third of
/// the cases that matter here: raw HTML, unclosed fences, lazy lines, tables, attribute lists.
struct KramdownBlocks {
  /// Text that is parsed for spans.
  struct Leaf {
    var text: SourceText
    var contexts: Set<Reference.Context> = []
    /// The footnote that the text belongs to. It shows only where the footnote is used.
    var footnote: String?
  }

  /// A start tag in HTML that is copied to the page.
  struct RawTag {
    var tag: HTMLTag
    var text: SourceText
    var contexts: Set<Reference.Context>
    var footnote: String?
  }

  /// `[id]: url "title"`
  struct Definition {
    var url: Range<Int>
    var title: Range<Int>?
    var text: SourceText
    /// The attribute lists that follow it on lines of their own.
    var attributes: [(content: Range<Int>, text: SourceText)] = []
  }

  private(set) var leaves: [Leaf] = []
  private(set) var rawTags: [RawTag] = []
  /// By normalized id; of two with the same id the last one counts.
  private(set) var definitions: [String: Definition] = [:]
  /// The attribute list definitions (`{:name: .class}`), by name.
  private(set) var attributeLists: [String: [(content: Range<Int>, text: SourceText)]] = [:]

  /// `{::options parse_block_html="true" /}`
  private var parsesBlockHTML = false
  private var footnote: String?
  private var openDefinition: String?

  /// Nesting beyond this is read as text without images. kramdown itself fails with a stack error at a few
  /// thousand levels; nobody writes twenty.
  private static let deepest = 40

  init(_ text: SourceText) {
    var position = 0
    var root = Frame()
    _ = parse(text, &position, &root, depth: 0)
  }

  /// A block that came before, as far as the next block's parser asks.
  private enum Child: Equatable {
    case blank(lines: Int)
    case paragraph(leaf: Int)
    case definitionList
    /// An end-of-block marker (`^`).
    case end
    /// A definition of a link, a footnote or an abbreviation, or what an attribute list leaves behind.
    case definition
    case other
  }

  /// The element whose blocks are being parsed.
  private struct Frame {
    var children: [Child] = []
    /// The HTML element, by kramdown's name for it; nil for everything else.
    var element: String?
    /// A block attribute list waits for the block that it belongs to.
    var hasPendingList = false
    var contexts: Set<Reference.Context> = []

    var isAfterBoundary: Bool {
      switch children.last {
      case nil, .blank, .end: true
      default: hasPendingList
      }
    }

    mutating func add(_ child: Child) {
      children.append(child)
      if case .blank = child { return }
      hasPendingList = false
    }
  }

  // MARK: Blocks

  /// Parses blocks up to the end of `text`, or up to the end tag of the frame's element.
  ///
  /// - Returns: whether there was such an end tag.
  private mutating func parse(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    depth: Int
  ) -> Bool {
    let bytes = text.bytes
    var fences = FenceFinder()
    var ends = HTMLEndFinder()
    var extensionEnds = ExtensionEndFinder()
    while position < bytes.count {
      if let end = bytes.blankLineEnd(from: position) {
        position = end
        blankLine(&frame)
        continue
      }
      if bytes.indentEnd(from: position) != nil {
        position = Self.codeBlockEnd(bytes, from: position)
        frame.add(.other)
        continue
      }
      if bytes[position] == .newline { position += 1; continue }
      let first = bytes.skipOptionalSpace(from: position)
      switch bytes[min(first, bytes.count - 1)] {
      case .backtick, UInt8(ascii: "~"):
        if let end = fences.end(in: bytes, from: position) {
          position = end
          frame.add(.other)
          continue
        }
      case .greater:
        blockquote(text, &position, &frame, depth: depth)
        continue
      case .hash:
        if let header = bytes.atxHeader(from: position) {
          addLeaf(text.part(header.text), frame, adding: .heading)
          position = header.end
          frame.add(.other)
          continue
        }
      case .dash, UInt8(ascii: "*"), .underscore, UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let end = bytes.horizontalRule(from: position) {
          position = end
          frame.add(.other)
          continue
        }
        if let mark = bytes.listMark(from: position), mark.kind != .definition {
          list(text, &position, &frame, depth: depth)
          continue
        }
      case .colon:
        if bytes.listMark(from: position) != nil, definitionList(text, &position, &frame, depth: depth) {
          continue
        }
      case .less:
        switch blockHTML(text, &position, &frame, &ends, depth: depth) {
        case .parsed: continue
        case .endOfElement: return true
        case .none: break
        }
      default: break
      }
      if frame.isAfterBoundary, let header = bytes.setextHeader(from: position) {
        addLeaf(text.part(header.text), frame, adding: .heading)
        position = header.end
        frame.add(.other)
        continue
      }
      if frame.isAfterBoundary, bytes[first] == .dollar || bytes[first] == .backslash,
        let end = Self.blockMathEnd(bytes, from: position)
      {
        position = end
        frame.add(.other)
        continue
      }
      if frame.isAfterBoundary, table(text, &position, &frame) { continue }
      if bytes[first] == .openBracket, definition(text, &position, &frame, depth: depth) { continue }
      if bytes.has("*[", at: first), let end = Self.abbreviationEnd(bytes, from: first) {
        position = end
        frame.add(.definition)
        continue
      }
      if bytes.has("{:", at: first), blockExtension(text, &position, &frame, &extensionEnds) { continue }
      if let end = bytes.endOfBlockMarker(from: position) {
        position = end
        frame.add(.end)
        continue
      }
      paragraph(text, &position, &frame)
    }
    return false
  }

  private func blankLine(_ frame: inout Frame) {
    if case .blank(let lines) = frame.children.last {
      frame.children[frame.children.count - 1] = .blank(lines: lines + 1)
    } else {
      frame.add(.blank(lines: 1))
    }
  }

  private mutating func addLeaf(
    _ text: SourceText,
    _ frame: Frame,
    adding context: Reference.Context? = nil
  ) {
    var contexts = frame.contexts
    if let context { contexts.insert(context) }
    leaves.append(Leaf(text: text, contexts: contexts, footnote: footnote))
  }

  private mutating func paragraph(_ text: SourceText, _ position: inout Int, _ frame: inout Frame) {
    let start = position
    let first = text.bytes.skipOptionalSpace(from: position)
    if first < text.count, text.bytes[first].isBlank {
      // A line such as `  ⇥text` is the start of no block: kramdown keeps it as text on its own.
      position = text.bytes.lineEnd(from: position)
      addLeaf(text.part(start..<position), frame)
      frame.add(.other)
      return
    }
    repeat { position = text.bytes.lineEnd(from: position) } while !text.bytes.isParagraphEnd(position)
    if case .paragraph(let leaf) = frame.children.last {
      leaves[leaf].text.append(text, start..<position)
    } else {
      addLeaf(text.part(start..<position), frame)
      frame.add(.paragraph(leaf: leaves.count - 1))
    }
  }

  private static func codeBlockEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while true {
      var next = position
      while let end = bytes.blankLineEnd(from: next) { next = end }
      guard next < bytes.count, bytes.indentEnd(from: next) != nil else { return max(position, start + 1) }
      while next < bytes.count, bytes.indentEnd(from: next) != nil, bytes.blankLineEnd(from: next) == nil {
        next = bytes.lineEnd(from: next)
      }
      // Lines without an indent continue it, as they continue a paragraph.
      while !bytes.isLazyEnd(next) { next = bytes.lineEnd(from: next) }
      position = next
    }
  }

  private mutating func blockquote(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    depth: Int
  ) {
    let bytes = text.bytes
    var inner = SourceText()
    repeat {
      let end = bytes.lineEnd(from: position)
      var start = bytes.skipOptionalSpace(from: position)
      if start < end, bytes[start] == .greater {
        start += 1
        if start < end, bytes[start] == .space { start += 1 }
      } else {
        start = position
      }
      inner.append(text, start..<end)
      position = end
    } while !bytes.isLazyEnd(position)
    parseInner(inner, contexts: frame.contexts, depth: depth)
    frame.add(.other)
  }

  @discardableResult
  private mutating func parseInner(
    _ text: SourceText,
    contexts: Set<Reference.Context>,
    depth: Int
  ) -> [Child] {
    guard depth < Self.deepest else { return [] }
    var frame = Frame()
    frame.contexts = contexts
    var position = 0
    _ = parse(text, &position, &frame, depth: depth + 1)
    return frame.children
  }

  private static func blockMathEnd(_ bytes: [UInt8], from position: Int) -> Int? {
    let start = bytes.skipOptionalSpace(from: position)
    guard bytes.has("$$", at: start), let close = bytes.find("$$", from: start + 2) else { return nil }
    let end = bytes.restIsBlank(from: close + 2) ?? close + 2
    let isBoundary =
      end >= bytes.count || bytes.blankLineEnd(from: end) != nil || bytes.endOfBlockMarker(from: end) != nil
      || bytes.blockAttributeList(from: end) != nil
    return isBoundary ? end : nil
  }

  private static func abbreviationEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    let end = bytes.lineEnd(from: start)
    guard let close = bytes.find(.closeBracket, in: (start + 3)..<max(start + 3, end)),
      bytes.has("]:", at: close)
    else { return nil }
    return end
  }

  // MARK: Lists

  private mutating func list(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    depth: Int
  ) {
    let bytes = text.bytes
    guard let first = bytes.listMark(from: position) else { return }
    var items: [[SourceText]] = []
    var indent = ListIndent(columns: 0)
    var markLimit = 3
    var hasNestedList = false
    var lastIsBlank = false
    var endMarker = false
    while position < bytes.count {
      if lastIsBlank, bytes.horizontalRule(from: position) != nil { break }
      if let end = bytes.endOfBlockMarker(from: position) {
        position = end
        endMarker = true
        break
      }
      if let mark = bytes.listMark(from: position, limit: markLimit), mark.kind == first.kind {
        let end = bytes.lineEnd(from: position)
        let item = firstLine(text, mark.end..<end, width: mark.end - position)
        indent = ListIndent(columns: item.indent)
        markLimit = min(3, item.indent - 1)
        hasNestedList = item.text.bytes.listMark(from: 0).map { $0.kind != .definition } ?? false
        items.append([item.text])
        lastIsBlank = false
        position = end
        continue
      }
      guard !items.isEmpty else { break }
      if let end = bytes.blankLineEnd(from: position) {
        // kramdown's pattern takes a whole run of blank lines at once.
        hasNestedList = true
        lastIsBlank = true
        items[items.count - 1][items[items.count - 1].count - 1].append(text, position..<end)
        position = end
        continue
      }
      guard indent.isContent(bytes, position) || (!lastIsBlank && indent.isLazy(bytes, position)) else {
        break
      }
      let end = bytes.lineEnd(from: position)
      var line = indent.strip(text, position..<end)
      let isList = line.text.bytes.listMark(from: 0).map { $0.kind != .definition } ?? false
      if !hasNestedList, line.wasIndented, isList {
        items[items.count - 1].append(SourceText())
        hasNestedList = true
      } else if hasNestedList, !line.wasIndented, isList {
        var shifted = SourceText()
        shifted.appendSpaces(indent.columns + 4, from: text.origins[position])
        shifted.append(line.text, 0..<line.text.count)
        line.text = shifted
      }
      items[items.count - 1][items[items.count - 1].count - 1].append(line.text, 0..<line.text.count)
      lastIsBlank = false
      position = end
    }
    var lastChild: Child?
    for item in items {
      lastChild = nil
      guard depth < Self.deepest else { continue }
      var inner = Frame()
      inner.contexts = frame.contexts
      for part in item {
        var start = 0
        _ = parse(part, &start, &inner, depth: depth + 1)
      }
      lastChild = inner.children.last
    }
    frame.add(.other)
    if case .blank = lastChild, !endMarker { frame.add(.blank(lines: 1)) }
  }

  /// `parse_first_list_line`: the text of an item's first line, and how far its other lines are indented.
  private func firstLine(
    _ text: SourceText,
    _ range: Range<Int>,
    width: Int
  ) -> (text: SourceText, indent: Int) {
    let bytes = text.bytes
    var start = range.lowerBound
    let attributes = Self.itemAttributeListEnd(bytes, range)
    if bytes.skipWhitespace(from: attributes ?? start) >= range.upperBound {
      // An item whose first line is empty.
      return (text.part((range.upperBound - 1)..<range.upperBound), 4)
    }
    var column = width
    while start < range.upperBound, bytes[start].isBlank {
      column += bytes[start] == .tab ? 4 - column % 4 : 1
      start += 1
    }
    while start < range.upperBound, bytes[start].isWhitespace { start += 1 }
    return (text.part((attributes ?? start)..<range.upperBound), column)
  }

  /// `LIST_ITEM_IAL`: the position behind an attribute list that an item begins with.
  private static func itemAttributeListEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let start = bytes.skipWhitespace(from: range.lowerBound)
    guard start < range.upperBound, bytes.has("{:", at: start) else { return nil }
    let name = bytes.attributeListNameEnd(from: start + 2)
    guard name < bytes.count, bytes[name] != .colon, start + 2 < bytes.count, bytes[start + 2] != .slash,
      let close = bytes.closingBrace(from: start + 2), close < range.upperBound, close > start + 2
    else { return nil }
    return min(bytes.skipWhitespace(from: close + 1), range.upperBound)
  }

  private mutating func definitionList(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    depth: Int
  ) -> Bool {
    let bytes = text.bytes
    var children = frame.children
    if case .blank(let lines) = children.last {
      guard lines == 1 else { return false }
      children.removeLast()
    }
    guard case .paragraph(let term) = children.last else { return false }
    children.removeLast()
    splitLines(of: term)
    var items: [SourceText] = []
    var indent = ListIndent(columns: 0)
    var markLimit = 3
    var lastIsBlank = false
    while position < bytes.count {
      if let mark = bytes.listMark(from: position, limit: markLimit), mark.kind == .definition {
        let end = bytes.lineEnd(from: position)
        let item = firstLine(text, mark.end..<end, width: mark.end - position)
        indent = ListIndent(columns: item.indent)
        markLimit = min(3, item.indent - 1)
        items.append(item.text)
        lastIsBlank = false
        position = end
        continue
      }
      guard !items.isEmpty, bytes.endOfBlockMarker(from: position) == nil else { break }
      if let end = bytes.blankLineEnd(from: position) {
        items[items.count - 1].append(text, position..<end)
        lastIsBlank = true
        position = end
        continue
      }
      guard indent.isContent(bytes, position) || (!lastIsBlank && indent.isLazy(bytes, position)) else {
        break
      }
      let end = bytes.lineEnd(from: position)
      let line = indent.strip(text, position..<end)
      items[items.count - 1].append(line.text, 0..<line.text.count)
      lastIsBlank = false
      position = end
    }
    var lastChild: Child?
    for item in items {
      lastChild = parseInner(item, contexts: frame.contexts, depth: depth).last
    }
    frame.children = children
    frame.add(.definitionList)
    if case .blank = lastChild { frame.add(.blank(lines: 1)) }
    return true
  }

  /// Makes a leaf of each line: a paragraph in front of a definition is a list of terms.
  private mutating func splitLines(of leaf: Int) {
    let terms = leaves[leaf]
    var start = 0
    var isFirst = true
    while start < terms.text.count {
      let end = terms.text.bytes.lineEnd(from: start)
      var line = terms
      line.text = terms.text.part(start..<end)
      if isFirst { leaves[leaf] = line } else { leaves.append(line) }
      isFirst = false
      start = end
    }
  }

  // MARK: Tables

  private mutating func table(_ text: SourceText, _ position: inout Int, _ frame: inout Frame) -> Bool {
    let bytes = text.bytes
    let first = bytes.skipOptionalSpace(from: position)
    guard first < bytes.count, !bytes[first].isWhitespace, bytes.tableLineEnd(from: first) != nil else {
      return false
    }
    var rows: [Range<Int>] = []
    var end = position
    while end < bytes.count, let next = bytes.tableLineEnd(from: end) {
      if !KramdownTable.isSeparator(bytes, end..<(next - 1)) { rows.append(end..<(next - 1)) }
      end = next
    }
    let isBoundary =
      end >= bytes.count || bytes.blankLineEnd(from: end) != nil || bytes.endOfBlockMarker(from: end) != nil
      || bytes.blockAttributeList(from: end) != nil
    guard isBoundary, !rows.isEmpty, KramdownTable.hasPipeOnEveryLine(bytes, position..<end) else {
      return false
    }
    for row in rows {
      for cell in KramdownTable.cells(text, row) { addLeaf(cell, frame, adding: .table) }
    }
    position = end
    frame.add(.other)
    return true
  }

  // MARK: Definitions

  private mutating func definition(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    depth: Int
  ) -> Bool {
    let bytes = text.bytes
    let start = bytes.skipOptionalSpace(from: position)
    if bytes.has("[^", at: start) {
      let nameEnd = bytes.attributeListNameEnd(from: start + 2)
      if nameEnd > start + 2, bytes.has("]:", at: nameEnd) {
        footnoteDefinition(
          text,
          &position,
          name: bytes.string((start + 2)..<nameEnd),
          from: nameEnd + 2,
          &frame,
          depth: depth
        )
        return true
      }
    }
    guard let definition = LinkDefinitionLexer.read(bytes, from: start) else { return false }
    let id = LinkLabel.normalize(bytes.string(definition.id))
    definitions[id] = Definition(url: definition.url, title: definition.title, text: text)
    position = definition.end
    frame.add(.definition)
    openDefinition = id
    return true
  }

  private mutating func footnoteDefinition(
    _ text: SourceText,
    _ position: inout Int,
    name: String,
    from start: Int,
    _ frame: inout Frame,
    depth: Int
  ) {
    let bytes = text.bytes
    var inner = SourceText()
    let lineEnd = bytes.lineEnd(from: start)
    inner.append(text, bytes.skipBlanks(from: start)..<lineEnd)
    var next = lineEnd
    while next < bytes.count, bytes.blankLineEnd(from: next) != nil || bytes.indentEnd(from: next) != nil {
      var probe = next
      while let end = bytes.blankLineEnd(from: probe) { probe = end }
      guard bytes.indentEnd(from: probe) != nil else { break }
      next = Self.codeBlockEnd(bytes, from: next)
    }
    position = next
    var line = lineEnd
    while line < next {
      let end = bytes.lineEnd(from: line)
      inner.append(text, (bytes.indentEnd(from: line) ?? line)..<end)
      line = end
    }
    let outer = footnote
    footnote = name
    parseInner(inner, contexts: frame.contexts, depth: depth)
    footnote = outer
    frame.add(.definition)
  }

  // MARK: Extensions and attribute lists

  private mutating func blockExtension(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    _ extensionEnds: inout ExtensionEndFinder
  ) -> Bool {
    let bytes = text.bytes
    let start = bytes.skipOptionalSpace(from: position)
    let nameEnd = bytes.attributeListNameEnd(from: start + 2)
    if nameEnd > start + 2, nameEnd < bytes.count, bytes[nameEnd] == .colon,
      let close = bytes.closingBrace(from: nameEnd + 1), close > nameEnd + 1,
      let end = bytes.restIsBlank(from: close + 1)
    {
      attributeLists[bytes.string((start + 2)..<nameEnd), default: []]
        .append(((nameEnd + 1)..<close, text))
      position = end
      frame.add(.end)
      return true
    }
    if let tag = KramdownExtension(bytes, at: start), let lineEnd = bytes.restIsBlank(from: tag.end) {
      return runExtension(tag, text, &position, lineEnd: lineEnd, &frame, &extensionEnds)
    }
    guard let list = bytes.blockAttributeList(from: position) else { return false }
    position = list.end
    switch frame.children.last {
    case nil, .blank, .end: frame.hasPendingList = true
    case .definition:
      if let openDefinition { definitions[openDefinition]?.attributes.append((list.content, text)) }
    default:
      if bytes.blockAttributeList(from: position) == nil { frame.add(.end) }
    }
    return true
  }

  private mutating func runExtension(
    _ tag: KramdownExtension,
    _ text: SourceText,
    _ position: inout Int,
    lineEnd: Int,
    _ frame: inout Frame,
    _ extensionEnds: inout ExtensionEndFinder
  ) -> Bool {
    let bytes = text.bytes
    var body: Range<Int>?
    var end = lineEnd
    if !tag.isClosed {
      guard let stop = extensionEnds.blockStop(of: tag, in: bytes, from: lineEnd) else { return false }
      body = lineEnd..<stop.start
      end = stop.end
    }
    switch tag.name {
    case "comment": frame.add(.other)
    case "nomarkdown":
      if let body { addCopiedHTML(text, body, frame) }
      frame.add(.other)
    case "options":
      let options = AttributeList(bytes, tag.options)
      if let value = options.values["parse_block_html"] { parsesBlockHTML = bytes.string(value) == "true" }
      frame.add(.end)
    default: return false
    }
    position = end
    return true
  }

  /// HTML that reaches the page as it stands, so that a browser's rules say what is a tag.
  private mutating func addCopiedHTML(_ text: SourceText, _ range: Range<Int>, _ frame: Frame) {
    let part = text.part(range)
    for match in HTMLScanner.tags(in: part.bytes) {
      rawTags.append(
        RawTag(
          tag: match.tag,
          text: part,
          contexts: frame.contexts.union(match.contexts).union([.rawHTML]),
          footnote: footnote
        )
      )
    }
  }

  // MARK: HTML

  private enum HTMLResult { case parsed, endOfElement, none }

  private mutating func blockHTML(
    _ text: SourceText,
    _ position: inout Int,
    _ frame: inout Frame,
    _ ends: inout HTMLEndFinder,
    depth: Int
  ) -> HTMLResult {
    let bytes = text.bytes
    if bytes.has("<!--", at: position) {
      guard let close = ends.comment(bytes, from: position + 4) else { return .none }
      position = close
      frame.add(.other)
      if let line = Self.trailingWhitespace(bytes, position) { position = line }
      return .parsed
    }
    let start = bytes.skipOptionalSpace(from: position)
    if let close = HTMLTag.endTag(bytes, at: start, grammar: .kramdown) {
      guard frame.element == close.name, !KramdownElements.span.contains(close.name) else { return .none }
      position = close.end
      return .endOfElement
    }
    guard let tag = HTMLTag(bytes, at: start, grammar: .kramdown), !KramdownElements.span.contains(tag.name)
    else { return .none }
    position = tag.range.upperBound
    frame.add(.other)
    htmlElement(tag, text, &position, inRawElement: false, frame.contexts, &ends, depth: depth)
    return .parsed
  }

  private static func trailingWhitespace(_ bytes: [UInt8], _ position: Int) -> Int? {
    let end = bytes.skipBlanks(from: position)
    return end < bytes.count && bytes[end] == .newline ? end + 1 : nil
  }

  /// `handle_html_start_tag` and `handle_kramdown_html_tag`: the element whose start tag ends at `position`.
  private mutating func htmlElement(
    _ tag: HTMLTag,
    _ text: SourceText,
    _ position: inout Int,
    inRawElement: Bool,
    _ contexts: Set<Reference.Context>,
    _ ends: inout HTMLEndFinder,
    depth: Int
  ) {
    let bytes = text.bytes
    let name = KramdownElements.name(tag)
    let inner = contexts.union(Self.contexts(of: tag.name))
    addRawTag(tag, text, contexts.union([.rawHTML]))
    if name == "script" || name == "style" {
      position = ends.endTag(bytes, name: name, from: position)?.end ?? bytes.count
      return
    }
    let isClosed = tag.isSelfClosing || KramdownElements.void.contains(name)
    guard !isClosed else { return }
    let model = contentModel(of: tag, name: name, text, inRawElement: inRawElement)
    switch model {
    case .block where depth < Self.deepest:
      if let line = Self.trailingWhitespace(bytes, position) { position = line }
      var frame = Frame()
      frame.element = name
      frame.contexts = inner
      _ = parse(text, &position, &frame, depth: depth + 1)
    case .span where depth < Self.deepest:
      let close = ends.endTag(bytes, name: name, from: position)
      let end = close?.start ?? bytes.count
      if end > position {
        leaves.append(Leaf(text: text.part(position..<end), contexts: inner, footnote: footnote))
      }
      position = close?.end ?? bytes.count
    default:
      rawElement(name, text, &position, inner, &ends, depth: depth)
    }
    if !inRawElement, let line = Self.trailingWhitespace(bytes, position) { position = line }
  }

  private func contentModel(
    of tag: HTMLTag,
    name: String,
    _ text: SourceText,
    inRawElement: Bool
  ) -> KramdownElements.ContentModel {
    var model = KramdownElements.ContentModel.raw
    if !inRawElement, parsesBlockHTML { model = KramdownElements.contentModel(name) }
    if let value = tag.attributes.last(where: { $0.name == "markdown" })?.value {
      switch text.bytes.string(value) {
      case "0": model = .raw
      case "1": model = KramdownElements.contentModel(name)
      case "span": model = .span
      case "block": model = .block
      default: break
      }
    }
    return model
  }

  /// `parse_raw_html`: copies what stands up to the end tag of the innermost open element, level by level. The
  /// levels are a list and not calls, because a hostile post can open a hundred thousand.
  private mutating func rawElement(
    _ name: String,
    _ text: SourceText,
    _ position: inout Int,
    _ contexts: Set<Reference.Context>,
    _ ends: inout HTMLEndFinder,
    depth: Int
  ) {
    let bytes = text.bytes
    var open = OpenElements(contexts: contexts)
    open.push(name)
    while position < bytes.count {
      guard let start = bytes.find(.less, from: position) else { break }
      if bytes.has("<!--", at: start) {
        position = ends.comment(bytes, from: start + 4) ?? start + 1
        continue
      }
      if bytes.has("<?", at: start) {
        position = ends.instruction(bytes, from: start + 2) ?? start + 1
        continue
      }
      if let close = HTMLTag.endTag(bytes, at: start, grammar: .kramdown) {
        position = close.end
        guard let innermost = open.names.last else { return }
        let closing =
          KramdownElements.isRecognized(innermost)
          ? close.name : bytes.string((start + 2)..<HTMLTag.xmlNameEnd(bytes, from: start + 2))
        if innermost == closing {
          open.pop()
          if open.names.isEmpty { return }
        }
        continue
      }
      guard let tag = HTMLTag(bytes, at: start, grammar: .kramdown) else {
        position = start + 1
        continue
      }
      position = tag.range.upperBound
      rawTag(tag, text, &position, &open, &ends, depth: depth)
    }
    position = bytes.count
  }

  private mutating func rawTag(
    _ tag: HTMLTag,
    _ text: SourceText,
    _ position: inout Int,
    _ open: inout OpenElements,
    _ ends: inout HTMLEndFinder,
    depth: Int
  ) {
    let name = KramdownElements.name(tag)
    let isPlain = tag.attributes.allSatisfy { $0.name != "markdown" } && name != "script" && name != "style"
    if isPlain {
      if open.hidden == 0 { addRawTag(tag, text, open.contexts.union([.rawHTML])) }
      if !tag.isSelfClosing, !KramdownElements.void.contains(name) { open.push(name) }
      return
    }
    let tagsBefore = rawTags.count
    let leavesBefore = leaves.count
    htmlElement(tag, text, &position, inRawElement: true, open.contexts, &ends, depth: depth + 1)
    if open.hidden > 0 {
      rawTags.removeSubrange(tagsBefore...)
      leaves.removeSubrange(leavesBefore...)
    }
  }

  private mutating func addRawTag(
    _ tag: HTMLTag,
    _ text: SourceText,
    _ contexts: Set<Reference.Context>
  ) {
    guard HTMLReferences.mayHold(tag) else { return }
    rawTags.append(RawTag(tag: tag, text: text, contexts: contexts, footnote: footnote))
  }

  /// What an element means for the images in it.
  static func contexts(of name: String) -> Set<Reference.Context> {
    switch name {
    case "a": [.link]
    case "picture": [.picture]
    case _ where HTMLVocabulary.headings.contains(name): [.heading]
    default: []
    }
  }
}
