/// The ranges of an image's parts in CommonMark source.
///
/// The lexer knows nothing of blocks: it reads the text at a position as if it were an image, by the inline rules of
/// the specification (0.31, sections 6.1, 6.3 and 6.4). A parser decides whether it is one.
struct CommonMarkLexer {
  /// What names an image's file.
  enum Target {
    /// `(url "title")`
    case inline(url: Range<Int>, title: Range<Int>?)
    /// `[id]`
    case full
    /// `[]`, whose id is the label; the position between the brackets.
    case collapsed(Int)
    /// Nothing: the id is the label.
    case shortcut
  }

  /// An image's parts.
  struct Image {
    var label: Range<Int>
    var target: Target
    /// The position behind the image.
    var end: Int
    /// Whether the label holds brackets of its own, so that it cannot be an id.
    var labelHasBrackets: Bool
  }

  private let bytes: [UInt8]
  /// The remaining budget in bytes. Labels are read in place, one from each `![`, so a hostile text of nothing else
  /// would cost quadratic time.
  private var budget: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    budget = 64 * bytes.count + 4096
  }

  /// The image whose `![` stands at `start`, as it would be if it were one.
  mutating func image(at start: Int) -> Image? {
    guard let (close, hasBrackets) = labelEnd(from: start + 2) else { return nil }
    let label = (start + 2)..<close
    func image(_ target: Target, _ end: Int) -> Image {
      Image(label: label, target: target, end: end, labelHasBrackets: hasBrackets)
    }
    let next = close + 1
    guard next < bytes.count else { return image(.shortcut, next) }
    if bytes[next] == .openParen, let target = destination(at: next) {
      return image(.inline(url: target.url, title: target.title), target.end)
    }
    if bytes[next] == .openBracket, let end = idEnd(from: next + 1) {
      return end == next + 1 ? image(.collapsed(end), end + 1) : image(.full, end + 1)
    }
    return image(.shortcut, next)
  }

  // MARK: Labels

  /// The position of the `]` that ends a label: brackets in it are balanced, and code and tags bind tighter.
  private mutating func labelEnd(from start: Int) -> (close: Int, hasBrackets: Bool)? {
    var depth = 0
    var hasBrackets = false
    var unclosedRuns: Set<Int> = []
    var i = start
    while i < bytes.count {
      budget -= 1
      guard budget > 0 else { return nil }
      switch bytes[i] {
      case .backslash: i += 2
      case .backtick: i = codeEnd(from: i, &unclosedRuns)
      case .less: i = angleEnd(from: i)
      case .openBracket:
        depth += 1
        hasBrackets = true
        i += 1
      case .closeBracket:
        if depth == 0 { return (i, hasBrackets) }
        depth -= 1
        i += 1
      case .newline:
        if bytes.blankLineEnd(from: i + 1) != nil { return nil }
        i += 1
      default: i += 1
      }
    }
    return nil
  }

  /// The position behind the code span whose backticks stand at `start`, or behind these backticks.
  private mutating func codeEnd(from start: Int, _ unclosedRuns: inout Set<Int>) -> Int {
    let open = runEnd(from: start)
    let length = open - start
    guard !unclosedRuns.contains(length) else { return open }
    var i = open
    while i < bytes.count, budget > 0 {
      budget -= 1
      if bytes[i] == .backtick {
        let end = runEnd(from: i)
        if end - i == length { return end }
        i = end
      } else if bytes[i] == .newline, bytes.blankLineEnd(from: i + 1) != nil {
        break
      } else {
        i += 1
      }
    }
    unclosedRuns.insert(length)
    return open
  }

  private func runEnd(from start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] == .backtick { i += 1 }
    return i
  }

  /// The position behind the tag, comment or autolink that begins at `start`, or behind the `<`.
  private mutating func angleEnd(from start: Int) -> Int {
    if let tag = HTMLTag(bytes, at: start, grammar: .commonMark) {
      budget -= tag.range.count
      return tag.range.upperBound
    }
    if let tag = HTMLTag.endTag(bytes, at: start, grammar: .commonMark) { return tag.end }
    if bytes.has("<!--", at: start) {
      let end = bytes.find("-->", from: start + 4)
      budget -= (end ?? bytes.count) - start
      return end.map { $0 + 3 } ?? start + 1
    }
    // An autolink: a scheme of 2 to 32 letters, or a mail address.
    var i = start + 1
    var isLink = false
    let limit = min(bytes.count, start + 2048)
    while i < limit, bytes[i] != .greater {
      if bytes[i] <= .space || bytes[i] == .less { return start + 1 }
      if bytes[i] == UInt8(ascii: "@") || (bytes[i] == .colon && i - start > 2 && i - start < 34) {
        isLink = true
      }
      i += 1
    }
    budget -= i - start
    return isLink && i < limit ? i + 1 : start + 1
  }

  /// The position of the `]` that ends a link label which begins at `start`.
  private mutating func idEnd(from start: Int) -> Int? {
    var i = start
    // The specification's bound on a label.
    let limit = min(bytes.count, start + 1000)
    while i < limit {
      budget -= 1
      switch bytes[i] {
      case .backslash: i += 2
      case .closeBracket: return i
      case .openBracket: return nil
      default: i += 1
      }
    }
    return nil
  }

  // MARK: Destinations

  /// What stands in the parentheses that open at `start`.
  private mutating func destination(at start: Int) -> (url: Range<Int>, title: Range<Int>?, end: Int)? {
    let first = skipSpace(from: start + 1)
    guard let url = Self.url(bytes, from: first) else { return nil }
    budget -= url.end - start
    var next = skipSpace(from: url.end)
    var title: Range<Int>?
    if next > url.end, let close = titleEnd(from: next) {
      title = (next + 1)..<close
      next = skipSpace(from: close + 1)
    }
    guard next < bytes.count, bytes[next] == .closeParen else { return nil }
    return (url.range, title, next + 1)
  }

  /// The range of a link destination that begins at `start`, without its angle brackets, and the position behind it.
  static func url(_ bytes: [UInt8], from start: Int) -> (range: Range<Int>, end: Int)? {
    guard start < bytes.count else { return nil }
    var i = start
    if bytes[start] == .less {
      i += 1
      while i < bytes.count {
        switch bytes[i] {
        case .backslash: i += 2
        case .greater: return ((start + 1)..<i, i + 1)
        case .newline, .less: return nil
        default: i += 1
        }
      }
      return nil
    }
    var depth = 0
    while i < bytes.count {
      switch bytes[i] {
      case .backslash where i + 1 < bytes.count && bytes[i + 1].isPunctuation: i += 2
      case .openParen:
        depth += 1
        i += 1
        // cmark's bound.
        if depth > 32 { return nil }
      case .closeParen:
        if depth == 0 { return (start..<i, i) }
        depth -= 1
        i += 1
      case 0...0x20, 0x7F: return depth == 0 ? (start..<i, i) : nil
      default: i += 1
      }
    }
    return depth == 0 ? (start..<i, i) : nil
  }

  /// The position of the mark that ends the title which begins at `start`.
  private mutating func titleEnd(from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    let close: UInt8
    switch bytes[start] {
    case .quote, .apostrophe: close = bytes[start]
    case .openParen: close = .closeParen
    default: return nil
    }
    var i = start + 1
    while i < bytes.count, budget > 0 {
      budget -= 1
      switch bytes[i] {
      case .backslash: i += 2
      case close: return i
      case .openParen where close == .closeParen: return nil
      case .newline:
        if bytes.blankLineEnd(from: i + 1) != nil { return nil }
        i += 1
      default: i += 1
      }
    }
    return nil
  }

  private func skipSpace(from position: Int) -> Int { bytes.skipWhitespace(from: position) }

  // MARK: Definitions

  /// The URL of the link reference definition that a line may hold behind its indent and the marks of quotes and
  /// lists.
  static func definitionURL(_ bytes: [UInt8], line: Int) -> Range<Int>? {
    var i = skipMarks(bytes, from: line)
    guard i + 1 < bytes.count, bytes[i] == .openBracket, bytes[i + 1] != .caret else { return nil }
    let limit = min(bytes.count, i + 1001)
    i += 1
    let label = i
    search: while i < limit {
      switch bytes[i] {
      case .backslash: i += 2
      case .closeBracket: break search
      case .openBracket: return nil
      default: i += 1
      }
    }
    guard i > label, bytes.has("]:", at: i) else { return nil }
    i = bytes.skipBlanks(from: i + 2)
    if i < bytes.count, bytes[i] == .newline { i = skipMarks(bytes, from: i + 1) }
    guard let url = url(bytes, from: i) else { return nil }
    return url.range.isEmpty && i < bytes.count && bytes[i] != .less ? nil : url.range
  }

  /// The position behind the blanks and the marks of quotes and lists that a line begins with.
  static func skipMarks(_ bytes: [UInt8], from line: Int) -> Int {
    var i = line
    while i < bytes.count {
      switch bytes[i] {
      case .space, .tab, .greater: i += 1
      case .dash, UInt8(ascii: "*"), UInt8(ascii: "+"):
        guard i + 1 < bytes.count, bytes[i + 1].isBlank else { return i }
        i += 2
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        var end = i
        while end < bytes.count, bytes[end].isDigit, end - i < 9 { end += 1 }
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: ".") || bytes[end] == .closeParen,
          bytes[end + 1].isBlank
        else { return i }
        i = end + 2
      default: return i
      }
    }
    return i
  }
}

extension UInt8 {
  /// ASCII punctuation, which a backslash escapes.
  var isPunctuation: Bool { (0x21...0x7E).contains(self) && !isLetter && !isDigit }
}
