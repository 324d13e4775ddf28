import AssetModel

/// The lexer of kramdown's spans: reads the text of one block from left to right, once, and finds its images.
///
/// What kramdown does not parse (code, mathematics, comments, the content of `<code>` or of an element it does not
/// know) is replaced by filler in the text for the oracle, and each image by `![token](z)`. Brackets are matched with a
/// stack and failed searches are remembered, so the time is linear in the text.
struct KramdownSpans {
  /// The images.
  private(set) var candidates: [Candidate] = []
  /// For each candidate: the index of its token, or nil for an HTML tag, which needs no oracle.
  private(set) var tokens: [Int?] = []
  /// The text for the oracle.
  private(set) var oracleText: [UInt8] = []
  /// The names of the footnotes used.
  private(set) var footnotes: Set<String> = []

  private let leaf: KramdownBlocks.Leaf
  private let text: SourceText
  private let bytes: [UInt8]
  private let file: [UInt8]
  private let blocks: KramdownBlocks
  private let tokenPrefix: String
  private var nextToken: Int

  private var stack: [Open] = []
  /// Where in the stack the elements are.
  private var elementIndices: [Int] = []
  private var elements: OpenElements
  /// How many open elements have content that is not parsed.
  private var rawDepth = 0
  private var code = CodeSpanFinder()
  private var ends = HTMLEndFinder()
  private var destinations: DestinationLexer
  private var emphasis = EmphasisFinder()
  private var extensionEnds = ExtensionEndFinder()
  private var mathEndMissing = false
  private var bracketEndMissing = false
  /// From where on no `}` and no `>` stands in the text.
  private let lastBrace: Int
  private let lastGreater: Int

  private enum Open {
    /// `[` or `![`: the position after it, the position of its `[` in the oracle's text, the number of candidates
    /// before it.
    case bracket(isImage: Bool, start: Int, text: Int, out: Int, candidates: Int)
    /// An element, by kramdown's name for it.
    case element(String, isRaw: Bool)
  }

  /// Reads a leaf.
  ///
  /// - Parameters:
  ///   - leaf: the text.
  ///   - file: the post's bytes.
  ///   - blocks: where the post's definitions are.
  ///   - tokenPrefix: the oracle's prefix.
  ///   - firstToken: the index of the first token to give out.
  init(
    _ leaf: KramdownBlocks.Leaf,
    file: [UInt8],
    blocks: KramdownBlocks,
    tokenPrefix: String,
    firstToken: Int
  ) {
    self.leaf = leaf
    text = leaf.text
    bytes = leaf.text.bytes
    self.file = file
    self.blocks = blocks
    self.tokenPrefix = tokenPrefix
    nextToken = firstToken
    elements = OpenElements(contexts: leaf.contexts)
    destinations = DestinationLexer(bytes)
    lastBrace = bytes.lastIndex(of: .closeBrace) ?? -1
    lastGreater = bytes.lastIndex(of: .greater) ?? -1
    oracleText.reserveCapacity(bytes.count + 16)
    // A letter first, so that nothing reads as the start of a block.
    oracleText += [.filler, .space]
    read()
    for case .bracket(_, _, _, let out, _) in stack { oracleText[out] = .filler }
    oracleText += [.newline, .newline]
  }

