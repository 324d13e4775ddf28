import AssetModel

/// Markdown with JSX (Docusaurus, Astro): CommonMark once the JavaScript is taken out.
///
/// Lines of `import` and `export` and expressions in braces are masked, and lines of JSX tags removed: the text between
/// them is Markdown, however far it is indented. The output of a component is unknown here: images that are passed to
/// it by name are found by ``ImportReferences``.
struct MDXReader: BodyReader {
  func candidates(file: [UInt8], masked: [UInt8], body: Range<Int>) -> [Candidate] {
    guard ImageHint.hasMarkdown(masked, body) || ImageHint.hasTag(masked, body) else { return [] }
    var mask = MDXMask(masked, body)
    mask.apply()
    return CommonMarkReader().candidates(file: file, masked: mask.bytes, body: body)
      .filter { !$0.url.contains("{") }
  }
}

/// Takes the JavaScript and the JSX out of a post, keeping its length. Code, fenced or in a span, stays for the oracle to
/// see.
private struct MDXMask {
  private(set) var bytes: [UInt8]
  private let body: Range<Int>
  /// How many block elements of JSX are open.
  private var depth = 0
  /// The start of an expression whose end was not found.
  private var isEndless = false
  private var tags: BrowserTags
  private var codeBudget: SearchBudget

  init(_ bytes: [UInt8], _ body: Range<Int>) {
    self.bytes = bytes
    self.body = body
    tags = BrowserTags(bytes)
    codeBudget = SearchBudget(bytes)
  }

  mutating func apply() {
    var line = body.lowerBound
    var fence: (mark: UInt8, length: Int)?
    while line < body.upperBound {
      var end = lineEnd(line)
      let run = fenceRun(line..<end)
      if let open = fence {
        if let run, run.mark == open.mark, run.length >= open.length, run.isBare { fence = nil }
      } else if let run {
        fence = (run.mark, run.length)
      } else if bytes.has("import ", at: line) || bytes.has("export ", at: line) {
        end = maskStatement(from: line)
      } else {
        end = maskExpressions(from: line, to: end)
        removeTags(line..<end)
      }
      line = end + 1
    }
  }

  private func lineEnd(_ position: Int) -> Int {
    min(bytes.find(.newline, from: position) ?? body.upperBound, body.upperBound)
  }

  /// The mark of a line that opens or closes fenced code.
  private func fenceRun(_ line: Range<Int>) -> (mark: UInt8, length: Int, isBare: Bool)? {
    guard let first = line.first(where: { !bytes[$0].isBlank }) else { return nil }
    let mark = bytes[first]
    guard mark == .backtick || mark == UInt8(ascii: "~") else { return nil }
    let length = bytes[first..<line.upperBound].prefix { $0 == mark }.count
    let rest = bytes[(first + length)..<line.upperBound]
    // Backticks behind it make it a code span.
    guard length >= 3, mark != .backtick || !rest.contains(.backtick) else { return nil }
    return (mark, length, rest.allSatisfy(\.isWhitespace))
  }

  /// Masks a statement, which ends with its paragraph, and returns its end.
  private mutating func maskStatement(from start: Int) -> Int {
    var i = start
    while i < body.upperBound {
      let end = lineEnd(i)
      for j in i..<end { bytes[j] = .space }
      guard end + 1 < body.upperBound, bytes.blankLineEnd(from: end + 1) == nil else { return end }
      i = end + 1
    }
    return body.upperBound
  }

  /// Masks `{…}` outside code spans, nested braces and further lines included. Returns the end of the last line that
  /// was read.
  private mutating func maskExpressions(from start: Int, to lineEnd: Int) -> Int {
    var end = lineEnd
    var i = start
    while i < end {
      switch bytes[i] {
      case .backslash: i += 2
      case .backtick:
        var run = i
        while run < end, bytes[run] == .backtick { run += 1 }
        let (text, limit, length) = (bytes, end, run - i)
        i =
          codeBudget.find(from: run, to: end) { Self.closingRun(text, from: run, to: limit, length: length) }
          ?? run
      case .openBrace:
        guard let close = expressionEnd(from: i + 1) else {
          i += 1
          continue
        }
        for j in i..<close where bytes[j] != .newline { bytes[j] = .filler }
        i = close
        if close > end { end = self.lineEnd(close) }
      default: i += 1
      }
    }
    return end
  }

  private static func closingRun(_ bytes: [UInt8], from start: Int, to end: Int, length: Int) -> Int? {
    var i = start
    while i < end {
      let run = i
      while i < end, bytes[i] == .backtick { i += 1 }
      if i - run == length { return i }
      i = max(i, run + 1)
    }
    return nil
  }

  /// The position behind the brace that ends an expression; strings and comments hide braces.
  private mutating func expressionEnd(from start: Int) -> Int? {
    guard !isEndless else { return nil }
    var open = 1
    var i = start
    while i < body.upperBound {
      switch bytes[i] {
      case .openBrace: open += 1
      case .closeBrace:
        open -= 1
        if open == 0 { return i + 1 }
      case .quote, .apostrophe, .backtick:
        let mark = bytes[i]
        var end = i + 1
        while end < body.upperBound, bytes[end] != mark, mark == .backtick || bytes[end] != .newline {
          end += bytes[end] == .backslash ? 2 : 1
        }
        if end < body.upperBound, bytes[end] == mark {
          i = end
        } else if mark == .backtick {
          isEndless = true
          return nil
        }
      // An apostrophe in JSX text is no JavaScript quote.
      case .slash where bytes.has("/*", at: i):
        guard let end = bytes.find("*/", from: i + 2), end < body.upperBound else {
          isEndless = true
          return nil
        }
        i = end + 1
      default: break
      }
      i += 1
    }
    isEndless = true
    return nil
  }

  /// Removes the tags of a line that holds nothing else, and the indent of lines between such tags.
  private mutating func removeTags(_ line: Range<Int>) {
    var i = line.lowerBound
    while i < line.upperBound, bytes[i].isBlank { i += 1 }
    let first = i
    var tagRanges: [Range<Int>] = []
    var change = 0
    while i < line.upperBound, bytes[i] == .less {
      if bytes.has("<>", at: i) || bytes.has("</>", at: i) {
        let end = i + (bytes[i + 1] == .slash ? 3 : 2)
        change += bytes[i + 1] == .slash ? -1 : 1
        tagRanges.append(i..<end)
        i = end
      } else if let end = tags.endTag(bytes, at: i)?.end, end <= body.upperBound {
        change -= 1
        tagRanges.append(i..<end)
        i = end
      } else if let tag = tags.tag(bytes, at: i), tag.range.upperBound <= body.upperBound,
        !HTMLReferences.mayHold(tag), !HTMLVocabulary.text.contains(tag.name)
      {
        if !tag.isSelfClosing { change += 1 }
        tagRanges.append(tag.range)
        i = tag.range.upperBound
      } else {
        break
      }
      while i < line.upperBound, bytes[i].isBlank { i += 1 }
    }
    let isTagsAlone =
      !tagRanges.isEmpty && (i >= lineEnd(max(i - 1, line.lowerBound)) || bytes[i] == UInt8(ascii: "\r"))
    if depth > 0 || isTagsAlone {
      for j in line.lowerBound..<first { bytes[j] = .removed }
    }
    guard isTagsAlone else { return }
    for range in tagRanges {
      for j in range where bytes[j] != .newline { bytes[j] = .removed }
    }
    depth = max(0, depth + change)
  }
}
