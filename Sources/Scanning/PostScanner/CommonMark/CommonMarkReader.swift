import AssetModel

/// Markdown after the CommonMark specification, with what Hugo's goldmark adds to it.
///
/// A lexer without knowledge of blocks finds every candidate; cmark-gfm decides which of them are images. Ranges come
/// from the lexer alone, and only those are used whose URL is the one that the oracle read.
struct CommonMarkReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    guard ImageHint.hasMarkdown(masked, body) || ImageHint.hasTag(masked, body) else { return [] }
    let hasMark = body.lowerBound == 0 && masked.starts(with: [0xEF, 0xBB, 0xBF])
    let text = SourceText(masked: masked, range: (hasMark ? 3 : body.lowerBound)..<body.upperBound)
    return candidates(file: file, masked: masked, text: text)
  }

  /// The images of a text.
  func candidates(file: [UInt8], masked: [UInt8], text: SourceText) -> [Candidate] {
    let prefix = CmarkOracle.tokenPrefix(for: text.bytes)
    let tokens = CommonMarkTokens(text.bytes, prefix: prefix)
    guard !tokens.positions.isEmpty else { return [] }
    let verdicts = CommonMarkOracle.judge(tokens.text, prefix: prefix)
    var builder = CommonMarkCandidates(file: file, masked: masked, text: text, positions: tokens.positions)
    var candidates: [Candidate] = []
    for index in verdicts.keys.sorted() {
      guard let verdict = verdicts[index], index < tokens.positions.count else { continue }
      switch verdict.rendering {
      case .image(let url, let definition, let title, let alt):
        guard
          let image = builder.image(
            tokens.positions[index],
            url: url,
            definition: definition,
            title: title,
            alt: alt,
            contexts: verdict.contexts
          )
        else { continue }
        candidates.append(image)
      case .tag(let attributes):
        candidates += builder.tag(tokens.positions[index], attributes: attributes, contexts: verdict.contexts)
      }
    }
    return candidates.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}

/// Makes candidates of the positions that are images for the oracle.
struct CommonMarkCandidates {
  private let file: [UInt8]
  private let masked: [UInt8]
  private let text: SourceText
  private let positions: [CommonMarkTokens.Position]
  private var lexer: CommonMarkLexer
  private var tables: MarkdownTables

  init(file: [UInt8], masked: [UInt8], text: SourceText, positions: [CommonMarkTokens.Position]) {
    self.file = file
    self.masked = masked
    self.text = text
    self.positions = positions
    lexer = CommonMarkLexer(text.bytes)
    tables = MarkdownTables(text.bytes)
  }

  /// The image at a position; nil if its parts are not those that the oracle read.
  mutating func image(
    _ position: CommonMarkTokens.Position,
    url: [UInt8],
    definition: Int?,
    title: String,
    alt: String,
    contexts: Set<Reference.Context>
  ) -> Candidate? {
    guard case .image = position.kind else { return nil }
    let source: SourceText
    let match: CommonMarkLexer.Image?
    if isQuoted(position) {
      source = unquoted(from: position.start)
      var lexer = CommonMarkLexer(source.bytes)
      match = lexer.image(at: 0)
    } else {
      source = text
      match = lexer.image(at: position.start)
    }
    guard let match else { return nil }
    var image = Candidate(
      kind: .markdownInline,
      range: source.fileRange(match.label.lowerBound - 2..<match.end),
      urlRange: ByteRange(0, 0),
      url: "",
      syntax: .commonMark,
      contexts: contexts
    )
    var titleRange: Range<Int>?
    if case .inline(let range, let title) = match.target {
      guard Self.reads(source.bytes, range, as: url) else { return nil }
      image.urlRange = source.fileRange(range)
      image.url = source.written(range, in: file)
      titleRange = title
    } else {
      guard let definition, definition < positions.count,
        case .definition(let range) = positions[definition].kind, Self.reads(text.bytes, range, as: url)
      else { return nil }
      image.kind = .markdownReference
      image.urlRange = text.fileRange(range)
      image.url = text.written(range, in: file)
    }
    if tables.contain(position.start) {
      if MarkdownTables.hasSeparator(source.bytes, match.label.lowerBound..<match.end) { return nil }
      image.contexts.insert(.table)
    }
    image.keepIfDivided(in: file)
    let isMasked = !file[image.range.range].elementsEqual(masked[image.range.range])
    image.alt = isMasked ? Self.decode(source.written(match.label, in: file)) : alt
    if isMasked, let titleRange {
      image.title = Self.decode(source.written(titleRange, in: file))
    } else if !title.isEmpty {
      image.title = title
    }
    return image
  }

