import AssetModel

/// Python-Markdown's block parser (3.11, `blockprocessors.py`): text is split at blank lines, and each block is passed
/// to the first processor that accepts it. Only the part of the tree is built that decides which text is read for
/// spans.
struct PythonMarkdownBlocks {
  /// Text that is read for spans.
  struct Leaf {
    var text: SourceText
    var contexts: Set<Reference.Context>
  }

  /// `[id]: url`
  struct Definition {
    var url: Range<Int>
    var title: Range<Int>?
    var text: SourceText
  }

  private(set) var leaves: [Leaf] = []
  /// By id; of two with the same id the last one counts.
  private(set) var definitions: [String: Definition] = [:]

  /// The states of `parser.state` that processors ask for.
  private enum State { case list, looseList, detabbed, blockquote }

  private enum Tag { case root, list, item, code, heading, quote, paragraph, rule, container }

  /// An element. Only the chain of last children is used.
  private final class Element {
    let tag: Tag
    /// The list of all children is never needed for elements whose children count.
    var last: Element?
    /// The leaf that holds the text in front of the children.
    var text: Int?
    /// The leaf that holds the text behind the element.
    var tail: Int?

    init(_ tag: Tag) { self.tag = tag }

    /// `SubElement`
    func add(_ tag: Tag) -> Element {
      let child = Element(tag)
      last = child
      return child
    }
  }

  /// A block: a part of a text that other blocks share.
  private struct Block {
    var text: SourceText
    var range: Range<Int>

    init(_ text: SourceText, _ range: Range<Int>? = nil) {
      self.text = text
      self.range = range ?? 0..<text.count
    }

    var isEmpty: Bool { range.isEmpty }

    func part(_ range: Range<Int>) -> Block { Block(text, range) }
  }

  private var states: [State] = []
  private var contexts: Set<Reference.Context> = []
  /// The remaining budget in bytes: processors read the rest of a block again for each part that they remove, so a
  /// hostile block would cost quadratic time. Text beyond the budget counts as having no image.
  private var budget: Int

  /// Nesting beyond this is read as text without images; Python gives up at a similar depth.
  private static let deepest = 40
  private var depth = 0

  init(_ piece: PythonMarkdownSource.Piece, definitions: [String: Definition]) {
    self.definitions = definitions
    contexts = piece.contexts
    budget = 256 * piece.text.count + 65_536
    if piece.isSpan {
      leaves.append(Leaf(text: piece.text, contexts: contexts))
    } else {
      parseChunk(Element(.root), piece.text)
    }
  }

  private func isState(_ state: State) -> Bool { states.last == state }

  // MARK: Dispatch

  /// `parseChunk`: splits at blank lines.
  private mutating func parseChunk(_ parent: Element, _ text: SourceText) {
    var blocks: [Block] = []
    var start = 0
    var i = 0
    let bytes = text.bytes
    while i + 1 < bytes.count {
      if bytes[i] == .newline, bytes[i + 1] == .newline {
        blocks.append(Block(text, start..<i))
        start = i + 2
        i = start
      } else {
        i += 1
      }
    }
    blocks.append(Block(text, start..<bytes.count))
    parse(parent, blocks)
  }

  /// `parseBlocks`
  private mutating func parse(_ parent: Element, _ all: [Block]) {
    guard depth < Self.deepest else { return }
    depth += 1
    defer { depth -= 1 }
    var blocks = Array(all.reversed())
    while let block = blocks.popLast() {
      budget -= block.range.count + 16
      guard budget > 0 else { return }
      if let rest = empty(block) {
        if !rest.isEmpty { blocks.append(rest) }
      } else if container(parent, block, &blocks) || listIndent(parent, block) || code(parent, block, &blocks)
        || hashHeader(parent, block, &blocks) || setextHeader(parent, block, &blocks)
        || rule(parent, block, &blocks) || list(parent, block) || quote(parent, block)
        || reference(block, &blocks)
      {
        continue
      } else {
        paragraph(parent, block)
      }
    }
  }

  // MARK: Text

  private mutating func addLeaf(_ text: SourceText, adding context: Reference.Context? = nil) -> Int {
    leaves.append(Leaf(text: text, contexts: context.map { contexts.union([$0]) } ?? contexts))
    return leaves.count - 1
  }

