import AssetModel

/// Python-Markdown's inline patterns (3.11, `inlinepatterns.py`), as far as they decide what is an image.
///
/// Code and escapes are taken out first, over the whole text, as the patterns' priorities have it; the rest is read
/// from left to right.
struct PythonMarkdownSpans {
  private(set) var candidates: [Candidate] = []

  private let text: SourceText
  private let file: [UInt8]
  private let definitions: [String: PythonMarkdownBlocks.Definition]
  private let contexts: Set<Reference.Context>
  /// The text with code and escaped characters as letters, which close no bracket.
  private var plain: [UInt8]
  private var open: HTMLStream
  private var tables: MarkdownTables
  /// The remaining budget in bytes; see ``PythonMarkdownBlocks``.
  private var budget: Int

  init(
    _ leaf: PythonMarkdownBlocks.Leaf,
    file: [UInt8],
    definitions: [String: PythonMarkdownBlocks.Definition]
  ) {
    text = leaf.text
    self.file = file
    self.definitions = definitions
    contexts = leaf.contexts
    plain = leaf.text.bytes
    open = HTMLStream()
    tables = MarkdownTables(leaf.text.bytes)
    budget = 64 * leaf.text.count + 4096
    hideCode()
    hideEscapes()
    read(0..<plain.count, inLink: false, depth: 0)
  }

  // MARK: Code and escapes

  private mutating func hideCode() {
    guard plain.find(.backtick, from: 0) != nil else { return }
    let bytes = plain
    var position = 0
    while let start = bytes.find(.backtick, from: position), budget > 0 {
      var slashes = start
      while slashes > position, bytes[slashes - 1] == .backslash { slashes -= 1 }
      if (start - slashes) % 2 == 1 {
        position = start + 1
        continue
      }
      position = hideCode(bytes, from: start)
    }
  }

  /// `find_code_spans`: as many backticks as began it, or else the longest fewer ones there are.
  private mutating func hideCode(_ bytes: [UInt8], from start: Int) -> Int {
    var inner = start
    while inner < bytes.count, bytes[inner] == .backtick { inner += 1 }
    let length = inner - start
    var longest = 0
    var longestEnd = 0
    var i = inner
    while i < bytes.count {
      guard bytes[i] == .backtick else {
        i += 1
        continue
      }
      let run = i
      while i < bytes.count, bytes[i] == .backtick { i += 1 }
      if i - run == length {
        hide(start..<i)
        return i
      }
      if i - run > longest {
        longest = i - run
        longestEnd = i
      }
    }
    budget -= bytes.count - start
    if longest > 0, longest < length {
      hide((start + length - longest)..<longestEnd)
      return longestEnd
    }
    return inner
  }

  private mutating func hideEscapes() {
    let escapable = Set("\\`*_{}[]()>#+-.!".utf8)
    var i = 0
    while i + 1 < plain.count {
      if plain[i] == .backslash, escapable.contains(plain[i + 1]) {
        hide(i..<(i + 2))
        i += 2
      } else {
        i += 1
      }
    }
  }

  private mutating func hide(_ range: Range<Int>) {
    for i in range where plain[i] != .newline { plain[i] = .filler }
  }

  // MARK: Reading

  private mutating func read(_ range: Range<Int>, inLink: Bool, depth: Int) {
    guard depth < 20 else { return }
    var i = range.lowerBound
    while i < range.upperBound, budget > 0 {
      switch plain[i] {
      case .bang where i + 1 < range.upperBound && plain[i + 1] == .openBracket:
        i = image(at: i, range, inLink: inLink) ?? i + 2
      case .openBracket: i = link(at: i, range, depth: depth) ?? i + 1
      case .less: i = angle(at: i, range, inLink: inLink)
      default: i += 1
      }
    }
  }

