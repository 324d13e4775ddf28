import AssetModel

/// Textile as RedCloth reads it (4.3): pictures between exclamation marks, and HTML.
struct TextileReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    var mask = TextileMask(masked, body)
    mask.apply()
    let text = SourceText(masked: mask.text, range: body)
    let images =
      TextileImages.candidates(in: text, file: file)
      + HTMLReferences.candidates(in: SourceText(masked: mask.html, range: body), file: file)
    return images.sorted { ($0.range.start, $0.urlRange.start) < ($1.range.start, $1.urlRange.start) }
  }
}

/// Takes out of a post what is shown as it is written.
private struct TextileMask {
  /// The post without code, and without HTML.
  private(set) var text: [UInt8]
  /// The post without code.
  private(set) var html: [UInt8]
  private let bytes: [UInt8]
  private let body: Range<Int>
  private var unclosed: Set<String> = []

  init(_ bytes: [UInt8], _ body: Range<Int>) {
    self.bytes = bytes
    self.body = body
    text = bytes
    html = bytes
  }

  mutating func apply() {
    var line = body.lowerBound
    while line < body.upperBound {
      let end = blockEnd(line)
      line = block(line..<end)
    }
  }

  /// The start of the blank line behind a block, or the end.
  private func blockEnd(_ start: Int) -> Int {
    var line = start
    while line < body.upperBound {
      let end = bytes.find(.newline, in: line..<body.upperBound) ?? body.upperBound
      if bytes[line..<end].allSatisfy(\.isWhitespace) { return max(line, start + 1) }
      // Below the end of an element another block begins at once.
      let isEnd =
        bytes[start] == .less && bytes[end - 1] == .greater && Self.isBlockEnd(bytes.string(line..<end))
      line = end + 1
      if isEnd, line < body.upperBound, Self.mark(bytes, line..<body.upperBound) != nil { return line }
    }
    return body.upperBound
  }

  private static func isBlockEnd(_ line: String) -> Bool {
    ["div", "p", "notextile", "pre", "table", "ul", "ol", "blockquote", "section", "figure"].contains {
      line.hasSuffix("</\($0)>")
    }
  }

  /// Masks a block, and returns the position behind it.
  private mutating func block(_ range: Range<Int>) -> Int {
    if bytes[range.lowerBound] == .pipe { return table(range) }
    guard let mark = Self.mark(bytes, range), ["bc", "pre", "notextile"].contains(mark.name) else {
      return spans(range)
    }
    var end = range.upperBound
    if mark.isLong {
      while end < body.upperBound {
        let next = bytes.skipWhitespace(from: end)
        guard next < body.upperBound,
          Self.mark(bytes, next..<body.upperBound).map({ $0.name.hasPrefix("fn") }) ?? true
        else { break }
        end = blockEnd(next)
      }
    }
    fill(range.lowerBound..<end, keepsHTML: mark.name == "notextile")
    return end
  }

  /// Masks a table. What stands below its last row in the same block is shown as it is written.
  private mutating func table(_ range: Range<Int>) -> Int {
    var line = range.lowerBound
    while line < range.upperBound, bytes[line] == .pipe {
      line = min(
        bytes.find(.newline, in: line..<range.upperBound).map { $0 + 1 } ?? range.upperBound, range.upperBound
      )
    }
    _ = spans(range.lowerBound..<line)
    fill(line..<range.upperBound, keepsHTML: true)
    return range.upperBound
  }

  /// The name that a block begins with: `bc.`, `p(class).`, `bq..`.
  private static func mark(_ bytes: [UInt8], _ range: Range<Int>) -> (name: String, isLong: Bool)? {
    var i = range.lowerBound
    while i < range.upperBound, bytes[i].isLetter || bytes[i].isDigit { i += 1 }
    let name = bytes.string(range.lowerBound..<i)
    let isNumbered = name.hasPrefix("fn") || name.hasPrefix("h") && name.count == 2
    guard isNumbered || ["bc", "bq", "div", "notextile", "p", "pre", "table"].contains(name) else {
      return nil
    }
    while i < range.upperBound, bytes[i] != UInt8(ascii: "."), !bytes[i].isWhitespace { i += 1 }
    guard i < range.upperBound, bytes[i] == UInt8(ascii: ".") else { return nil }
    let isLong = bytes.has("..", at: i)
    let space = i + (isLong ? 2 : 1)
    return space < range.upperBound && bytes[space].isWhitespace ? (name, isLong) : nil
  }

  // MARK: Spans

  /// Masks the spans of a block, and returns the position behind it: elements reach over blank lines.
  private mutating func spans(_ range: Range<Int>) -> Int {
    var i = range.lowerBound
    while i < range.upperBound {
      switch bytes[i] {
      case .less:
        i = element(at: i, isFirst: i == range.lowerBound)
      case UInt8(ascii: "@") where isCode(i):
        i = closed("@", "@", i, range.upperBound) { $0.fill($1, keepsHTML: false) } ?? i + 1
      case .equals where bytes.has("==", at: i):
        i = closed("==", "==", i, range.upperBound) { $0.fill($1, keepsHTML: true) } ?? i + 2
      default: i += 1
      }
    }
    return max(i, range.upperBound)
  }