  private mutating func append(_ block: Block, to leaf: Int) {
    leaves[leaf].text.append(.newline, from: block.text.origins[block.range.lowerBound])
    leaves[leaf].text.append(block.text, block.range)
  }

  private mutating func paragraph(_ parent: Element, _ block: Block) {
    let bytes = block.text.bytes
    guard let first = block.range.first(where: { !bytes[$0].isWhitespace }) else { return }
    let stripped = first..<block.range.upperBound
    if isState(.list) {
      if let sibling = parent.last {
        if let tail = sibling.tail {
          append(block, to: tail)
        } else {
          sibling.tail = addLeaf(block.text.part(block.range))
        }
      } else if let text = parent.text {
        append(block, to: text)
      } else {
        parent.text = addLeaf(block.text.part(stripped))
      }
    } else {
      parent.add(.paragraph).text = addLeaf(block.text.part(stripped))
    }
  }

  /// `EmptyBlockProcessor`: what is left of a block that is empty or begins with an empty line.
  private func empty(_ block: Block) -> Block? {
    guard !block.isEmpty else { return block }
    guard block.text.bytes[block.range.lowerBound] == .newline else { return nil }
    return block.part((block.range.lowerBound + 1)..<block.range.upperBound)
  }

  // MARK: Containers

  /// Admonitions and the like: a line of `!!! note`, `??? note` or `=== "tab"`, and what is indented below it. Where
  /// the extension is not loaded this is a paragraph and code, as its author would have noticed.
  private mutating func container(_ parent: Element, _ block: Block, _ blocks: inout [Block]) -> Bool {
    let bytes = block.text.bytes
    if let sibling = parent.last, sibling.tag == .container, startsWithIndent(block) {
      let (inner, rest) = detab(block)
      if !rest.isEmpty { blocks.append(rest) }
      parseChunk(sibling, inner)
      return true
    }
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      if Self.isContainer(bytes, line..<end) {
        if line > block.range.lowerBound { parse(parent, [block.part(block.range.lowerBound..<(line - 1))]) }
        let element = parent.add(.container)
        let (inner, rest) = detab(block.part(end..<block.range.upperBound))
        if !rest.isEmpty { blocks.append(rest) }
        parseChunk(element, inner)
        return true
      }
      line = end
    }
    return false
  }

  private static func isContainer(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    let start = line.lowerBound
    guard line.count > 4 else { return false }
    if bytes.has("!!! ", at: start) || bytes.has("??? ", at: start) || bytes.has("???+ ", at: start) {
      let name = bytes.skipBlanks(from: start + 4)
      return name < line.upperBound && (bytes[name].isLetter || bytes[name] == .quote)
    }
    return bytes.has("=== \"", at: start) || bytes.has("===! \"", at: start)
      || bytes.has("===+ \"", at: start)
  }

  private func startsWithIndent(_ block: Block) -> Bool {
    block.range.count >= 4 && block.text.bytes.has("    ", at: block.range.lowerBound)
  }

  /// `detab`: the lines that are indented, without their indent, and those behind them.
  private func detab(_ block: Block) -> (inner: SourceText, rest: Block) {
    let bytes = block.text.bytes
    var inner = SourceText()
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      if end - line >= 4, bytes.has("    ", at: line) {
        inner.append(block.text, (line + 4)..<end)
      } else if bytes[line..<end].allSatisfy(\.isWhitespace) {
        inner.append(.newline, from: block.text.origins[line])
      } else {
        break
      }
      line = end
    }
    return (inner, block.part(line..<block.range.upperBound))
  }

  /// `looseDetab`: without the indent of some levels where a line has it.
  private func looseDetab(_ block: Block, level: Int) -> SourceText {
    let bytes = block.text.bytes
    var out = SourceText()
    out.reserve(block.range.count)
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      let indent = 4 * level
      let isIndented = end - line >= indent && bytes[line..<(line + indent)].allSatisfy { $0 == .space }
      out.append(block.text, (isIndented ? line + indent : line)..<end)
      line = end
    }
    return out
  }

  private mutating func listIndent(_ parent: Element, _ block: Block) -> Bool {
    guard startsWithIndent(block), !isState(.detabbed), parent.tag == .item || parent.last?.tag == .list
    else {
      return false
    }
    let (level, sibling) = level(parent, block)
    let inner = looseDetab(block, level: level)
    states.append(.detabbed)
    if parent.tag == .item {
      parse(parent.last?.tag == .list ? parent.last ?? parent : parent, [Block(inner)])
    } else if sibling.tag == .item {
      parse(sibling, [Block(inner)])
    } else if let item = sibling.last, item.tag == .item {
      wrapText(of: item)
      parseChunk(item, inner)
    } else {
      parse(sibling.add(.item), [Block(inner)])
    }
    states.removeLast()
    return true
  }

  /// Puts the text of a tight item into a paragraph in front of its children.
  private func wrapText(of item: Element) {
    guard let text = item.text else { return }
    item.text = nil
    if item.last == nil { item.add(.paragraph).text = text }
  }

  /// `get_level`
  private func level(_ parent: Element, _ block: Block) -> (level: Int, parent: Element) {
    let bytes = block.text.bytes
    var end = block.range.lowerBound
    while end < block.range.upperBound, bytes[end] == .space { end += 1 }
    let indent = (end - block.range.lowerBound) / 4
    var level = isState(.list) ? 1 : 0
    var parent = parent
    while indent > level, let child = parent.last, child.tag == .list || child.tag == .item {
      if child.tag == .list { level += 1 }
      parent = child
    }
    return (level, parent)
  }

  private mutating func code(_ parent: Element, _ block: Block, _ blocks: inout [Block]) -> Bool {
    guard startsWithIndent(block) else { return false }
    let (_, rest) = detab(block)
    if parent.last?.tag != .code { _ = parent.add(.code) }
    if !rest.isEmpty { blocks.append(rest) }
    return true
  }

  // MARK: Headings and rules

  /// A line of `#`s and text, anywhere in the block.
  private mutating func hashHeader(_ parent: Element, _ block: Block, _ blocks: inout [Block]) -> Bool {
    let bytes = block.text.bytes
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      if bytes[line] == .hash {
        var text = line
        while text < end, bytes[text] == .hash, text - line < 6 { text += 1 }
        var stop = end
        if stop > text, bytes[stop - 1] == .newline { stop -= 1 }
        while stop > text, bytes[stop - 1] == .hash, !(stop >= text + 2 && bytes[stop - 2] == .backslash) {
          stop -= 1
        }
        // The text may not be empty, but may be the last of the marks.
        if stop == text, text - line > 1 { text -= 1 }
        if stop > text || text - line >= 1 {
          if line > block.range.lowerBound {
            parse(parent, [block.part(block.range.lowerBound..<(line - 1))])
          }
          parent.add(.heading).text = addLeaf(block.text.part(min(text, stop)..<stop), adding: .heading)
          if end < block.range.upperBound {
            let after = block.part(end..<block.range.upperBound)
            blocks.append(isState(.looseList) ? Block(looseDetab(after, level: 1)) : after)
          }
          return true
        }
      }
      line = end
    }
    return false
  }

  /// Two lines, the second of `=` or `-`.
  private mutating func setextHeader(_ parent: Element, _ block: Block, _ blocks: inout [Block]) -> Bool {
    let bytes = block.text.bytes
    let second = bytes.lineEnd(from: block.range.lowerBound)
    guard second < block.range.upperBound else { return false }
    let mark = bytes[second]
    guard mark == .equals || mark == .dash else { return false }
    var i = second
    while i < block.range.upperBound, bytes[i] == mark { i += 1 }
    while i < block.range.upperBound, bytes[i] == .space { i += 1 }
    guard i == block.range.upperBound || bytes[i] == .newline else { return false }
    parent.add(.heading).text = addLeaf(
      block.text.part(block.range.lowerBound..<(second - 1)),
      adding: .heading
    )
    if i + 1 < block.range.upperBound { blocks.append(block.part((i + 1)..<block.range.upperBound)) }
    return true
  }

  private mutating func rule(_ parent: Element, _ block: Block, _ blocks: inout [Block]) -> Bool {
    let bytes = block.text.bytes
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      if Self.isRule(bytes, line..<end) {
        if line > block.range.lowerBound { parse(parent, [block.part(block.range.lowerBound..<(line - 1))]) }
        _ = parent.add(.rule)
        if end < block.range.upperBound { blocks.append(block.part(end..<block.range.upperBound)) }
        return true
      }
      line = end
    }
    return false
  }

  private static func isRule(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var i = line.lowerBound
    while i < line.upperBound, bytes[i] == .space { i += 1 }
    guard i - line.lowerBound <= 3, i < line.upperBound else { return false }
    let mark = bytes[i]
    guard mark == .dash || mark == .underscore || mark == UInt8(ascii: "*") else { return false }
    var marks = 0
    var spaces = 0
    while i < line.upperBound {
      if bytes[i] == mark {
        guard spaces <= 2 else { return false }
        marks += 1
        spaces = 0
      } else if bytes[i] == .space {
        spaces += 1
      } else {
        return bytes[i] == .newline && marks >= 3
      }
      i += 1
    }
    return marks >= 3
  }

  // MARK: Lists and quotes

  /// Behind the mark of an item (`1. `, `* `) that a line begins with, and its indent.
  private static func itemStart(_ bytes: [UInt8], _ line: Range<Int>) -> (text: Int, indent: Int)? {
    var i = line.lowerBound
    while i < line.upperBound, bytes[i] == .space { i += 1 }
    let indent = i - line.lowerBound
    guard indent < 8, i < line.upperBound else { return nil }
    if bytes[i].isDigit {
      while i < line.upperBound, bytes[i].isDigit { i += 1 }
      guard i < line.upperBound, bytes[i] == UInt8(ascii: ".") else { return nil }
    } else if bytes[i] != UInt8(ascii: "*"), bytes[i] != UInt8(ascii: "+"), bytes[i] != .dash {
      return nil
    }
    i += 1
    guard i < line.upperBound, bytes[i] == .space else { return nil }
    while i < line.upperBound, bytes[i] == .space { i += 1 }
    return (i, indent)
  }

  private mutating func list(_ parent: Element, _ block: Block) -> Bool {
    let bytes = block.text.bytes
    let firstLine =
      block.range
      .lowerBound..<min(
        bytes.lineEnd(from: block.range.lowerBound), block.range.upperBound)
    guard let first = Self.itemStart(bytes, firstLine), first.indent < 4 else { return false }
    var items = items(of: block)
    let list: Element
    if let sibling = parent.last, sibling.tag == .list {
      list = sibling
      if let item = list.last {
        wrapText(of: item)
        if let child = item.last, let tail = child.tail {
          child.tail = nil
          item.add(.paragraph).text = tail
        }
      }
      let item = list.add(.item)
      states.append(.looseList)
      parse(item, [Block(items.removeFirst())])
      states.removeLast()
    } else if parent.tag == .list {
      list = parent
    } else {
      list = parent.add(.list)
    }
    states.append(.list)
    for item in items {
      if item.bytes.has("    ", at: 0), let last = list.last {
        parse(last, [Block(item)])
      } else {
        parse(list.add(.item), [Block(item)])
      }
    }
    states.removeLast()
    return true
  }

  /// `get_items`: the texts of the items that a block holds; those of nested ones keep their indent.
  private func items(of block: Block) -> [SourceText] {
    let bytes = block.text.bytes
    var items: [SourceText] = []
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      let next = min(bytes.lineEnd(from: line), block.range.upperBound)
      let end = next > line && bytes[next - 1] == .newline ? next - 1 : next
      let mark = Self.itemStart(bytes, line..<next)
      if let mark, mark.indent < 4 {
        items.append(block.text.part(min(mark.text, end)..<end))
      } else if mark != nil, items.last?.bytes.has("    ", at: 0) == false {
        items.append(block.text.part(line..<end))
      } else if !items.isEmpty {
        items[items.count - 1].append(.newline, from: block.text.origins[line])
        items[items.count - 1].append(block.text, line..<end)
      }
      line = next
    }
    return items
  }

  private mutating func quote(_ parent: Element, _ block: Block) -> Bool {
    let bytes = block.text.bytes
    var line = block.range.lowerBound
    while line < block.range.upperBound, Self.quoteStart(bytes, line..<block.range.upperBound) == nil {
      line = bytes.lineEnd(from: line)
    }
    guard line < block.range.upperBound else { return false }
    if line > block.range.lowerBound { parse(parent, [block.part(block.range.lowerBound..<(line - 1))]) }
    var inner = SourceText()
    inner.reserve(block.range.upperBound - line)
    while line < block.range.upperBound {
      let end = min(bytes.lineEnd(from: line), block.range.upperBound)
      inner.append(block.text, (Self.quoteStart(bytes, line..<end) ?? line)..<end)
      line = end
    }
    let quote = parent.last?.tag == .quote ? parent.last ?? parent : parent.add(.quote)
    states.append(.blockquote)
    parseChunk(quote, inner)
    states.removeLast()
    return true
  }

  /// Behind the `>` that a line begins with.
  private static func quoteStart(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
    var i = line.lowerBound
    while i < line.upperBound, bytes[i] == .space, i - line.lowerBound < 3 { i += 1 }
    guard i < line.upperBound, bytes[i] == .greater else { return nil }
    i += 1
    return i < line.upperBound && bytes[i] == .space ? i + 1 : i
  }

  // MARK: Definitions

  /// `ReferenceProcessor`: a definition on lines of its own, anywhere in the block.
  private mutating func reference(_ block: Block, _ blocks: inout [Block]) -> Bool {
    let bytes = block.text.bytes
    var line = block.range.lowerBound
    while line < block.range.upperBound {
      if let match = Self.definition(bytes, line..<block.range.upperBound) {
        let id = bytes.string(match.id).trimmed.lowercased()
        definitions[id] = Definition(url: match.url, title: match.title, text: block.text)
        if match.end < block.range.upperBound {
          blocks.append(block.part(match.end..<block.range.upperBound))
        }
        if line > block.range.lowerBound { blocks.append(block.part(block.range.lowerBound..<(line - 1))) }
        return true
      }
      line = bytes.lineEnd(from: line)
    }
    return false
  }

  private static func definition(
    _ bytes: [UInt8],
    _ range: Range<Int>
  ) -> (id: Range<Int>, url: Range<Int>, title: Range<Int>?, end: Int)? {
    let limit = range.upperBound
    func spaces(_ from: Int) -> Int {
      var i = from
      while i < limit, bytes[i] == .space { i += 1 }
      return i
    }
    func spacesOrLine(_ from: Int) -> Int {
      let i = spaces(from)
      return i < limit && bytes[i] == .newline ? spaces(i + 1) : i
    }
    var i = spaces(range.lowerBound)
    guard i - range.lowerBound <= 3, i < limit, bytes[i] == .openBracket else { return nil }
    let id = i + 1
    i = id
    while i < limit, bytes[i] != .closeBracket, bytes[i] != .openBracket { i += 1 }
    guard i + 1 < limit, bytes.has("]:", at: i) else { return nil }
    let idEnd = i
    let url = spacesOrLine(i + 2)
    i = url
    while i < limit, !bytes[i].isWhitespace { i += 1 }
    guard i > url else { return nil }
    let urlEnd = i
    var match = (
      id: id..<idEnd, url: Self.unangled(bytes, url..<urlEnd), title: nil as Range<Int>?, end: limit
    )
    let behind = spaces(urlEnd)
    let title = spacesOrLine(urlEnd)
    if title < limit, let close = titleClose(bytes, title, limit) {
      let stop = spaces(close + 1)
      if stop == limit || bytes[stop] == .newline {
        match.title = (title + 1)..<close
        match.end = min(stop + 1, limit)
        return match
      }
    }
    guard behind == limit || bytes[behind] == .newline else { return nil }
    match.end = min(behind + 1, limit)
    return match
  }

  /// The last quote of the line that could end a title.
  private static func titleClose(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int? {
    let close: UInt8
    switch bytes[start] {
    case .quote, .apostrophe: close = bytes[start]
    case .openParen: close = .closeParen
    default: return nil
    }
    var end = start + 1
    while end < limit, bytes[end] != .newline { end += 1 }
    while end > start + 1, bytes[end - 1] == .space { end -= 1 }
    return end - 1 > start && bytes[end - 1] == close ? end - 1 : nil
  }

  private static func unangled(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start] == .less { start += 1 }
    while end > start, bytes[end - 1] == .greater { end -= 1 }
    return start..<end
  }
}
