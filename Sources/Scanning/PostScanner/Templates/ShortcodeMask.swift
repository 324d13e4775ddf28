/// Masks of shortcodes, which print something: the shortcode becomes letters, so that a Markdown parser reads a word.
enum ShortcodeMask {
  /// Shortcodes whose body is shown as it is, or is no Markdown.
  private static let literalBodies: Set<String> = [
    "highlight", "mermaid", "chart", "katex", "math", "code", "raw", "rawhtml", "gist", "literal", "diagram",
  ]

  /// Hugo's (`parser/pageparser`, 0.111): `{{< name … >}}` and `{{% name … %}}`, with `/` in front of the name at
  /// the end of a pair, `/>}}` for one without a body, and `{{</* … */>}}` for the text of a shortcode.
  static func hugo(_ file: [UInt8], _ body: Range<Int>) -> MaskedTemplates {
    var mask = MaskedTemplates(bytes: file)
    var open: [(name: String, start: Int, isMarkdown: Bool)] = []
    // Most shortcodes are never closed, so an end tag that matches none must not be looked for among all of them.
    var openNames: [String: Int] = [:]
    var literals: [Range<Int>] = []
    var budget = SearchBudget(file)
    var at = body.lowerBound
    while let start = file.find("{{", from: at), start + 3 < body.upperBound {
      let kind = file[start + 2]
      at = start + 2
      guard kind == .less || kind == UInt8(ascii: "%") else { continue }
      let first = file.skipWhitespace(from: start + 3)
      if file.has("/*", at: first) {
        at = file.find("*/", from: first + 2) ?? body.upperBound
        continue
      }
      guard
        let close = budget.find(
          from: first, to: body.upperBound,
          {
            hugoEnd(file, from: first, kind == .less ? .greater : kind, body.upperBound)
          })
      else { continue }
      let range = start..<close + 3
      at = range.upperBound
      let isEnd = file[first] == .slash
      let nameStart = isEnd ? file.skipWhitespace(from: first + 1) : first
      var nameEnd = nameStart
      while nameEnd < close, !file[nameEnd].isWhitespace, file[nameEnd] != .slash || nameEnd + 1 < close {
        nameEnd += 1
      }
      let name = file.string(nameStart..<nameEnd)
      for i in range { mask.bytes[i] = .filler }
      if isEnd {
        guard openNames[name] ?? 0 > 0, let index = open.lastIndex(where: { $0.name == name }) else {
          continue
        }
        let opened = open[index]
        for closed in open[index...] { openNames[closed.name, default: 0] -= 1 }
        open.removeSubrange(index...)
        let inner = opened.start..<start
        if literalBodies.contains(name) {
          literals.append(inner)
          mask.removeTags(since: inner.lowerBound)
        } else if !opened.isMarkdown {
          mask.enclosed.append((name, inner))
        }
      } else {
        mask.tags.append(TemplateTag(name: name, range: range, markup: nameEnd..<close))
        if file[close - 1] != .slash {
          open.append((name, range.upperBound, kind != .less))
          openNames[name, default: 0] += 1
        }
      }
    }
    mask.remove(literals)
    return mask
  }

  /// The range of `>}}` or `%}}`, outside quotes and raw strings.
  private static func hugoEnd(_ file: [UInt8], from start: Int, _ mark: UInt8, _ end: Int) -> Int? {
    var quote: UInt8?
    var i = start
    while i + 2 < end {
      let byte = file[i]
      if let open = quote {
        if byte == .backslash, open == .quote { i += 1 } else if byte == open { quote = nil }
      } else if byte == .quote || byte == .backtick {
        quote = byte
      } else if byte == mark, file[i + 1] == .closeBrace, file[i + 2] == .closeBrace {
        return i
      }
      i += 1
    }
    return nil
  }

  /// Zola's (`components/markdown/src/shortcode`, 0.17): a call in `{{ … }}` or `{% … %}`, the latter with a body
  /// up to `{% end %}`; `{{/*` and `{%/*` begin the text of one. Anything else in braces is text.
  static func zola(_ file: [UInt8], _ body: Range<Int>) -> MaskedTemplates {
    var mask = MaskedTemplates(bytes: file)
    var open: [(name: String, start: Int)] = []
    var literals: [Range<Int>] = []
    var budget = SearchBudget(file)
    var at = body.lowerBound
    while let start = file.find(.openBrace, from: at), start + 3 < body.upperBound {
      at = start + 1
      let isTag = file[start + 1] == UInt8(ascii: "%")
      guard isTag || file[start + 1] == .openBrace else { continue }
      let first = file.skipWhitespace(from: start + 2)
      if file.has("/*", at: start + 2) {
        at = file.find("*/", from: start + 4) ?? body.upperBound
        continue
      }
      let nameEnd = file.wordEnd(from: first)
      let name = file.string(first..<nameEnd)
      var close = file.skipWhitespace(from: nameEnd)
      if isTag, name == "end" {
        guard file.has("%}", at: close) else { continue }
        for i in start..<close + 2 { mask.bytes[i] = .filler }
        at = close + 2
        if let last = open.popLast() {
          if literalBodies.contains(last.name) {
            literals.append(last.start..<start)
            mask.removeTags(since: last.start)
          } else {
            mask.enclosed.append((last.name, last.start..<start))
          }
        }
        continue
      }
      guard nameEnd > first, close < body.upperBound, file[close] == .openParen,
        let paren = budget.find(
          from: close, to: body.upperBound,
          {
            callEnd(file, from: close + 1, body.upperBound)
          })
      else { continue }
      let markup = close + 1..<paren
      close = file.skipWhitespace(from: paren + 1)
      guard isTag ? file.has("%}", at: close) : file.has("}}", at: close) else { continue }
      let range = start..<close + 2
      at = range.upperBound
      for i in range { mask.bytes[i] = .filler }
      mask.tags.append(TemplateTag(name: name, range: range, markup: markup))
      if isTag { open.append((name, range.upperBound)) }
    }
    mask.remove(literals)
    return mask
  }

  private static func callEnd(_ file: [UInt8], from start: Int, _ end: Int) -> Int? {
    var quote: UInt8?
    var i = start
    while i < end {
      let byte = file[i]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == .quote || byte == .apostrophe || byte == .backtick {
        quote = byte
      } else if byte == .closeParen {
        return i
      }
      i += 1
    }
    return nil
  }

  /// The tags of Pelican's plugin `liquid_tags`: `{% name … %}`. It runs before Markdown, in code as well; what
  /// `{% literal … %}` holds is text.
  static func liquidTags(_ file: [UInt8], _ body: Range<Int>) -> MaskedTemplates {
    var mask = MaskedTemplates(bytes: file)
    var at = body.lowerBound
    // The next end of a tag, and of a line, as long as they lie ahead.
    var (nextClose, lineEnd) = (-1, -1)
    while let start = file.find("{%", from: at), start < body.upperBound {
      at = start + 2
      if nextClose < at { nextClose = file.find("%}", from: at) ?? file.count }
      let close = nextClose
      guard close + 2 <= body.upperBound else { break }
      if lineEnd < start { lineEnd = file.find(.newline, from: start) ?? file.count }
      guard close < lineEnd else { continue }
      let first = file.skipWhitespace(from: start + 2)
      let nameEnd = min(file.wordEnd(from: first), close)
      guard first < nameEnd else { continue }
      at = close + 2
      for i in start..<at { mask.bytes[i] = .filler }
      let name = file.string(first..<nameEnd)
      guard name != "literal" else { continue }
      mask.tags.append(TemplateTag(name: name, range: start..<at, markup: nameEnd..<close))
    }
    return mask
  }
}
