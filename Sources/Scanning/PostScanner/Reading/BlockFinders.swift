/// Finds the end of fenced code. Failed searches are remembered, so that a post with a hundred thousand unclosed fences
/// costs one search per kind of fence.
struct FenceFinder {
  private struct Key: Hashable {
    var mark: UInt8
    var length: Int
  }
  private var none: [Key: Int] = [:]

  /// The position behind a fenced code block that begins at `position`; nil where no fence begins or none closes
  /// it (kramdown then reads the line as text).
  mutating func end(in bytes: [UInt8], from position: Int) -> Int? {
    guard let fence = bytes.fence(from: position) else { return nil }
    let line = bytes.lineEnd(from: fence.end)
    // The info string is one word.
    let word = bytes.skipWhitespace(from: fence.end)
    var wordEnd = word
    while wordEnd < line, !bytes[wordEnd].isWhitespace { wordEnd += 1 }
    guard word >= line || bytes.skipWhitespace(from: wordEnd) >= line else { return nil }
    for length in stride(from: fence.length, through: 3, by: -1) {
      // A shorter run leaves marks of the fence in the info string, which then must not hold a space before its
      // word.
      if length < fence.length, word > fence.end, word < line { return nil }
      if let end = close(bytes, mark: fence.mark, length: length, from: line) { return end }
    }
    return nil
  }

  private mutating func close(_ bytes: [UInt8], mark: UInt8, length: Int, from start: Int) -> Int? {
    let key = Key(mark: mark, length: length)
    if let from = none[key], start >= from { return nil }
    var line = start
    while line < bytes.count {
      if let fence = bytes.fence(from: line), fence.mark == mark, fence.length >= length,
        let end = bytes.restIsBlank(from: fence.end)
      {
        return end
      }
      line = bytes.lineEnd(from: line)
    }
    none[key] = start
    return nil
  }
}

/// Finds the ends of HTML's comments, instructions and elements, and remembers failed searches.
struct HTMLEndFinder {
  private var none: [String: Int] = [:]

  /// The position behind `-->`.
  mutating func comment(_ bytes: [UInt8], from position: Int) -> Int? {
    search("--", from: position) { bytes.find("-->", from: position).map { $0 + 3 } }
  }

  /// The position behind `?>`.
  mutating func instruction(_ bytes: [UInt8], from position: Int) -> Int? {
    search("?", from: position) { bytes.find("?>", from: position).map { $0 + 2 } }
  }

  /// The range of the end tag of an element, whatever its case.
  mutating func endTag(_ bytes: [UInt8], name: String, from position: Int) -> (start: Int, end: Int)? {
    var range: (start: Int, end: Int)?
    _ = search("/" + name, from: position) {
      var i = position
      let lower = name.lowercased()
      while let start = bytes.find("</", from: i) {
        if let tag = HTMLTag.endTag(bytes, at: start, grammar: .kramdown), tag.name == lower {
          range = (start, tag.end)
          return tag.end
        }
        i = start + 2
      }
      return nil
    }
    return range
  }

  private mutating func search(_ key: String, from position: Int, _ find: () -> Int?) -> Int? {
    if let from = none[key], position >= from { return nil }
    if let range = find() { return range }
    none[key] = position
    return nil
  }
}

/// How far the lines of a list's item are indented (`PARSE_FIRST_LIST_LINE_REGEXP_CACHE`).
struct ListIndent {
  /// In columns.
  var columns: Int

  /// Whether a line belongs to the item by its indent: that many columns in tabs and spaces, then text.
  func isContent(_ bytes: [UInt8], _ position: Int) -> Bool {
    var i = position
    var steps = 0
    while steps < columns / 4 + 1, let end = bytes.indentEnd(from: i) {
      i = end
      steps += 1
      if steps == columns / 4 {
        var rest = i
        while rest < bytes.count, rest - i < columns % 4, bytes[rest] == .space { rest += 1 }
        if rest - i == columns % 4 { return true }
      }
    }
    if steps > columns / 4 { return true }
    guard columns / 4 == 0 else { return false }
    var rest = position
    while rest < bytes.count, rest - position < columns, bytes[rest] == .space { rest += 1 }
    return rest - position == columns
  }

  /// Whether a line without that indent still continues the item.
  func isLazy(_ bytes: [UInt8], _ position: Int) -> Bool {
    if bytes.blankLineEnd(from: position) != nil { return false }
    let spaces = bytes.skipOptionalSpace(from: position) - position
    guard spaces <= min(columns, 3) else { return true }
    return bytes.blockAttributeList(from: position) == nil && !bytes.endsLazyLine(from: position)
  }

  /// A line without the item's indent, and whether it had that indent.
  func strip(_ text: SourceText, _ range: Range<Int>) -> (text: SourceText, wasIndented: Bool) {
    let bytes = text.bytes
    var tabs = range.lowerBound
    while tabs < range.upperBound, bytes[tabs] == .tab { tabs += 1 }
    var line = SourceText()
    let width = (tabs - range.lowerBound) * 4
    var rest = tabs
    var spaces = width
    while rest < range.upperBound, bytes[rest] == .space {
      spaces += 1
      rest += 1
    }
    let isIndented = spaces >= columns
    let remaining = isIndented ? spaces - columns : spaces
    // Spaces of the file keep their origin; those of a tab get the origin of the text after it.
    let written = min(remaining, rest - tabs)
    line.appendSpaces(remaining - written, from: text.origins[max(range.lowerBound, rest - written - 1)])
    line.append(text, (rest - written)..<range.upperBound)
    return (line, isIndented)
  }
}