  /// The references of the tag at a position; none where it does not read as the oracle read it.
  mutating func tag(
    _ position: CommonMarkTokens.Position,
    attributes: [(name: String, value: [UInt8]?)],
    contexts: Set<Reference.Context>
  ) -> [Candidate] {
    guard case .tag = position.kind else { return [] }
    let source = isQuoted(position) ? unquoted(from: position.start) : text
    let start = isQuoted(position) ? 0 : position.start
    guard let tag = HTMLTag(source.bytes, at: start, grammar: .browser),
      tag.attributes.count == attributes.count,
      zip(tag.attributes, attributes).allSatisfy({ ours, judged in
        ours.name == judged.name && Self.isSame(ours.value.map { source.bytes[$0] }, judged.value)
      })
    else { return [] }
    var around = contexts
    if tables.contain(position.start) { around.insert(.table) }
    return HTMLReferences.candidates(tag, in: source, file: file, contexts: around)
  }

  /// Whether two values are the same but for the indent of their lines, which blocks take away.
  private static func isSame(_ ours: ArraySlice<UInt8>?, _ judged: [UInt8]?) -> Bool {
    guard let ours, let judged else { return ours == nil && judged == nil }
    if ours.elementsEqual(judged) { return true }
    return ours.filter { !$0.isWhitespace } == judged.filter { !$0.isWhitespace }
  }

  /// Whether a URL in the source means what the oracle read.
  private static func reads(_ bytes: [UInt8], _ range: Range<Int>, as url: [UInt8]) -> Bool {
    if bytes[range].elementsEqual(url) { return true }
    let text = bytes.string(range)
    // The specification decodes both at once, cmark the entities first.
    return Array(decode(text).utf8) == url
      || Array(CommonMarkText.unescape(Entities.decode(text)).utf8) == url
  }

  private static func decode(_ text: String) -> String { Entities.decode(CommonMarkText.unescape(text)) }

  // MARK: Quotes

  /// Whether the position's line begins with a quote mark, so that further lines of its construct do, too.
  private func isQuoted(_ position: CommonMarkTokens.Position) -> Bool {
    let end = min(CommonMarkLexer.skipMarks(text.bytes, from: position.line), position.start)
    return text.bytes[position.line..<max(position.line, end)].contains(.greater)
  }

  /// The text from a position to the end of its paragraph, without quote marks.
  private func unquoted(from start: Int) -> SourceText {
    let bytes = text.bytes
    var part = SourceText()
    var position = start
    while position < bytes.count {
      let end = bytes.lineEnd(from: position)
      part.append(text, position..<end)
      position = end
      while position < bytes.count, bytes[position].isBlank || bytes[position] == .greater { position += 1 }
      if position >= bytes.count || bytes[position] == .newline { break }
    }
    return part
  }
}

/// The tables of a post (the tables of GitHub's Markdown, which goldmark and most others read).
///
/// Whether a table is in code makes no difference to those who ask: they ask about images.
struct MarkdownTables {
  private let bytes: [UInt8]
  /// From the header's row to the blank line after the table, in order. Computed on first use.
  private var regions: [Range<Int>]?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether a position is in a table.
  mutating func contain(_ position: Int) -> Bool {
    let tables = regions ?? find()
    regions = tables
    var low = 0
    var high = tables.count
    while low < high {
      let middle = (low + high) / 2
      if tables[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < tables.count && tables[low].contains(position)
  }

  /// Whether a `|` in a range would end a cell.
  static func hasSeparator(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if bytes[i] == .backslash {
        i += 2
      } else if bytes[i] == .pipe {
        return true
      } else {
        i += 1
      }
    }
    return false
  }

  private func find() -> [Range<Int>] {
    guard bytes.find(.pipe, from: 0) != nil else { return [] }
    var tables: [Range<Int>] = []
    var previous: Int?
    var line = 0
    while line < bytes.count {
      let end = bytes.lineEnd(from: line)
      if let header = previous, isDelimiterRow(line..<end) {
        var rest = end
        while rest < bytes.count, bytes.blankLineEnd(from: rest) == nil { rest = bytes.lineEnd(from: rest) }
        tables.append(header..<rest)
        line = rest
        previous = nil
        continue
      }
      previous = bytes.blankLineEnd(from: line) == nil ? line : nil
      line = end
    }
    return tables
  }

  /// `|---|:-:|`, behind the marks of quotes.
  private func isDelimiterRow(_ range: Range<Int>) -> Bool {
    var pipes = 0
    var dashes = 0
    for byte in bytes[range] {
      switch byte {
      case .pipe: pipes += 1
      case .dash: dashes += 1
      case .colon, .greater: break
      default: guard byte.isWhitespace else { return false }
      }
    }
    return pipes > 0 && dashes > 0
  }
}