  /// Whether a sign begins code: no letter in front, no blank behind.
  private func isCode(_ i: Int) -> Bool {
    let before = i > body.lowerBound ? bytes[i - 1] : .space
    return !before.isLetter && !before.isDigit && before < 0x80 && i + 1 < body.upperBound
      && !bytes[i + 1].isWhitespace
  }

  private mutating func element(at i: Int, isFirst: Bool) -> Int {
    for (open, close, keepsHTML) in [
      ("<!--", "-->", true), ("<notextile>", "</notextile>", true), ("<pre", "</pre>", false),
      ("<code", "</code>", false), ("<script", "</script>", true), ("<style", "</style>", true),
    ] where bytes[i...].prefix(open.utf8.count).elementsEqual(open.utf8) && (isFirst || open != "<pre") {
      if let end = closed(open, close, i, body.upperBound, { $0.fill($1, keepsHTML: keepsHTML) }) {
        return end
      }
    }
    // Signs in a tag's attributes are none of the text's.
    guard i + 1 < body.upperBound, bytes[i + 1].isLetter || bytes[i + 1] == .slash,
      let end = bytes.find(.greater, in: i..<min(body.upperBound, i + 8192))
    else { return i + 1 }
    fill(i..<end + 1, keepsHTML: true)
    return end + 1
  }

  private mutating func closed(
    _ open: String, _ close: String, _ start: Int, _ limit: Int, _ act: (inout Self, Range<Int>) -> Void
  ) -> Int? {
    let isElement = open.hasPrefix("<")
    guard !isElement || !unclosed.contains(open) else { return nil }
    let wanted = Array(close.utf8)
    var i = start + open.utf8.count
    while i + wanted.count <= limit {
      if bytes[i] == wanted[0], i > start + open.utf8.count, bytes[i..<i + wanted.count].elementsEqual(wanted)
      {
        act(&self, start..<i + wanted.count)
        return i + wanted.count
      }
      i += 1
    }
    if isElement { unclosed.insert(open) }
    return nil
  }

  private mutating func fill(_ range: Range<Int>, keepsHTML: Bool) {
    for i in range where bytes[i] != .newline {
      text[i] = .filler
      if !keepsHTML { html[i] = .filler }
    }
  }
}

/// Pictures between exclamation marks.
private enum TextileImages {
  static func candidates(in text: SourceText, file: [UInt8]) -> [Candidate] {
    let bytes = text.bytes
    var candidates: [Candidate] = []
    var i = 0
    while let start = bytes.find(.bang, from: i) {
      i = start + 1
      guard let end = self.end(bytes, from: start + 1), let inner = image(bytes, start + 1..<end) else {
        continue
      }
      i = end + 1
      var image = Candidate.markup(text, start..<end + 1, url: inner.url, text.written(inner.url, in: file))
      image.alt = inner.title.map { text.written($0, in: file).replacing("\n", with: " ") }
      if i < bytes.count, bytes[i] == .colon { image.contexts.insert(.link) }
      candidates.append(image)
    }
    return candidates
  }

  /// The mark that ends a picture: the next one of its paragraph.
  private static func end(_ bytes: [UInt8], from start: Int) -> Int? {
    var i = start
    while i < bytes.count, i - start < 8192 {
      if bytes[i] == .bang { return i > start ? i : nil }
      if bytes[i] == .newline, bytes.has("\n", at: bytes.skipBlanks(from: i + 1)) { return nil }
      i += 1
    }
    return nil
  }

  /// The address and the text between the marks; nil where they are no picture.
  private static func image(_ bytes: [UInt8], _ range: Range<Int>) -> (url: Range<Int>, title: Range<Int>?)? {
    var start = range.lowerBound
    let pairs: [UInt8: UInt8] = [
      .openParen: .closeParen, .openBrace: .closeBrace, .openBracket: .closeBracket,
    ]
    // How it is aligned, and its classes and styles.
    while start < range.upperBound {
      if "<>=".utf8.contains(bytes[start]) {
        start += 1
      } else if let close = pairs[bytes[start]], let end = bytes.find(close, in: start..<range.upperBound) {
        start = end + 1
      } else {
        break
      }
    }
    var end = range.upperBound
    var title: Range<Int>?
    if end > start, bytes[end - 1] == .closeParen {
      var depth = 0
      var i = end - 1
      repeat {
        if bytes[i] == .closeParen { depth += 1 }
        if bytes[i] == .openParen { depth -= 1 }
        i -= 1
      } while depth > 0 && i >= start
      if depth == 0, i >= start {
        title = i + 2..<end - 1
        end = i + 1
      }
    }
    guard end > start, !bytes[start..<end].contains(where: \.isWhitespace) else { return nil }
    return (start..<end, title)
  }
}