  /// Reads the image at `start`, and returns the position behind it.
  private mutating func image(at start: Int, _ range: Range<Int>, inLink: Bool) -> Int? {
    guard let close = labelEnd(from: start + 2, range) else { return nil }
    let label = (start + 2)..<close
    guard let target = target(label, after: close + 1, range) else { return nil }
    let source = target.definition?.text ?? text
    guard !open.isHidden else { return target.end }
    var image = Candidate(
      kind: target.definition == nil ? .markdownInline : .markdownReference,
      range: text.fileRange(start..<target.end),
      urlRange: source.fileRange(target.url),
      url: source.written(target.url, in: file),
      syntax: .commonMark,
      alt: rendered(label),
      title: target.title.map { Entities.decode(Self.unescape(source.written($0, in: file))) },
      contexts: contexts.union(open.contexts)
    )
    if inLink { image.contexts.insert(.link) }
    if tables.contain(start) {
      // A cell ends at the `|`.
      if MarkdownTables.hasSeparator(text.bytes, label.lowerBound..<target.end) { return target.end }
      image.contexts.insert(.table)
    }
    if plain[label].contains(.openBracket) {
      image.keptBecause = "a link in its text, of which Python-Markdown keeps the words alone"
    }
    addAttributes(&image, at: target.end)
    image.keepIfDivided(in: file)
    candidates.append(image)
    return target.end
  }

  private mutating func link(at start: Int, _ range: Range<Int>, depth: Int) -> Int? {
    guard let close = labelEnd(from: start + 1, range),
      let target = target((start + 1)..<close, after: close + 1, range)
    else { return nil }
    read((start + 1)..<close, inLink: true, depth: depth + 1)
    return target.end
  }

  /// `getText`
  private mutating func labelEnd(from start: Int, _ range: Range<Int>) -> Int? {
    var count = 1
    var i = start
    while i < range.upperBound, budget > 0 {
      budget -= 1
      if plain[i] == .closeBracket {
        count -= 1
        if count == 0 { return i }
      } else if plain[i] == .openBracket {
        count += 1
      }
      i += 1
    }
    return nil
  }

  private struct Target {
    var url: Range<Int>
    var title: Range<Int>?
    var end: Int
    var definition: PythonMarkdownBlocks.Definition?
  }

  private mutating func target(_ label: Range<Int>, after: Int, _ range: Range<Int>) -> Target? {
    if after < range.upperBound, plain[after] == .openParen, let target = destination(from: after, range) {
      return target
    }
    guard !definitions.isEmpty else { return nil }
    var i = after
    if i < range.upperBound, plain[i].isWhitespace { i += 1 }
    if i < range.upperBound, plain[i] == .openBracket,
      let close = plain[i..<range.upperBound].firstIndex(of: .closeBracket)
    {
      budget -= close - i
      let id = close > i + 1 ? (i + 1)..<close : label
      if let definition = definitions[id: text.bytes.string(id)] {
        return Target(url: definition.url, title: definition.title, end: close + 1, definition: definition)
      }
    }
    guard let definition = definitions[id: text.bytes.string(label)] else { return nil }
    return Target(url: definition.url, title: definition.title, end: after, definition: definition)
  }

  /// `getLink`: brackets are counted, and quotes may hold a title.
  private mutating func destination(from start: Int, _ range: Range<Int>) -> Target? {
    var i = start + 1
    while i < range.upperBound, plain[i].isWhitespace { i += 1 }
    if let target = angled(from: i, range) { return target }
    let first = i
    var brackets = 1
    var backtrack = 1
    var lastBracket = -1
    var inTitle = false
    var quotes: [(mark: UInt8, start: Int, end: Int)] = []
    var last: UInt8 = 0
    while i < range.upperBound {
      budget -= 1
      guard budget > 0 else { return nil }
      let byte = plain[i]
      switch byte {
      case .openParen:
        if !inTitle { brackets += 1 } else if backtrack > 0 { backtrack -= 1 }
      case .closeParen:
        if quotes.contains(where: { $0.end >= 0 && $0.mark == last }) {
          brackets = 0
        } else if !inTitle {
          brackets -= 1
        } else if backtrack > 0 {
          backtrack -= 1
          if backtrack == 0 { lastBracket = i + 1 }
        }
      case .quote, .apostrophe:
        if let index = quotes.firstIndex(where: { $0.mark == byte }) {
          quotes[index].end = i
        } else if quotes.count < 2 {
          if quotes.isEmpty {
            inTitle = true
            backtrack = brackets
            brackets = 1
          }
          quotes.append((byte, i + 1, -1))
        }
      default: break
      }
      i += 1
      if brackets == 0 {
        if let title = quotes.first(where: { $0.end >= 0 && $0.mark == last }) {
          return makeTarget(first..<(title.start - 1), title: title.start..<title.end, end: i)
        }
        return makeTarget(first..<(i - 1), title: nil, end: i)
      }
      if byte != .space { last = byte }
    }
    // What looked like a title was none.
    guard backtrack == 0, lastBracket > first else { return nil }
    return makeTarget(first..<(lastBracket - 1), title: nil, end: lastBracket)
  }

