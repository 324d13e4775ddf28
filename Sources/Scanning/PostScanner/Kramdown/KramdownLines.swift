/// The starts of kramdown's blocks (2.4, GFM input), as tests of the bytes at a position. kramdown anchors every
/// one of these patterns to where its scanner stands, which is mostly the start of a line.
extension [UInt8] {
  /// The position behind the line's `\n`, or the end.
  func lineEnd(from position: Int) -> Int {
    if let newline = find(.newline, from: position) { return newline + 1 }
    return count
  }

  /// The position behind up to three spaces (`OPT_SPACE`).
  func skipOptionalSpace(from position: Int) -> Int {
    var i = position
    while i < count, i - position < 3, self[i] == .space { i += 1 }
    return i
  }

  /// `INDENT`: the position behind a tab or four spaces.
  func indentEnd(from position: Int) -> Int? {
    if position < count, self[position] == .tab { return position + 1 }
    return has("    ", at: position) ? position + 4 : nil
  }

  /// A line with only whitespace: the position after it.
  func blankLineEnd(from position: Int) -> Int? {
    var i = position
    while i < count, self[i].isWhitespace, self[i] != .newline { i += 1 }
    return i < count && self[i] == .newline ? i + 1 : nil
  }

  /// `\s*?\n`: the position behind, if nothing but whitespace stands before the line's end.
  func restIsBlank(from position: Int) -> Int? { blankLineEnd(from: position) }

  /// `EOB_MARKER`, a line with `^`.
  func endOfBlockMarker(from position: Int) -> Int? {
    position < count && self[position] == .caret ? restIsBlank(from: position + 1) : nil
  }

  /// `\}` of an attribute list that began before `position`: where the closing brace stands.
  func closingBrace(from position: Int) -> Int? {
    // Attribute lists are short; a bound keeps hostile input from costing a search of the rest each time.
    let limit = Swift.min(count, position + 4096)
    var i = position
    while i < limit {
      if self[i] == .backslash, i + 1 < limit, self[i + 1] == .closeBrace {
        i += 2
      } else if self[i] == .closeBrace {
        return i
      } else {
        i += 1
      }
    }
    return nil
  }

  /// `IAL_BLOCK_START`: the range of the list between `{:` and `}`, and the position after the line.
  func blockAttributeList(from position: Int) -> (content: Range<Int>, end: Int)? {
    let start = skipOptionalSpace(from: position)
    guard has("{:", at: start), start + 2 < count, self[start + 2] != .colon, self[start + 2] != .slash,
      let close = closingBrace(from: start + 2), close > start + 2, let end = restIsBlank(from: close + 1)
    else { return nil }
    return ((start + 2)..<close, end)
  }

  /// `ALD_ID_NAME`: the end of an attribute list's name.
  func attributeListNameEnd(from position: Int) -> Int {
    var i = wordEnd(from: position)
    guard i > position else { return position }
    while i < count, self[i] == .dash || wordEnd(from: i) > i {
      i = self[i] == .dash ? i + 1 : wordEnd(from: i)
    }
    return i
  }

  /// `LAZY_END_HTML_START` or `…_STOP`: a tag that ends a paragraph.
  func endsLazyLine(from position: Int) -> Bool {
    var i = skipOptionalSpace(from: position)
    guard i < count, self[i] == .less else { return false }
    i += 1
    let isStop = i < count && self[i] == .slash
    if isStop { i += 1 }
    let nameEnd = HTMLTag.xmlNameEnd(self, from: i)
    guard nameEnd > i else { return false }
    let word = string(i..<wordEnd(from: i))
    if KramdownElements.span.contains(word) || word == "script" { return false }
    guard isStop else { return true }
    let close = skipWhitespace(from: nameEnd)
    return close < count && self[close] == .greater
  }

  /// `LAZY_END`: what a lazy continuation line cannot begin with.
  func isLazyEnd(_ position: Int) -> Bool {
    position >= count || blankLineEnd(from: position) != nil || endOfBlockMarker(from: position) != nil
      || blockAttributeList(from: position) != nil || endsLazyLine(from: position)
  }

  /// A list item's mark: its kind and the position behind it. `limit` is how many spaces may stand before it.
  func listMark(from position: Int, limit: Int = 3) -> (kind: ListMark, end: Int)? {
    var i = position
    while i < count, i - position < limit, self[i] == .space { i += 1 }
    guard i < count else { return nil }
    let start = i
    var kind = ListMark.bullet
    switch self[i] {
    case UInt8(ascii: "+"), UInt8(ascii: "*"), .dash: i += 1
    case .colon:
      kind = .definition
      i += 1
    default:
      while i < count, self[i].isDigit { i += 1 }
      guard i > start, i < count, self[i] == UInt8(ascii: ".") else { return nil }
      kind = .number
      i += 1
    }
    // `[\t| ]` in kramdown's pattern lets a `|` through as well.
    guard i < count, self[i].isBlank || self[i] == .pipe else { return nil }
    return (kind, i)
  }

