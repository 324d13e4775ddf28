/// Liquid template code in a post, masked so that a Markdown or HTML parser reads what Liquid would output.
///
/// The mask keeps the length: `{{ … }}` becomes letters, since it prints something, as do the tags `link` and
/// `post_url`; other tags become ``UInt8/removed``, since they print nothing (or, as `include`, something that no
/// mask can know); the bodies of
/// `comment` and `if false` go as well, and so does that of `highlight`, which is printed as code. The body of
/// `raw` stays as it is.
enum LiquidMask {
  /// Masks a range of a file.
  ///
  /// - Parameters:
  ///   - bytes: the file from its start.
  ///   - range: the part that Liquid renders.
  ///   - onTag: called with each tag that runs, in order.
  /// - Returns: all of the file's bytes, those of `range` masked. A NUL of the author's becomes a `?`, because the
  ///   mask needs it.
  static func apply(
    to bytes: [UInt8],
    range: Range<Int>,
    onTag: (_ name: String, _ range: Range<Int>, _ markup: Range<Int>) -> Void = { _, _, _ in }
  ) -> [UInt8] {
    var masked = bytes
    for i in range where masked[i] == .removed { masked[i] = UInt8(ascii: "?") }
    var lexer = LiquidLexer(bytes: bytes, position: range.lowerBound, end: range.upperBound)
    var dead: DeadBody?
    while let token = lexer.next() {
      if var body = dead {
        // Inside a body that never shows: only what can end it matters.
        if body.isEnded(by: token) {
          masked.remove(body.start..<token.range.upperBound, in: range, after: token)
          dead = nil
        } else {
          dead = body
        }
        continue
      }
      switch token.kind {
      case .output:
        for i in token.range { masked[i] = .filler }
        masked.strip(around: token, in: range)
      case .tag("link"), .tag("post_url"):
        // These print an address.
        for i in token.range { masked[i] = .filler }
        masked.strip(around: token, in: range)
      case .tag(let name):
        onTag(name, token.range, lexer.markup)
        masked.remove(token.range, in: range, after: token)
        masked.strip(around: token, in: range)
        if let body = DeadBody(token: token, name: name, markup: bytes.string(lexer.markup)) {
          dead = body
        } else if name == "raw" {
          lexer.skipRawBody()
        }
      }
    }
    return masked
  }

  /// The body of a tag that does not show, while its end is looked for.
  private struct DeadBody {
    var start: Int
    var name: String
    var depth = 1

    init?(token: LiquidLexer.Token, name: String, markup: String) {
      start = token.range.lowerBound
      switch name {
      case "comment", "highlight": self.name = name
      case "if" where markup == "false": self.name = name
      case "unless" where markup == "true": self.name = name
      default: return nil
      }
    }

    mutating func isEnded(by token: LiquidLexer.Token) -> Bool {
      guard case .tag(let tag) = token.kind else { return false }
      if tag == "end" + name {
        depth -= 1
        return depth == 0
      }
      switch name {
      case "if", "unless":
        if tag == name { depth += 1 }
        return depth == 1 && (tag == "else" || tag == "elsif")
      default: return false
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func remove(_ part: Range<Int>, in range: Range<Int>, after token: LiquidLexer.Token) {
    for i in part { self[i] = .removed }
    strip(around: token, in: range)
  }

  /// `{%-` takes the whitespace before it along, `-%}` that after it.
  fileprivate mutating func strip(around token: LiquidLexer.Token, in range: Range<Int>) {
    if token.stripsBefore {
      var i = token.range.lowerBound - 1
      while i >= range.lowerBound, self[i].isWhitespace {
        self[i] = .removed
        i -= 1
      }
    }
    if token.stripsAfter {
      var i = token.range.upperBound
      while i < range.upperBound, self[i].isWhitespace {
        self[i] = .removed
        i += 1
      }
    }
  }
}

/// Finds Liquid's tags and outputs in a text, as Liquid's own tokenizer does: the first `%}` or `}}` ends one,
/// quotes or not.
struct LiquidLexer {
  /// A tag or an output.
  struct Token {
    enum Kind {
      /// `{{ … }}`
      case output
      /// `{% name … %}`
      case tag(String)
    }
    var kind: Kind
    var range: Range<Int>
    var stripsBefore: Bool
    var stripsAfter: Bool
  }

  let bytes: [UInt8]
  var position: Int
  let end: Int
  /// What stands in the last token behind the tag's name (or in the output), without spaces around it.
  private(set) var markup = 0..<0
  private var noMoreTags = false
  private var noMoreOutputs = false

  init(bytes: [UInt8], position: Int, end: Int) {
    self.bytes = bytes
    self.position = position
    self.end = end
  }

  /// The next tag or output.
  mutating func next() -> Token? {
    while position + 3 < end {
      guard bytes[position] == .openBrace else {
        position += 1
        continue
      }
      let second = bytes[position + 1]
      if second == UInt8(ascii: "%"), !noMoreTags {
        guard let close = findClose(UInt8(ascii: "%")) else {
          noMoreTags = true
          position += 1
          continue
        }
        return take(close, isTag: true)
      }
      if second == .openBrace, !noMoreOutputs {
        guard let close = findClose(.closeBrace) else {
          noMoreOutputs = true
          position += 1
          continue
        }
        return take(close, isTag: false)
      }
      position += 1
    }
    return nil
  }

  /// Moves to the tag that ends `{% raw %}`, or to the end.
  mutating func skipRawBody() {
    var search = position
    while search + 3 < end {
      guard bytes[search] == .openBrace, bytes[search + 1] == UInt8(ascii: "%") else {
        search += 1
        continue
      }
      var i = search + 2
      if i < end, bytes[i] == .dash { i += 1 }
      i = bytes.skipWhitespace(from: i)
      if bytes.has("endraw", at: i) {
        position = search
        return
      }
      search += 2
    }
    position = end
  }

  private func findClose(_ byte: UInt8) -> Int? {
    var i = position + 2
    while i + 1 < end {
      if bytes[i] == byte, bytes[i + 1] == .closeBrace { return i }
      i += 1
    }
    return nil
  }

  private mutating func take(_ close: Int, isTag: Bool) -> Token {
    let start = position
    position = close + 2
    var from = start + 2
    var to = close
    let before = from < to && bytes[from] == .dash
    if before { from += 1 }
    let after = to > from && bytes[to - 1] == .dash
    if after { to -= 1 }
    while from < to, bytes[from].isWhitespace { from += 1 }
    while to > from, bytes[to - 1].isWhitespace { to -= 1 }
    var kind = Token.Kind.output
    if isTag {
      let nameEnd = min(bytes.wordEnd(from: from), to)
      kind = .tag(bytes.string(from..<nameEnd))
      from = nameEnd
      while from < to, bytes[from].isWhitespace { from += 1 }
    }
    markup = from..<to
    return Token(kind: kind, range: start..<position, stripsBefore: before, stripsAfter: after)
  }
}
