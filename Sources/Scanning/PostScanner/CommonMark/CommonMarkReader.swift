import AssetModel

/// Markdown after the CommonMark specification, with what Hugo's goldmark adds to it.
///
/// A lexer that knows no blocks finds every place that could be an image; cmark-gfm says which of them are. Ranges
/// come from the lexer alone, and only those are kept in which the URL reads as the oracle read it.
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
    guard !tokens.places.isEmpty else { return [] }
    let verdicts = CommonMarkOracle.judge(tokens.text, prefix: prefix)
    var places = CommonMarkPlaces(file: file, masked: masked, text: text, places: tokens.places)
    var found: [Candidate] = []
    for index in verdicts.keys.sorted() {
      guard let verdict = verdicts[index], index < tokens.places.count else { continue }
      switch verdict.shown {
      case .image(let url, let definition, let title, let alt):
        guard
          let image = places.image(
            tokens.places[index],
            url: url,
            definition: definition,
            title: title,
            alt: alt,
            contexts: verdict.contexts
          )
        else { continue }
        found.append(image)
      case .tag(let attributes):
        found += places.tag(tokens.places[index], attributes: attributes, contexts: verdict.contexts)
      }
    }
    return found.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}

/// Makes candidates of places that the oracle calls images.
struct CommonMarkPlaces {
  private let file: [UInt8]
  private let masked: [UInt8]
  private let text: SourceText
  private let places: [CommonMarkTokens.Position]
  private var lexer: CommonMarkLexer
  private var tables: MarkdownTables

  init(file: [UInt8], masked: [UInt8], text: SourceText, places: [CommonMarkTokens.Position]) {
    self.file = file
    self.masked = masked
    self.text = text
    self.places = places
    lexer = CommonMarkLexer(text.bytes)
    tables = MarkdownTables(text.bytes)
  }

  /// The image at a place; nil where its parts do not read as the oracle read them.
  mutating func image(
    _ place: CommonMarkTokens.Position,
    url: [UInt8],
    definition: Int?,
    title: String,
    alt: String,
    contexts: Set<Reference.Context>
  ) -> Candidate? {
    guard case .image = place.kind else { return nil }
    let source: SourceText
    let found: CommonMarkLexer.Image?
    if isQuoted(place) {
      source = unquoted(from: place.start)
      var lexer = CommonMarkLexer(source.bytes)
      found = lexer.image(at: 0)
    } else {
      source = text
      found = lexer.image(at: place.start)
    }
    guard let found else { return nil }
    var image = Candidate(
      kind: .markdownInline,
      range: source.fileRange(found.label.lowerBound - 2..<found.end),
      urlRange: ByteRange(0, 0),
      url: "",
      syntax: .commonMark,
      contexts: contexts
    )
    var titleRange: Range<Int>?
    if case .inline(let place, let title) = found.target {
      guard Self.reads(source.bytes, place, as: url) else { return nil }
      image.urlRange = source.fileRange(place)
      image.url = source.written(place, in: file)
      titleRange = title
    } else {
      guard let definition, definition < places.count,
        case .definition(let place) = places[definition].kind, Self.reads(text.bytes, place, as: url)
      else { return nil }
      image.kind = .markdownReference
      image.urlRange = text.fileRange(place)
      image.url = text.written(place, in: file)
    }
    if tables.contain(place.start) {
      if MarkdownTables.hasSeparator(source.bytes, found.label.lowerBound..<found.end) { return nil }
      image.contexts.insert(.table)
    }
    image.keepIfDivided(in: file)
    let isMasked = !file[image.range.range].elementsEqual(masked[image.range.range])
    image.alt = isMasked ? Self.decode(source.written(found.label, in: file)) : alt
    if isMasked, let titleRange {
      image.title = Self.decode(source.written(titleRange, in: file))
    } else if !title.isEmpty {
      image.title = title
    }
    return image
  }

  /// The references of the tag at a place; none where it does not read as the oracle read it.
  mutating func tag(
    _ place: CommonMarkTokens.Position,
    attributes: [(name: String, value: [UInt8]?)],
    contexts: Set<Reference.Context>
  ) -> [Candidate] {
    guard case .tag = place.kind else { return [] }
    let source = isQuoted(place) ? unquoted(from: place.start) : text
    let start = isQuoted(place) ? 0 : place.start
    guard let tag = HTMLTag(source.bytes, at: start, grammar: .browser),
      tag.attributes.count == attributes.count,
      zip(tag.attributes, attributes).allSatisfy({ ours, judged in
        ours.name == judged.name && Self.isSame(ours.value.map { source.bytes[$0] }, judged.value)
      })
    else { return [] }
    var around = contexts
    if tables.contain(place.start) { around.insert(.table) }
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

  /// Whether the place's line begins with the mark of a quote, so that its construct's other lines do.
  private func isQuoted(_ place: CommonMarkTokens.Position) -> Bool {
    let end = min(CommonMarkLexer.skipMarks(text.bytes, from: place.line), place.start)
    return text.bytes[place.line..<max(place.line, end)].contains(.greater)
  }

  /// The text from a place to the end of its paragraph, without the marks of quotes.
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
  /// From the header's row to the blank line behind the table, in order. Made when first asked for.
  private var regions: [Range<Int>]?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether a place is in a table.
  mutating func contain(_ position: Int) -> Bool {
    let known = regions ?? find()
    regions = known
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if known[middle].upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low].contains(position)
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
    var found: [Range<Int>] = []
    var previous: Int?
    var line = 0
    while line < bytes.count {
      let end = bytes.lineEnd(from: line)
      if let header = previous, isDelimiterRow(line..<end) {
        var rest = end
        while rest < bytes.count, bytes.blankLineEnd(from: rest) == nil { rest = bytes.lineEnd(from: rest) }
        found.append(header..<rest)
        line = rest
        previous = nil
        continue
      }
      previous = bytes.blankLineEnd(from: line) == nil ? line : nil
      line = end
    }
    return found
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
