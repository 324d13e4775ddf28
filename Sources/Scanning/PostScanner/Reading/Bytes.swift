/// Names for the ASCII bytes that posts are lexed by, and the classes of bytes that the dialects' grammars use.
extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let tab = UInt8(ascii: "\t")
  static let space = UInt8(ascii: " ")
  static let backslash = UInt8(ascii: "\\")
  static let backtick = UInt8(ascii: "`")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let bang = UInt8(ascii: "!")
  static let dash = UInt8(ascii: "-")
  static let dollar = UInt8(ascii: "$")
  static let slash = UInt8(ascii: "/")
  static let colon = UInt8(ascii: ":")
  static let equals = UInt8(ascii: "=")
  static let pipe = UInt8(ascii: "|")
  static let hash = UInt8(ascii: "#")
  static let caret = UInt8(ascii: "^")
  static let underscore = UInt8(ascii: "_")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let openParen = UInt8(ascii: "(")
  static let closeParen = UInt8(ascii: ")")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")

  /// The byte that stands for text which a dialect does not parse: a letter that no dialect gives a meaning.
  static let filler = UInt8(ascii: "z")
  /// Marks a byte that a mask takes out of the text. Texts are built without it.
  static let removed: UInt8 = 0

  /// `\s` of Ruby's regular expressions, which kramdown's grammar is written in.
  var isWhitespace: Bool { self == .space || (9...13).contains(self) }
  /// A space or a tab.
  var isBlank: Bool { self == .space || self == .tab }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  /// An ASCII letter.
  var isLetter: Bool {
    let lower = self | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
  }
  /// The byte with an ASCII capital made small.
  var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}

extension Array where Element == UInt8 {
  /// Whether `text` stands at `position`.
  func has(_ text: StaticString, at position: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard position >= 0, position + length <= count else { return false }
    let start = text.utf8Start
    for i in 0..<length where self[position + i] != start[i] { return false }
    return true
  }

  /// The position of `text` at or after `position`.
  func find(_ text: StaticString, from position: Int) -> Int? {
    position >= 0 && position <= count ? find(text, in: position..<count) : nil
  }

  /// The position of `text` in a range.
  func find(_ text: StaticString, in range: Range<Int>) -> Int? {
    let length = text.utf8CodeUnitCount
    let end = Swift.min(range.upperBound, count)
    guard length > 0, range.lowerBound >= 0, range.lowerBound + length <= end else { return nil }
    let first = text.utf8Start[0]
    var i = range.lowerBound
    let last = end - length
    while i <= last {
      if self[i] == first, has(text, at: i) { return i }
      i += 1
    }
    return nil
  }

  /// The position of `byte` at or after `position`.
  func find(_ byte: UInt8, from position: Int) -> Int? {
    var i = position
    while i < count {
      if self[i] == byte { return i }
      i += 1
    }
    return nil
  }

  /// The position of `byte` in a range.
  func find(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var i = range.lowerBound
    let end = Swift.min(range.upperBound, count)
    while i < end {
      if self[i] == byte { return i }
      i += 1
    }
    return nil
  }

  /// The first position at or after `position` where no whitespace stands.
  func skipWhitespace(from position: Int) -> Int {
    var i = position
    while i < count, self[i].isWhitespace { i += 1 }
    return i
  }

  /// The first position at or after `position` where neither a space nor a tab stands.
  func skipBlanks(from position: Int) -> Int {
    var i = position
    while i < count, self[i].isBlank { i += 1 }
    return i
  }

  /// The bytes of a range as text. Bytes that are not UTF-8 become U+FFFD.
  func string(_ range: Range<Int>) -> String {
    String(decoding: self[range.clamped(to: 0..<count)], as: UTF8.self)
  }

  /// The Unicode scalar at `position` and its length in bytes; nil at the end. A byte that is not UTF-8 is read
  /// as U+FFFD.
  func scalar(at position: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard position < count else { return nil }
    let first = self[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard position + length <= count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
    for i in 1..<length {
      guard self[position + i] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(self[position + i] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", length) }
    return (scalar, length)
  }

  /// The offset of the first bytes that are not UTF-8; nil where all are.
  var firstInvalidUTF8: Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }

  /// The end of a run of `\w` characters (letters, digits, marks and `_` in any script) from `position`.
  func wordEnd(from position: Int) -> Int {
    var i = position
    while i < count {
      let byte = self[i]
      if byte.isLetter || byte.isDigit || byte == .underscore {
        i += 1
      } else if byte >= 0x80, let (scalar, length) = scalar(at: i), scalar.isWord {
        i += length
      } else {
        break
      }
    }
    return i
  }
}

extension StringProtocol {
  /// Whether two ASCII characters stand side by side. Foundation's search for text costs a hundred times as much.
  func has(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    var isNext = false
    for byte in utf8 {
      if isNext, byte == UInt8(truncatingIfNeeded: second.value) { return true }
      isNext = byte == UInt8(truncatingIfNeeded: first.value)
    }
    return false
  }
}

extension Unicode.Scalar {
  /// Whether Ruby's `[[:alpha:]]` matches.
  var isAlphabetic: Bool { properties.isAlphabetic }

  /// Whether Ruby's `\p{Word}` matches.
  var isWord: Bool {
    if properties.isAlphabetic { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return false
    }
  }
}
