/// The copy of a post that the oracle reads: every possible image, and every definition that may name one, carries its
/// own token.
///
/// An image's token begins its label (`![` becomes `![zq17e,`), a tag's is an attribute (`<img` becomes `<img zq17h`),
/// a definition's ends its URL. Tokens are letters and digits, and the comma has the same effect on emphasis as the
/// bracket before it, so that the surrounding text parses as before.
struct CommonMarkTokens {
  /// The kinds of positions.
  enum Kind {
    case image
    case tag
    /// The URL.
    case definition(Range<Int>)
  }

  /// A position in the text.
  struct Position {
    var kind: Kind
    /// The position of its first byte.
    var start: Int
    /// The position of its line.
    var line: Int
  }

  /// The positions; a token's number is an index here.
  private(set) var positions: [Position] = []
  /// The text with the tokens.
  private(set) var text: [UInt8] = []

  private let bytes: [UInt8]
  private let prefix: [UInt8]
  private var insertions: [(at: Int, bytes: [UInt8])] = []

  /// Puts tokens into a text.
  init(_ bytes: [UInt8], prefix: String) {
    self.bytes = bytes
    self.prefix = Array(prefix.utf8)
    let hasDefinitions = bytes.find("]:", from: 0) != nil
    let hasFootnotes = hasDefinitions && bytes.find("[^", from: 0) != nil
    var lexer = CommonMarkLexer(bytes)
    var line = 0
    if hasDefinitions { addDefinition(line) }
    var i = 0
    let last = bytes.count - 1
    while i < last {
      switch bytes[i] {
      case .newline:
        line = i + 1
        if hasDefinitions { addDefinition(line) }
      case .bang where bytes[i + 1] == .openBracket:
        // `![^1]` is `!` and a footnote where that footnote is defined.
        if hasFootnotes, i + 2 < bytes.count, bytes[i + 2] == .caret, isFootnote(at: i + 1) { break }
        add(.image, at: i, line: line, token: i + 2, mark: "e,")
        if hasDefinitions { addID(at: i, &lexer) }
      case .less:
        guard let end = Self.tagNameEnd(bytes, from: i + 1) else { break }
        add(.tag, at: i, line: line, token: end, mark: "h", leading: .space)
      default: break
      }
      i += 1
    }
    build()
  }

  /// The end of the name of a tag that may show an image.
  private static func tagNameEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var end = start
    while end < bytes.count, end - start < 7, bytes[end].isLetter { end += 1 }
    guard end < bytes.count, bytes[end].isWhitespace || bytes[end] == .slash || bytes[end] == .greater else {
      return nil
    }
    switch (bytes[start] | 0x20, end - start) {
    case (UInt8(ascii: "i"), 3), (UInt8(ascii: "i"), 5), (UInt8(ascii: "s"), 6), (UInt8(ascii: "v"), 5): break
    default: return nil
    }
    switch bytes.string(start..<end).lowercased() {
    case "img", "image", "source", "video": return end
    default: return nil
    }
  }

  private mutating func add(
    _ kind: Kind,
    at start: Int,
    line: Int,
    token: Int,
    mark: StaticString,
    leading: UInt8? = nil
  ) {
    var inserted: [UInt8] = []
    if let leading { inserted.append(leading) }
    inserted += prefix
    inserted += Array(String(positions.count).utf8)
    for i in 0..<mark.utf8CodeUnitCount { inserted.append(mark.utf8Start[i]) }
    insertions.append((token, inserted))
    positions.append(Position(kind: kind, start: start, line: line))
  }

  private mutating func addDefinition(_ line: Int) {
    guard let url = CommonMarkLexer.definitionURL(bytes, line: line) else { return }
    add(.definition(url), at: url.lowerBound, line: line, token: url.upperBound, mark: "d")
  }

  /// A token changes the label, and so the id of an image whose label is its id: that is written out.
  private mutating func addID(at start: Int, _ lexer: inout CommonMarkLexer) {
    guard let image = lexer.image(at: start), !image.labelHasBrackets, !image.label.isEmpty,
      image.label.count < 1000
    else { return }
    switch image.target {
    case .inline, .full: break
    case .collapsed(let position): insertions.append((position, Array(bytes[image.label])))
    case .shortcut:
      insertions.append((image.end, [.openBracket] + bytes[image.label] + [.closeBracket]))
    }
  }

  /// Whether the footnote used at `start` is defined somewhere.
  private func isFootnote(at start: Int) -> Bool {
    let limit = min(bytes.count, start + 256)
    guard let close = bytes[start..<limit].firstIndex(of: .closeBracket) else { return false }
    let mark = Array(bytes[start...close]) + [.colon]
    var line = 0
    while line < bytes.count {
      let text = CommonMarkLexer.skipMarks(bytes, from: line)
      if bytes[text...].starts(with: mark) { return true }
      line = bytes.lineEnd(from: line)
    }
    return false
  }

  private mutating func build() {
    guard !positions.isEmpty else { return }
    // Those of definitions and ids were inserted before those between them.
    insertions.sort { $0.at < $1.at }
    text.reserveCapacity(bytes.count + insertions.reduce(0) { $0 + $1.bytes.count })
    var from = 0
    for insertion in insertions {
      text += bytes[from..<insertion.at]
      text += insertion.bytes
      from = insertion.at
    }
    text += bytes[from...]
  }
}

/// Reads tokens in what the oracle returns.
struct CommonMarkTokenReader {
  /// A token's position in a text.
  struct Match {
    var index: Int
    var mark: UInt8
    /// The token with what was put there for it.
    var range: Range<Int>
  }

  let prefix: [UInt8]

  init(prefix: String) { self.prefix = Array(prefix.utf8) }

  /// The token at `position`.
  func token(_ bytes: [UInt8], at position: Int) -> Match? {
    let start = position + prefix.count
    guard start < bytes.count, bytes[position] == prefix.first,
      bytes[position..<start].elementsEqual(prefix)
    else { return nil }
    var i = start
    var index = 0
    while i < bytes.count, bytes[i].isDigit, i - start < 9 {
      index = index * 10 + Int(bytes[i] - UInt8(ascii: "0"))
      i += 1
    }
    guard i > start, i < bytes.count else { return nil }
    switch bytes[i] {
    case UInt8(ascii: "e"):
      guard i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: ",") else { return nil }
      return Match(index: index, mark: bytes[i], range: position..<(i + 2))
    case UInt8(ascii: "h"):
      let hasSpace = position > 0 && bytes[position - 1] == .space
      return Match(index: index, mark: bytes[i], range: (hasSpace ? position - 1 : position)..<(i + 1))
    case UInt8(ascii: "d"): return Match(index: index, mark: bytes[i], range: position..<(i + 1))
    default: return nil
    }
  }

  /// The text without tokens, and the number of the last definition's token in it.
  func strip(_ bytes: [UInt8]) -> (bytes: [UInt8], definition: Int?) {
    guard let first = prefix.first, bytes.count > prefix.count else { return (bytes, nil) }
    var out: [UInt8] = []
    var definition: Int?
    var from = 0
    var i = 0
    while let start = bytes.find(first, from: i) {
      if let match = token(bytes, at: start) {
        if match.mark == UInt8(ascii: "d") { definition = match.index }
        if match.range.lowerBound > from { out += bytes[from..<match.range.lowerBound] }
        from = match.range.upperBound
        i = from
      } else {
        i = start + 1
      }
    }
    guard from > 0 else { return (bytes, nil) }
    out += bytes[from...]
    return (out, definition)
  }
}