  /// `HR_START`: the position behind the line.
  func horizontalRule(from position: Int) -> Int? {
    let start = skipOptionalSpace(from: position)
    guard start < count else { return nil }
    let mark = self[start]
    guard mark == UInt8(ascii: "*") || mark == .dash || mark == .underscore else { return nil }
    var marks = 0
    var i = start
    while i < count, self[i] == mark || self[i].isBlank {
      if self[i] == mark { marks += 1 }
      i += 1
    }
    return marks >= 3 && i < count && self[i] == .newline ? i + 1 : nil
  }

  /// `ATX_HEADER_START` of GFM: the range of the text and the position after the line.
  func atxHeader(from position: Int) -> (text: Range<Int>, end: Int)? {
    var i = position
    while i < count, self[i] == .hash, i - position < 7 { i += 1 }
    guard (1...6).contains(i - position), i < count, self[i].isBlank else { return nil }
    let end = lineEnd(from: i)
    var from = skipBlanks(from: i)
    var to = Swift.max(from, end - 1)
    while to > from, self[to - 1].isWhitespace { to -= 1 }
    // Closing marks need a blank before them.
    var closing = to
    while closing > from, self[closing - 1] == .hash { closing -= 1 }
    if closing < to, closing > position, self[closing - 1].isBlank {
      to = closing
      while to > from, self[to - 1].isWhitespace { to -= 1 }
    }
    from = Swift.min(from, to)
    return from < to ? (from..<to, end) : nil
  }

  /// `SETEXT_HEADER_START`: the range of the text and the position after both lines.
  func setextHeader(from position: Int) -> (text: Range<Int>, end: Int)? {
    let start = skipOptionalSpace(from: position)
    guard start < count, !self[start].isBlank, self[start] != .newline else { return nil }
    let end = lineEnd(from: start)
    guard end < count, self[end] == .dash || self[end] == .equals else { return nil }
    var i = end
    while i < count, self[i] == .dash || self[i] == .equals { i += 1 }
    guard let after = restIsBlank(from: i) else { return nil }
    return (start..<(end - 1), after)
  }

  /// `FENCED_CODEBLOCK_START` of GFM: the byte and length of the run, and the position behind it.
  func fence(from position: Int) -> (mark: UInt8, length: Int, end: Int)? {
    let start = skipOptionalSpace(from: position)
    guard start + 2 < count, self[start] == .backtick || self[start] == UInt8(ascii: "~") else { return nil }
    var i = start
    while i < count, self[i] == self[start] { i += 1 }
    return i - start >= 3 ? (self[start], i - start, i) : nil
  }

  /// Whether the line can begin a run of three or more of either mark, mixed: what ends a paragraph.
  func startsFence(_ position: Int) -> Bool {
    let start = skipOptionalSpace(from: position)
    guard start + 2 < count else { return false }
    return (start..<(start + 3)).allSatisfy { self[$0] == .backtick || self[$0] == UInt8(ascii: "~") }
  }

  /// `TABLE_LINE`: a line with a `|` that no backslash stands before. The position behind the line.
  func tableLineEnd(from position: Int) -> Int? {
    let end = lineEnd(from: position)
    guard end > position, self[end - 1] == .newline else { return nil }
    if self[position] == .pipe { return end }
    var i = position + 1
    while i < end {
      if self[i] == .pipe, self[i - 1] != .backslash { return end }
      i += 1
    }
    return nil
  }

  /// The end of a paragraph under GFM's quirks (`PARAGRAPH_END_GFM`).
  func isParagraphEnd(_ position: Int) -> Bool {
    if isLazyEnd(position) || listMark(from: position) != nil || startsFence(position) { return true }
    let start = skipOptionalSpace(from: position)
    if start < count, self[start] == .greater { return true }
    var i = position
    while i < count, self[i] == .hash, i - position < 7 { i += 1 }
    return (1...6).contains(i - position) && i < count && self[i].isBlank
  }
}

/// What an item of a list begins with.
enum ListMark {
  /// `-`, `*` or `+`
  case bullet
  /// `1.`
  case number
  /// `:`
  case definition
}
