/// The labels of links and images.
enum LinkLabel {
  /// kramdown's `normalize_link_id`: runs of whitespace are one space, capitals are small letters.
  static func normalize(_ label: String) -> String {
    var out = ""
    var inSpace = false
    for scalar in label.unicodeScalars {
      let isSpace = scalar.isASCII && UInt8(scalar.value).isWhitespace
      if !isSpace {
        out.unicodeScalars.append(scalar)
      } else if !inSpace {
        out.unicodeScalars.append(" ")
      }
      inSpace = isSpace
    }
    return out.lowercased()
  }
}

/// Reads link definitions as kramdown does (`LINK_DEFINITION_START`): the URL may hold spaces, the title may stand
/// on the next line.
enum LinkDefinitionLexer {
  /// A definition's parts.
  struct Match {
    var id: Range<Int>
    var url: Range<Int>
    var title: Range<Int>?
    /// The position behind the last line.
    var end: Int
  }

  /// The definition whose `[` stands at `start`.
  static func read(_ bytes: [UInt8], from start: Int) -> Match? {
    let lineEnd = bytes.lineEnd(from: start)
    guard start < bytes.count, bytes[start] == .openBracket,
      let close = bytes.find(.closeBracket, in: start..<lineEnd),
      close > start + 1, bytes.has("]:", at: close)
    else { return nil }
    let id = (start + 1)..<close
    let from = bytes.skipBlanks(from: close + 2)
    let textEnd = trimmed(bytes, from..<max(from, lineEnd - 1))
    guard from < textEnd else { return nil }
    if bytes[from] == .less {
      // Where something else follows the `>`, kramdown's pattern goes on to the next one.
      var next = from + 1
      while let angle = bytes.find(.greater, in: next..<lineEnd) {
        if let definition = finish(bytes, id: id, url: (from + 1)..<angle, from: angle + 1, lineEnd: lineEnd)
        {
          return definition
        }
        next = angle + 1
      }
    }
    // The URL ends where a title begins, or with the line.
    var hasQuote = false
    var i = from + 1
    while i < textEnd {
      if bytes[i].isBlank {
        let next = bytes.skipBlanks(from: i)
        if next < textEnd, bytes[next] == .quote || bytes[next] == .apostrophe {
          if !hasQuote, let title = title(bytes, at: next, lineEnd: lineEnd) {
            return Match(id: id, url: from..<i, title: title, end: lineEnd)
          }
          hasQuote = true
        }
        i = next
      } else {
        i += 1
      }
    }
    guard !hasQuote else { return nil }
    return finish(bytes, id: id, url: from..<textEnd, from: textEnd, lineEnd: lineEnd)
  }

  private static func finish(
    _ bytes: [UInt8],
    id: Range<Int>,
    url: Range<Int>,
    from: Int,
    lineEnd: Int
  ) -> Match? {
    let next = bytes.skipBlanks(from: from)
    if next < lineEnd, bytes[next] != .newline {
      guard next > from, let title = title(bytes, at: next, lineEnd: lineEnd) else { return nil }
      return Match(id: id, url: url, title: title, end: lineEnd)
    }
    let second = bytes.skipBlanks(from: lineEnd)
    let secondEnd = bytes.lineEnd(from: lineEnd)
    if second < secondEnd, let title = title(bytes, at: second, lineEnd: secondEnd) {
      return Match(id: id, url: url, title: title, end: secondEnd)
    }
    return Match(id: id, url: url, title: nil, end: lineEnd)
  }

  /// A quoted title that takes up the rest of the line.
  private static func title(_ bytes: [UInt8], at start: Int, lineEnd: Int) -> Range<Int>? {
    guard bytes[start] == .quote || bytes[start] == .apostrophe else { return nil }
    let end = trimmed(bytes, start..<max(start, lineEnd - 1))
    guard end - start >= 3, bytes[end - 1] == bytes[start] else { return nil }
    return (start + 1)..<(end - 1)
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isWhitespace { end -= 1 }
    return end
  }
}