  private mutating func read() {
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if rawDepth > 0, byte != .less {
        oracleText.append(.filler)
        i += 1
        continue
      }
      switch byte {
      case .backslash: i = escape(i)
      case .backtick:
        let run = code.read(bytes, at: i)
        oracleText.append(.filler)
        i = run.end
      case .less: i = angle(i)
      case .dollar: i = math(i)
      case .openBrace: i = brace(i)
      case .bang:
        guard i + 2 < bytes.count, bytes[i + 1] == .openBracket, bytes[i + 2] != .caret else {
          oracleText.append(.filler)
          i += 1
          continue
        }
        oracleText += [.bang, .openBracket]
        stack.append(
          .bracket(
            isImage: true,
            start: i,
            text: i + 2,
            out: oracleText.count - 1,
            candidates: candidates.count
          )
        )
        i += 2
      case .openBracket: i = openBracket(i)
      case .closeBracket: i = closeBracket(i)
      case .newline:
        oracleText.append(.space)
        i += 1
      default:
        oracleText.append(byte)
        i += 1
      }
    }
  }

  // MARK: Simple spans

  private mutating func escape(_ i: Int) -> Int {
    guard i + 1 < bytes.count else {
      oracleText.append(.filler)
      return i + 1
    }
    switch bytes[i + 1] {
    case .backslash, UInt8(ascii: "."), UInt8(ascii: "*"), .underscore, UInt8(ascii: "+"), .backtick, .less,
      .greater, .openParen, .closeParen, .openBracket, .closeBracket, .openBrace, .closeBrace, .hash, .bang,
      .colon, .pipe, .quote, .apostrophe, .dollar, .equals, .dash, UInt8(ascii: "~"):
      oracleText += [.backslash, bytes[i + 1]]
      return i + 2
    default:
      oracleText.append(.filler)
      return i + 1
    }
  }

  private mutating func math(_ i: Int) -> Int {
    oracleText.append(.filler)
    guard bytes.has("$$", at: i), !mathEndMissing else { return i + 1 }
    guard let close = bytes.find("$$", from: i + 2) else {
      mathEndMissing = true
      return i + 1
    }
    return close + 2
  }

  private mutating func brace(_ i: Int) -> Int {
    oracleText.append(.filler)
    guard i < lastBrace, let tag = KramdownExtension(bytes, at: i) else { return i + 1 }
    switch tag.name {
    case "comment", "nomarkdown":
      if tag.isClosed { return tag.end }
      guard let stop = extensionEnds.spanStop(of: tag, in: bytes, from: tag.end) else { return i + 1 }
      if tag.name == "nomarkdown" { copiedHTML(tag.end..<stop.start) }
      return stop.end
    case "options": return tag.isClosed ? tag.end : i + 1
    default: return i + 1
    }
  }

  private mutating func copiedHTML(_ range: Range<Int>) {
    let part = text.part(range)
    for match in HTMLScanner.tags(in: part.bytes) {
      add(
        HTMLReferences.candidates(
          match.tag,
          in: part,
          file: file,
          contexts: elements.contexts.union(match.contexts).union([.rawHTML])
        )
      )
    }
  }

  private mutating func add(_ further: [Candidate]) {
    for candidate in further {
      candidates.append(candidate)
      tokens.append(nil)
    }
  }

  // MARK: HTML

  private mutating func angle(_ i: Int) -> Int {
    oracleText.append(.filler)
    // Two of them are a quotation mark.
    if rawDepth == 0, bytes.has("<<", at: i) { return i + 2 }
    if rawDepth == 0, let end = autolinkEnd(i) { return end }
    if bytes.has("<!--", at: i) { return ends.comment(bytes, from: i + 4) ?? i + 1 }
    if let close = HTMLTag.endTag(bytes, at: i, grammar: .kramdown) {
      closeElement(close.name, written: i + 2, end: close.end)
      return close.end
    }
    guard let tag = HTMLTag(bytes, at: i, grammar: .kramdown) else { return i + 1 }
    let name = KramdownElements.name(tag)
    // In the middle of a paragraph, a block's tag is text.
    if KramdownElements.block.contains(name) { return tag.range.upperBound }
    if elements.hidden == 0, HTMLReferences.mayHold(tag) {
      add(HTMLReferences.candidates(tag, in: text, file: file, contexts: elements.contexts))
    }
    if !tag.isSelfClosing, !KramdownElements.void.contains(name) { openElement(tag, name) }
    return tag.range.upperBound
  }

  private mutating func openElement(_ tag: HTMLTag, _ name: String) {
    var isRaw = rawDepth > 0 || KramdownElements.contentModel(name) == .raw
    if let value = tag.attributes.last(where: { $0.name == "markdown" })?.value {
      switch bytes.string(value) {
      case "span": isRaw = false
      case "0": isRaw = true
      case "1": isRaw = KramdownElements.contentModel(name) == .raw
      default: break
      }
    }
    elementIndices.append(stack.count)
    stack.append(.element(name, isRaw: isRaw))
    elements.push(name)
    if isRaw { rawDepth += 1 }
  }

  /// An end tag closes the innermost element and nothing else. Brackets that were opened in the element and not
  /// closed are text.
  private mutating func closeElement(_ lowercased: String, written: Int, end: Int) {
    guard let index = elementIndices.last, case .element(let name, let isRaw) = stack[index] else { return }
    let closing =
      KramdownElements.isRecognized(name)
      ? lowercased : bytes.string(written..<HTMLTag.xmlNameEnd(bytes, from: written))
    guard name == closing else { return }
    while stack.count > index + 1 {
      if case .bracket(_, _, _, let out, _) = stack[stack.count - 1] { oracleText[out] = .filler }
      stack.removeLast()
    }
    stack.removeLast()
    elementIndices.removeLast()
    elements.pop()
    if isRaw { rawDepth -= 1 }
  }

  /// `AUTOLINK_START`: `<https://…>`, `<mailto:…>`, `<name@host>` on one line.
  private mutating func autolinkEnd(_ i: Int) -> Int? {
    guard i < lastGreater else { return nil }
    let from = i + 1
    let isURL =
      bytes.has("http:", at: from) || bytes.has("https:", at: from) || bytes.has("ftp:", at: from)
      || bytes.has("ftps:", at: from) || bytes.has("mailto:", at: from)
    if isURL {
      var end = from
      // A URL that long is none; the bound keeps a post of `<http:` from a search of the rest each time.
      let limit = min(bytes.count, from + 8192)
      while end < limit, bytes[end] != .greater, bytes[end] != .newline { end += 1 }
      return end < limit && bytes[end] == .greater ? end + 1 : nil
    }
    var end = from
    var at: Int?
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "@"), at == nil, end > from {
        at = end
      } else if !(byte.isLetter || byte.isDigit || byte == .dash || byte == .underscore
        || byte == UInt8(ascii: ".") || byte >= 0x80)
      {
        break
      }
      end += 1
    }
    guard let at, end < bytes.count, bytes[end] == .greater, end > at + 1 else { return nil }
    return end + 1
  }

  // MARK: Brackets

  /// Nobody's alternative text is longer, and images in each other's would be read once for each.
  private static let longestLabel = 8192

  private mutating func openBracket(_ i: Int) -> Int {
    if bytes.has("[^", at: i) {
      let nameEnd = bytes.attributeListNameEnd(from: i + 2)
      if nameEnd > i + 2, nameEnd < bytes.count, bytes[nameEnd] == .closeBracket {
        footnotes.insert(bytes.string((i + 2)..<nameEnd))
        oracleText.append(.filler)
        return nameEnd + 1
      }
      oracleText.append(.filler)
      return i + 1
    }
    oracleText.append(.openBracket)
    stack.append(
      .bracket(isImage: false, start: i, text: i + 1, out: oracleText.count - 1, candidates: candidates.count)
    )
    return i + 1
  }

  private mutating func closeBracket(_ i: Int) -> Int {
    guard case .bracket(let isImage, let start, let textStart, let out, let before) = stack.last else {
      oracleText.append(.filler)
      return i + 1
    }
    stack.removeLast()
    if isImage, i - textStart > Self.longestLabel {
      // An image in its label would be part of its alternative text.
      candidates.removeSubrange(before...)
      tokens.removeSubrange(before...)
      oracleText[out] = .filler
      oracleText.append(.filler)
      return i + 1
    }
    guard !emphasis.crosses(bytes, label: textStart..<i),
      let link = target(label: textStart..<i, after: i + 1)
    else {
      oracleText[out] = .filler
      oracleText.append(.filler)
      return i + 1
    }
    guard isImage else {
      oracleText += Array("](z)".utf8)
      return attributeListsEnd(link.end)
    }
    let end = attributeListsEnd(link.end)
    addImage(link, start: start, label: textStart..<i, end: end, out: out, before: before)
    return end
  }

  private struct Target {
    var url: Range<Int>
    var title: Range<Int>?
    var end: Int
    /// The definition that the URL comes from.
    var definition: KramdownBlocks.Definition?
  }

  /// What a link or image with this label points to (`parse_link`).
  private mutating func target(label: Range<Int>, after: Int) -> Target? {
    var next = bytes.skipWhitespace(from: after)
    if next < bytes.count, bytes[next] == .openBracket, !bracketEndMissing {
      if let close = bytes.find(.closeBracket, from: next + 1) {
        let id = close > next + 1 ? bytes.string((next + 1)..<close) : unescaped(label)
        return reference(id, end: close + 1)
      }
      bracketEndMissing = true
    }
    next = after
    guard next < bytes.count, bytes[next] == .openParen else {
      return reference(unescaped(label), end: after)
    }
    guard let destination = destinations.read(at: next) else { return nil }
    return Target(url: destination.url, title: destination.title, end: destination.end)
  }

  private func reference(_ id: String, end: Int) -> Target? {
    guard !blocks.definitions.isEmpty, let definition = blocks.definitions[LinkLabel.normalize(id)] else {
      return nil
    }
    return Target(url: definition.url, title: definition.title, end: end, definition: definition)
  }

  /// A label without its escapes, as kramdown makes the alternative text and the id.
  private func unescaped(_ range: Range<Int>) -> String { KramdownText.unescape(bytes.string(range)) }

  /// The position behind the span IALs at `position`.
  private func attributeListsEnd(_ position: Int) -> Int {
    var end = position
    while let close = attributeListEnd(end) { end = close }
    return end
  }

  private func attributeListEnd(_ position: Int) -> Int? {
    guard bytes.has("{:", at: position), position + 2 < bytes.count, bytes[position + 2] != .colon,
      bytes[position + 2] != .slash, let close = bytes.closingBrace(from: position + 2), close > position + 2
    else { return nil }
    return close + 1
  }

  private mutating func addImage(
    _ target: Target,
    start: Int,
    label: Range<Int>,
    end: Int,
    out: Int,
    before: Int
  ) {
    // An image in an image's label is part of its alternative text.
    candidates.removeSubrange(before...)
    tokens.removeSubrange(before...)
    guard elements.hidden == 0 else { return }
    let source = target.definition?.text ?? text
    var image = Candidate(
      kind: target.definition == nil ? .markdownInline : .markdownReference,
      range: text.fileRange(start..<target.end),
      urlRange: source.fileRange(target.url),
      url: source.written(target.url, in: file),
      alt: Entities.decode(KramdownText.unescape(text.written(label, in: file))),
      title: target.title.map { Entities.decode(source.written($0, in: file)) },
      contexts: elements.contexts
    )
    for list in target.definition?.attributes ?? [] { apply(list.content, of: list.text, to: &image) }
    if end > target.end {
      image.attributeListRange = text.fileRange(target.end..<end)
      var position = target.end
      while position < end, let close = attributeListEnd(position) {
        apply((position + 2)..<(close - 1), of: text, to: &image)
        position = close
      }
    }
    oracleText.removeSubrange(out...)
    oracleText += [.openBracket] + CmarkOracle.token(tokenPrefix, nextToken) + Array("](z)".utf8)
    image.keepIfDivided(in: file)
    candidates.append(image)
    tokens.append(nextToken)
    nextToken += 1
  }

  /// Adds an attribute list's attributes to an image: classes are joined, everything else overrides, `src`, `alt`
  /// and `title` included.
  private func apply(
    _ range: Range<Int>,
    of source: SourceText,
    to image: inout Candidate,
    depth: Int = 0
  ) {
    let list = AttributeList(source.bytes, range)
    if depth < 8 {
      for name in list.names {
        for definition in blocks.attributeLists[name] ?? [] {
          apply(definition.content, of: definition.text, to: &image, depth: depth + 1)
        }
      }
    }
    if !list.classes.isEmpty {
      let before = image.attributes["class"].map { [$0] } ?? []
      image.attributes["class"] = (before + list.classes).joined(separator: " ")
    }
    if let id = list.id { image.attributes["id"] = id }
    for (key, range) in list.values {
      let written = source.written(range, in: file)
      let value = Entities.decode(AttributeList.unescape(written))
      switch key {
      case "src":
        image.url = written
        image.urlRange = source.fileRange(range)
      case "alt": image.alt = value
      case "title": image.title = value
      case "class":
        let before = image.attributes["class"].map { [$0] } ?? []
        image.attributes["class"] = (before + [value]).joined(separator: " ")
        continue
      default: break
      }
      image.attributes[key.lowercased()] = value
    }
  }
}