  /// `(<url> "title")`
  private func angled(from start: Int, _ range: Range<Int>) -> Target? {
    guard start < range.upperBound, plain[start] == .less else { return nil }
    var i = start + 1
    while i < range.upperBound, plain[i] != .greater, plain[i] != .less { i += 1 }
    guard i < range.upperBound, plain[i] == .greater else { return nil }
    let url = (start + 1)..<i
    func skip(_ from: Int) -> Int {
      var i = from
      while i < range.upperBound, plain[i].isWhitespace { i += 1 }
      return i
    }
    i = skip(i + 1)
    var title: Range<Int>?
    if i < range.upperBound, plain[i] == .quote || plain[i] == .apostrophe,
      let close = plain[(i + 1)..<range.upperBound].firstIndex(of: plain[i])
    {
      title = (i + 1)..<close
      i = skip(close + 1)
    }
    guard i < range.upperBound, plain[i] == .closeParen else { return nil }
    return makeTarget(url, title: title, end: i + 1)
  }

  private func makeTarget(_ url: Range<Int>, title: Range<Int>?, end: Int) -> Target {
    func trimmed(_ range: Range<Int>) -> Range<Int> {
      var start = range.lowerBound
      var end = max(start, range.upperBound)
      while start < end, plain[start].isWhitespace { start += 1 }
      while end > start, plain[end - 1].isWhitespace { end -= 1 }
      return start..<end
    }
    return Target(url: trimmed(url), title: title.map(trimmed), end: end)
  }

  // MARK: HTML

  /// A tag, a comment or an autolink: the position behind it.
  private mutating func angle(at start: Int, _ range: Range<Int>, inLink: Bool) -> Int {
    if plain.has("<!--", at: start) {
      guard let end = plain.find("-->", from: start + 4), end + 3 <= range.upperBound else {
        budget -= range.upperBound - start
        return start + 1
      }
      return end + 3
    }
    // Characters that end a bracket's content stay unchanged.
    if let tag = HTMLTag.endTag(plain, at: start, grammar: .commonMark), tag.end <= range.upperBound {
      _ = open.read(Array(plain[start..<tag.end]))
      return tag.end
    }
    guard let tag = HTMLTag(plain, at: start, grammar: .commonMark), tag.range.upperBound <= range.upperBound
    else {
      return autolinkEnd(start, range) ?? start + 1
    }
    budget -= tag.range.count
    var around = contexts.union(open.contexts)
    if inLink { around.insert(.link) }
    if tables.contain(start) { around.insert(.table) }
    if !open.isHidden, HTMLReferences.mayHold(tag) {
      candidates += HTMLReferences.candidates(tag, in: text, file: file, contexts: around)
    }
    _ = open.read(Array(plain[tag.range]))
    return tag.range.upperBound
  }

  private func autolinkEnd(_ start: Int, _ range: Range<Int>) -> Int? {
    var i = start + 1
    let limit = min(range.upperBound, start + 4096)
    var isLink = false
    while i < limit, plain[i] != .greater, plain[i] != .less {
      if plain[i] == UInt8(ascii: "@") || plain.has("://", at: i) { isLink = true }
      i += 1
    }
    return isLink && i < limit && plain[i] == .greater ? i + 1 : nil
  }

  // MARK: Text

