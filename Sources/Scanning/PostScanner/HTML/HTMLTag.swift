/// An HTML start tag in a text, with the exact range of every attribute's value.
struct HTMLTag {
  /// Whose rules say what a tag is.
  enum Grammar {
    /// kramdown's `HTML_TAG_RE`: an unquoted value is one word, a quoted one is followed by a space or the end.
    case kramdown
    /// A browser's (the HTML standard, section 13.2.5): almost anything goes.
    case browser
    /// CommonMark's open tag (specification 0.31, section 6.6).
    case commonMark
  }

  /// An attribute.
  struct Attribute {
    /// In small letters.
    var name: String
    /// The value without its quotes; nil where there is none.
    var value: Range<Int>?
  }

  /// The range of the tag, from `<` to after `>`.
  var range: Range<Int>
  /// As written.
  var writtenName: String
  /// In small letters.
  var name: String
  /// In the order written. Where a name is there twice, browsers take the first.
  var attributes: [Attribute]
  /// Whether it ends in `/>`.
  var isSelfClosing: Bool

  /// The first attribute of a name.
  func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }

  /// Reads the start tag at `position`, where a `<` stands.
  init?(_ bytes: [UInt8], at position: Int, grammar: Grammar) {
    guard position + 1 < bytes.count, bytes[position] == .less else { return nil }
    let nameEnd = Self.nameEnd(bytes, from: position + 1, grammar: grammar)
    guard nameEnd > position + 1 else { return nil }
    writtenName = bytes.string((position + 1)..<nameEnd)
    name = writtenName.lowercased()
    attributes = []
    isSelfClosing = false
    range = position..<position
    var i = nameEnd
    while true {
      let gap = i
      i = bytes.skipWhitespace(from: i)
      guard i < bytes.count else { return nil }
      if bytes[i] == .greater { break }
      if bytes[i] == .slash {
        if i + 1 < bytes.count, bytes[i + 1] == .greater {
          isSelfClosing = true
          i += 1
          break
        }
        guard grammar == .browser else { return nil }
        i += 1
        continue
      }
      guard i > gap || grammar == .browser else { return nil }
      guard let next = readAttribute(bytes, from: i, grammar: grammar) else { return nil }
      i = next
    }
    range = position..<(i + 1)
  }

  /// Reads one attribute and returns the position behind it.
  private mutating func readAttribute(_ bytes: [UInt8], from start: Int, grammar: Grammar) -> Int? {
    let nameEnd = Self.attributeNameEnd(bytes, from: start, grammar: grammar)
    guard nameEnd > start else { return nil }
    let name = bytes.string(start..<nameEnd).lowercased()
    var i = bytes.skipWhitespace(from: nameEnd)
    guard i < bytes.count, bytes[i] == .equals else {
      attributes.append(Attribute(name: name, value: nil))
      return nameEnd
    }
    i = bytes.skipWhitespace(from: i + 1)
    guard i < bytes.count else { return nil }
    if bytes[i] == .quote || bytes[i] == .apostrophe {
      guard let close = bytes.find(bytes[i], from: i + 1) else { return nil }
      attributes.append(Attribute(name: name, value: (i + 1)..<close))
      return close + 1
    }
    let end = Self.unquotedEnd(bytes, from: i, grammar: grammar)
    guard end > i || grammar == .browser else { return nil }
    attributes.append(Attribute(name: name, value: i..<end))
    return end
  }

  private static func unquotedEnd(_ bytes: [UInt8], from start: Int, grammar: Grammar) -> Int {
    var i = start
    switch grammar {
    case .kramdown: return bytes.wordEnd(from: start)
    case .browser:
      while i < bytes.count, !bytes[i].isWhitespace, bytes[i] != .greater { i += 1 }
    case .commonMark:
      while i < bytes.count, !bytes[i].isWhitespace {
        switch bytes[i] {
        case .quote, .apostrophe, .equals, .less, .greater, .backtick: return i
        default: i += 1
        }
      }
    }
    return i
  }

  /// The end of a tag's name, or `start` where none begins.
  static func nameEnd(_ bytes: [UInt8], from start: Int, grammar: Grammar) -> Int {
    switch grammar {
    case .kramdown: return xmlNameEnd(bytes, from: start)
    case .browser:
      guard start < bytes.count, bytes[start].isLetter else { return start }
      var i = start
      while i < bytes.count, !bytes[i].isWhitespace, bytes[i] != .slash, bytes[i] != .greater { i += 1 }
      return i
    case .commonMark:
      guard start < bytes.count, bytes[start].isLetter else { return start }
      var i = start
      while i < bytes.count, bytes[i].isLetter || bytes[i].isDigit || bytes[i] == .dash { i += 1 }
      return i
    }
  }

  private static func attributeNameEnd(_ bytes: [UInt8], from start: Int, grammar: Grammar) -> Int {
    var i = start
    switch grammar {
    case .kramdown: return xmlNameEnd(bytes, from: start)
    case .browser:
      // A `=` in front is part of the name.
      if i < bytes.count, bytes[i] == .equals { i += 1 }
      while i < bytes.count, !bytes[i].isWhitespace, bytes[i] != .slash, bytes[i] != .greater,
        bytes[i] != .equals
      { i += 1 }
    case .commonMark:
      guard i < bytes.count, bytes[i].isLetter || bytes[i] == .underscore || bytes[i] == .colon else {
        return start
      }
      while i < bytes.count,
        bytes[i].isLetter || bytes[i].isDigit || bytes[i] == .underscore || bytes[i] == .colon
          || bytes[i] == .dash || bytes[i] == UInt8(ascii: ".")
      { i += 1 }
    }
    return i
  }

  /// `UNAME_STR` of REXML, which kramdown reads names with: `name` or `prefix:name`, letters of any script.
  static func xmlNameEnd(_ bytes: [UInt8], from start: Int) -> Int {
    let first = xmlPartEnd(bytes, from: start)
    guard first > start, first < bytes.count, bytes[first] == .colon else { return first }
    let second = xmlPartEnd(bytes, from: first + 1)
    return second > first + 1 ? second : first
  }

  private static func xmlPartEnd(_ bytes: [UInt8], from start: Int) -> Int {
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      if byte.isLetter || byte == .underscore {
        i += 1
      } else if byte.isDigit || byte == .dash || byte == UInt8(ascii: ".") {
        guard i > start else { return start }
        i += 1
      } else if byte >= 0x80, let (scalar, length) = bytes.scalar(at: i),
        scalar.isAlphabetic || (i > start && scalar.properties.generalCategory == .decimalNumber)
      {
        i += length
      } else {
        break
      }
    }
    return i
  }

  /// The end tag at `position`: its name in small letters and the position behind it.
  static func endTag(_ bytes: [UInt8], at position: Int, grammar: Grammar) -> (name: String, end: Int)? {
    guard bytes.has("</", at: position) else { return nil }
    let nameEnd = nameEnd(bytes, from: position + 2, grammar: grammar)
    guard nameEnd > position + 2 else { return nil }
    var i = bytes.skipWhitespace(from: nameEnd)
    if grammar == .browser {
      while i < bytes.count, bytes[i] != .greater { i += 1 }
    }
    guard i < bytes.count, bytes[i] == .greater else { return nil }
    return (bytes.string((position + 2)..<nameEnd).lowercased(), i + 1)
  }
}
