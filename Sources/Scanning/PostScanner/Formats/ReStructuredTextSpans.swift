import AssetModel

/// The images of text with inline markup: names between bars that stand for an image, and roles that are raw HTML. Markup does
/// not nest, so that a name in emphasis or in a literal is none.
struct ReStructuredTextSpans {
  private(set) var candidates: [Candidate] = []
  private let file: [UInt8]
  private let substitutions: [String: ReStructuredTextPiece]
  private let folded: [String: String]
  private let htmlRoles: Set<String>
  private let targets: Set<String>
  /// How many bytes may still be searched for the ends of markup.
  private var budget: Int

  init(file: [UInt8], _ blocks: ReStructuredTextBlocks) {
    self.file = file
    substitutions = blocks.substitutions
    folded = Dictionary(substitutions.keys.map { ($0.lowercased(), $0) }) { first, _ in first }
    htmlRoles = blocks.htmlRoles
    targets = blocks.targets
    budget = 64 * file.count + 65_536
  }

  /// Adds the images of a piece. Where a substitution is used, they stand at its use.
  mutating func add(_ piece: ReStructuredTextPiece, at use: ByteRange? = nil, depth: Int = 0) {
    switch piece {
    case .image(var image):
      if let use { image.range = use }
      candidates.append(image)
    case .html(let text): candidates += HTMLReferences.candidates(in: text, file: file)
    case .text(let text): read(text, use, depth)
    }
  }

  private mutating func read(_ text: SourceText, _ use: ByteRange?, _ depth: Int) {
    let bytes = text.bytes
    // A text that names itself, or many that name others twice.
    guard depth < 8 else { return }
    var i = 0
    while i < bytes.count, budget > 0 {
      if bytes[i] == .backslash {
        i += 2
        continue
      }
      guard let span = Self.start(bytes, at: i) else {
        i += 1
        continue
      }
      guard let end = self.end(bytes, of: span) else {
        i = span.inner
        continue
      }
      i = end.next
      let inner = span.inner..<end.inner
      if span.mark == .pipe {
        budget -= 64
        // A link that leads nowhere is shown as text.
        let isLink = bytes[i - 1] == .underscore
        guard let piece = substitution(bytes.string(inner)), !isLink || hasTarget(bytes, inner, i) else {
          continue
        }
        add(piece, at: use ?? text.fileRange(span.start..<end.next), depth: depth + 1)
      } else if let role = span.role ?? end.role, htmlRoles.contains(role) {
        add(.html(text.part(inner)), depth: depth + 1)
      }
    }
  }

  private func hasTarget(_ bytes: [UInt8], _ name: Range<Int>, _ end: Int) -> Bool {
    if bytes[end - 2] == .underscore { return true }
    let words = bytes.string(name).lowercased().split(whereSeparator: \.isWhitespace)
    return targets.contains(words.joined(separator: " "))
  }

  private func substitution(_ name: String) -> ReStructuredTextPiece? {
    let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return substitutions[name] ?? folded[name.lowercased()].flatMap { substitutions[$0] }
  }

  // MARK: Marks

  private struct Start {
    var start: Int
    /// The first byte behind the mark.
    var inner: Int
    var mark: UInt8
    var length: Int
    var role: String?
  }

  /// The mark that begins at a position (`inline_markup_recognition_rules`).
  private static func start(_ bytes: [UInt8], at position: Int) -> Start? {
    guard "*`|_:".utf8.contains(bytes[position]), mayFollow(bytes, position) else { return nil }
    var start = Start(start: position, inner: position, mark: bytes[position], length: 1)
    if start.mark == .colon {
      guard let close = nameEnd(bytes, from: position + 1), bytes.has(":`", at: close) else { return nil }
      start.role = bytes.string(position + 1..<close).lowercased()
      start.inner = close + 1
      start.mark = .backtick
    } else if start.mark == .underscore {
      guard bytes.has("_`", at: position) else { return nil }
      start.inner += 1
      start.mark = .backtick
    } else if start.mark != .pipe, position + 1 < bytes.count, bytes[position + 1] == start.mark {
      start.length = 2
    }
    start.inner += start.length
    guard start.inner < bytes.count, !bytes[start.inner].isWhitespace,
      start.mark != .pipe || bytes[start.inner] != .pipe
    else { return nil }
    // A mark in quotes is not meant as one.
    if position > 0, let close = closing[bytes[position - 1]], bytes[start.inner] == close { return nil }
    return start
  }

  private static let closing: [UInt8: UInt8] = [
    .quote: .quote, .apostrophe: .apostrophe, .openParen: .closeParen, .openBracket: .closeBracket,
    .openBrace: .closeBrace, .less: .greater,
  ]

  private mutating func end(_ bytes: [UInt8], of start: Start) -> (inner: Int, next: Int, role: String?)? {
    let isLiteral = start.mark == .backtick && start.length == 2
    var i = start.inner
    while i < bytes.count {
      budget -= 1
      guard budget > 0 else { return nil }
      if bytes[i] == .backslash, !isLiteral {
        i += 2
        continue
      }
      let isMark = bytes[i] == start.mark && (start.length == 1 || bytes.has(start.mark, twiceAt: i))
      guard isMark, i > start.inner, !bytes[i - 1].isWhitespace else {
        i += 1
        continue
      }
      var next = i + start.length
      var role: String?
      if start.length == 1, start.mark == .backtick, next < bytes.count, bytes[next] == .colon,
        let close = Self.nameEnd(bytes, from: next + 1), close < bytes.count, bytes[close] == .colon
      {
        role = bytes.string(next + 1..<close).lowercased()
        next = close + 1
      }
      if start.length == 1, start.mark != UInt8(ascii: "*") {
        var links = 0
        while links < 2, next < bytes.count, bytes[next] == .underscore {
          (next, links) = (next + 1, links + 1)
        }
      }
      if Self.mayPrecede(bytes, next) { return (i, next, role) }
      i += 1
    }
    return nil
  }

  /// The end of a simple name; nil where none begins.
  static func nameEnd(_ bytes: [UInt8], from position: Int) -> Int? {
    var i = position
    while true {
      let end = bytes.wordEnd(from: i)
      guard end > i, bytes[i] != .underscore else { return i > position ? i - 1 : nil }
      i = end
      guard i < bytes.count, "-._+:".utf8.contains(bytes[i]) else { return i }
      i += 1
    }
  }

  private static func mayFollow(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard position > 0 else { return true }
    let before = bytes[position - 1]
    guard before >= 0x80 else { return before.isWhitespace || "'\"([{<-/:".utf8.contains(before) }
    var start = position - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return bytes.scalar(at: start).map { isPunctuation($0.scalar) } ?? false
  }

  private static func mayPrecede(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard position < bytes.count else { return true }
    let after = bytes[position]
    guard after >= 0x80 else { return after.isWhitespace || "'\")]}>-/:\\.,;!?".utf8.contains(after) }
    return bytes.scalar(at: position).map { isPunctuation($0.scalar) } ?? false
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .dashPunctuation,
      .otherPunctuation, .spaceSeparator:
      true
    default: false
    }
  }
}

extension [UInt8] {
  fileprivate func has(_ byte: UInt8, twiceAt position: Int) -> Bool {
    position + 1 < count && self[position] == byte && self[position + 1] == byte
  }
}