  /// A label as an alternative text: escapes undone, code without its backticks.
  private func rendered(_ label: Range<Int>) -> String {
    var out: [UInt8] = []
    var written = text.written(label, in: file)
    guard plain[label].contains(.filler), written.utf8.elementsEqual(text.bytes[label]) else {
      return Entities.decode(written)
    }
    var i = label.lowerBound
    while i < label.upperBound {
      let byte = text.bytes[i]
      if byte == .backtick, plain[i] == .filler {
        let close = codeEnd(i, label)
        out += text.bytes[close.inner]
        i = close.end
      } else {
        if byte == .backslash, plain[i] == .filler { i += 1 }
        if i < label.upperBound { out.append(text.bytes[i]) }
        i += 1
      }
    }
    written = String(decoding: out, as: UTF8.self)
    return Entities.decode(written)
  }

  private func codeEnd(_ start: Int, _ label: Range<Int>) -> (inner: Range<Int>, end: Int) {
    let bytes = text.bytes
    var first = start
    while first < label.upperBound, bytes[first] == .backtick { first += 1 }
    var i = first
    while i < label.upperBound {
      let run = i
      while i < label.upperBound, bytes[i] == .backtick { i += 1 }
      if i - run == first - start {
        var inner = first..<run
        while let byte = bytes[inner].first, byte.isWhitespace {
          inner = (inner.lowerBound + 1)..<inner.upperBound
        }
        while let byte = bytes[inner].last, byte.isWhitespace {
          inner = inner.lowerBound..<(inner.upperBound - 1)
        }
        return (inner, i)
      }
      i = max(i, run + 1)
    }
    return (first..<label.upperBound, label.upperBound)
  }

  private static func unescape(_ text: String) -> String { CommonMarkText.unescape(text) }

  /// `attr_list`: `{: .class #id key=value }` right behind the image. Whether it is that or text depends on the
  /// extension being loaded, which the post does not say.
  private mutating func addAttributes(_ image: inout Candidate, at position: Int) {
    guard position < plain.count, plain[position] == .openBrace else { return }
    image.keptBecause = image.keptBecause ?? Candidate.hasUnsureAttributes
    var i = position + 1
    if i < plain.count, plain[i] == .colon { i += 1 }
    guard
      let close = text.bytes[i..<min(text.bytes.count, i + 4096)].firstIndex(where: {
        $0 == .closeBrace || $0 == .newline
      }),
      text.bytes[close] == .closeBrace, close > i
    else { return }
    image.attributeListRange = text.fileRange(position..<(close + 1))
    for (key, value) in Self.attributes(text.bytes, i..<close) {
      if key == "class", let before = image.attributes["class"] {
        image.attributes["class"] = before + " " + value
      } else {
        image.attributes[key] = value
      }
    }
    if let alt = image.attributes["alt"] { image.alt = alt }
    if let title = image.attributes["title"] { image.title = title }
  }

  /// `_scanner` of `attr_list`.
  private static func attributes(_ bytes: [UInt8], _ range: Range<Int>) -> [(String, String)] {
    var attributes: [(String, String)] = []
    var i = range.lowerBound
    while i < range.upperBound {
      while i < range.upperBound, bytes[i] == .space || bytes[i] == .equals { i += 1 }
      let start = i
      while i < range.upperBound, bytes[i] != .space, bytes[i] != .equals { i += 1 }
      guard i > start else { continue }
      var key = bytes.string(start..<i)
      guard i < range.upperBound, bytes[i] == .equals else {
        let mark = key.utf8.first
        if mark == UInt8(ascii: ".") {
          attributes.append(("class", String(key.dropFirst())))
        } else if mark == .hash {
          attributes.append(("id", String(key.dropFirst())))
        } else {
          attributes.append((key.lowercased(), key))
        }
        continue
      }
      key = key.lowercased()
      i += 1
      var value = i..<i
      if i < range.upperBound, bytes[i] == .quote || bytes[i] == .apostrophe,
        let close = bytes[(i + 1)..<range.upperBound].firstIndex(of: bytes[i])
      {
        value = (i + 1)..<close
        i = close + 1
      } else {
        while i < range.upperBound, bytes[i] != .space { i += 1 }
        value = value.lowerBound..<i
      }
      attributes.append((key, bytes.string(value)))
    }
    return attributes
  }
}

extension [String: PythonMarkdownBlocks.Definition] {
  /// The definition of an id as a reference writes it: in any case, with any whitespace.
  fileprivate subscript(id id: String) -> PythonMarkdownBlocks.Definition? {
    self[id.lowercased()]
      ?? self[id.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")]
  }
}