/// kramdown's plain text.
enum KramdownText {
  /// `ESCAPED_CHARS`: without the backslashes before characters that have a meaning.
  static func unescape(_ text: String) -> String {
    guard text.utf8.contains(.backslash) else { return text }
    let escapable = Set("\\.*_+`<>()[]{}#!:|\"'$=-".utf8)
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == .backslash, i + 1 < bytes.count, escapable.contains(bytes[i + 1]) { i += 1 }
      out.append(bytes[i])
      i += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Reads what stands in the parentheses of a kramdown link: the URL may hold spaces and balanced parentheses, the
/// title its own quotes.
struct DestinationLexer {
  /// The parts of a destination.
  struct Match {
    var url: Range<Int>
    var title: Range<Int>?
    /// The position behind `)`.
    var end: Int
  }

  private let bytes: [UInt8]
  /// For each `(` the position of its `)`. Computed for the first link.
  private var closings: [Int: Int]?
  private var nextSpaceQuote: (from: Int, at: Int)?
  private var nextTitleEnd: [UInt8: (from: Int, at: Int)] = [:]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the destination whose `(` stands at `position`.
  mutating func read(at position: Int) -> Match? {
    if bytes.has("(<", at: position), let result = angled(at: position) { return result.destination }
    let close = closing(of: position)
    let quote = spaceQuote(after: position)
    if let close, close < quote {
      return Match(url: trimmed((position + 1)..<close), title: nil, end: close + 1)
    }
    guard quote < bytes.count else { return nil }
    return title(from: quote + 1, url: trimmed((position + 1)..<quote))
  }

  /// `(<…>)`; nil where there is no `>` on the line.
  private mutating func angled(at position: Int) -> (destination: Match?, Void)? {
    var end = position + 2
    let limit = min(bytes.count, position + 8192)
    while end < limit, bytes[end] != .greater, bytes[end] != .newline { end += 1 }
    guard end < limit, bytes[end] == .greater else { return nil }
    let url = (position + 2)..<end
    if end + 1 < bytes.count, bytes[end + 1] == .closeParen {
      return (Match(url: url, title: nil, end: end + 2), ())
    }
    let quote = bytes.skipWhitespace(from: end + 1)
    return (title(from: quote, url: url), ())
  }

  private mutating func title(from quote: Int, url: Range<Int>) -> Match? {
    let start = bytes.skipWhitespace(from: quote)
    guard start < bytes.count, bytes[start] == .quote || bytes[start] == .apostrophe else { return nil }
    let close = titleEnd(bytes[start], from: start + 2)
    guard close < bytes.count else { return nil }
    let end = bytes.skipWhitespace(from: close + 1)
    return Match(url: url, title: (start + 1)..<close, end: end + 1)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isWhitespace { start += 1 }
    while end > start, bytes[end - 1].isWhitespace { end -= 1 }
    return start..<end
  }

  private mutating func closing(of position: Int) -> Int? {
    if closings == nil {
      var pairs: [Int: Int] = [:]
      var open: [Int] = []
      for i in 0..<bytes.count {
        if bytes[i] == .openParen {
          open.append(i)
        } else if bytes[i] == .closeParen, let start = open.popLast() {
          pairs[start] = i
        }
      }
      closings = pairs
    }
    return closings?[position]
  }

  /// The next whitespace that a quote follows, or the end.
  private mutating func spaceQuote(after position: Int) -> Int {
    if let cached = nextSpaceQuote, cached.from <= position, position < cached.at { return cached.at }
    var i = position + 1
    while i + 1 < bytes.count {
      if bytes[i].isWhitespace, bytes[i + 1] == .quote || bytes[i + 1] == .apostrophe { break }
      i += 1
    }
    let at = i + 1 < bytes.count ? i : bytes.count
    nextSpaceQuote = (position, at)
    return at
  }

  /// The next quote that `)` follows, with or without whitespace between, or the end.
  private mutating func titleEnd(_ quote: UInt8, from position: Int) -> Int {
    if let cached = nextTitleEnd[quote], cached.from <= position, position <= cached.at { return cached.at }
    var i = position
    var at = bytes.count
    while let close = bytes.find(quote, from: i) {
      let next = bytes.skipWhitespace(from: close + 1)
      if next < bytes.count, bytes[next] == .closeParen {
        at = close
        break
      }
      i = close + 1
    }
    nextTitleEnd[quote] = (position, at)
    return at
  }
}
