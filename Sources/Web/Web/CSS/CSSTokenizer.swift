/// Splits a stylesheet into tokens after CSS Syntax 3, section 4. It never fails: what the specification calls a parse
/// error becomes the token that the specification gives it.
package struct CSSTokenizer {
  private let bytes: [UInt8]
  private let end: Int
  private let isSass: Bool
  private var at: Int
  private var line = 1

  private init(_ bytes: [UInt8], _ part: Range<Int>, isSass: Bool) {
    self.bytes = bytes
    self.isSass = isSass
    at = part.lowerBound
    end = part.upperBound
    if bytes[part].starts(with: [0xEF, 0xBB, 0xBF]) { at += 3 }
  }

  /// The tokens of a text.
  ///
  /// - Parameter isSass: whether `//` starts a comment, `$` a variable and `#{` an interpolation.
  package static func tokens(_ text: String, isSass: Bool = false) -> [CSSToken] {
    let bytes = Array(text.utf8)
    return tokens(in: bytes, bytes.indices, isSass: isSass)
  }

  /// The tokens of a part of a text.
  package static func tokens(in bytes: [UInt8], _ part: Range<Int>, isSass: Bool = false) -> [CSSToken] {
    var tokens: [CSSToken] = []
    read(bytes, part, isSass: isSass) { token in
      // A comment separates tokens no more than nothing does, but between names it must not join them.
      if token.kind != .whitespace || tokens.last?.kind != .whitespace { tokens.append(token) }
    }
    return tokens
  }

  /// Gives the tokens of a part of a text one after the other: all of a large stylesheet take much memory.
  static func read(
    _ bytes: [UInt8], _ part: Range<Int>, isSass: Bool = false, _ take: (CSSToken) -> Void
  ) {
    var tokenizer = CSSTokenizer(bytes, part.clamped(to: bytes.indices), isSass: isSass)
    while let token = tokenizer.next() { take(token) }
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    at + offset < end ? bytes[at + offset] : nil
  }

  private mutating func advance() {
    if bytes[at] == UInt8(ascii: "\n") { line += 1 }
    at += 1
  }

  private mutating func next() -> CSSToken? {
    while skipComment() {}
    guard let byte = peek() else { return nil }
    let start = (at: at, line: line)
    func token(_ kind: CSSToken.Kind, _ text: String) -> CSSToken {
      CSSToken(kind: kind, text: text, line: start.line, range: start.at..<at)
    }
    switch byte {
    case _ where Self.isSpace(byte):
      while let next = peek(), Self.isSpace(next) { advance() }
      return token(.whitespace, " ")
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(byte)
    case UInt8(ascii: "#"):
      if isSass, peek(1) == UInt8(ascii: "{") { return nameToken() }
      advance()
      guard isName(0) else { return token(.delim, "#") }
      let (name, isComplete) = name()
      return token(isComplete ? .hash : .unknown, name)
    case UInt8(ascii: "@"):
      advance()
      guard isNameStart(0) else { return token(.delim, "@") }
      let name = name().text
      return token(.atKeyword, name)
    case UInt8(ascii: "$") where isSass:
      advance()
      guard isNameStart(0) else { return token(.delim, "$") }
      let name = name().text
      return token(.variable, name)
    default:
      if isNumberStart { return number() }
      if isNameStart(0) { return nameToken() }
      let text = delim()
      return token(.delim, text)
    }
  }

  /// One character, which may take several bytes.
  private mutating func delim() -> String {
    let start = at
    advance()
    while let next = peek(), next & 0xC0 == 0x80 { advance() }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func skipComment() -> Bool {
    guard peek() == UInt8(ascii: "/") else { return false }
    if peek(1) == UInt8(ascii: "*") {
      advance()
      advance()
      while let byte = peek() {
        if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
          at += 2
          return true
        }
        advance()
      }
      return true
    }
    guard isSass, peek(1) == UInt8(ascii: "/") else { return false }
    while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
    return true
  }

  private mutating func string(_ quote: UInt8) -> CSSToken {
    let line = line
    advance()
    let start = at
    var out: [UInt8] = []
    while let byte = peek(), byte != quote {
      // A string ends with its line: the rest is read as if it had been closed.
      if byte == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "\\") {
        if peek(1) == UInt8(ascii: "\n") {
          advance()
          advance()
        } else {
          out += escape()
        }
        continue
      }
      out.append(byte)
      advance()
    }
    var token = CSSToken(
      kind: .string, text: String(decoding: out, as: UTF8.self), line: line, range: start..<at)
    token.isOpen = peek() != quote
    if !token.isOpen { advance() }
    return token
  }

  /// What a backslash and the characters behind it stand for.
  private mutating func escape() -> [UInt8] {
    advance()
    guard let byte = peek() else { return Array("\u{FFFD}".utf8) }
    guard Self.hex(byte) != nil else { return Array(delim().utf8) }
    var value: UInt32 = 0
    var digits = 0
    while digits < 6, let digit = peek().flatMap(Self.hex) {
      value = value * 16 + digit
      digits += 1
      advance()
    }
    if let space = peek(), Self.isSpace(space) { advance() }
    let scalar = Unicode.Scalar(value).flatMap { $0.value == 0 ? nil : $0 } ?? "\u{FFFD}"
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func nameToken() -> CSSToken {
    let start = (at: at, line: line)
    let (text, isComplete) = name()
    var kind = isComplete ? CSSToken.Kind.ident : .unknown
    if isComplete, peek() == UInt8(ascii: "(") {
      if text.lowercased() == "url", let url = unquotedURL(start.line) { return url }
      advance()
      kind = .function
    }
    return CSSToken(kind: kind, text: text, line: start.line, range: start.at..<at)
  }

  /// The URL of `url(…)` without quotes; nil where a string follows, or an expression of SCSS.
  private mutating func unquotedURL(_ line: Int) -> CSSToken? {
    var ahead = 1
    while let byte = peek(ahead), Self.isSpace(byte) { ahead += 1 }
    guard let first = peek(ahead), first != UInt8(ascii: "\""), first != UInt8(ascii: "'") else { return nil }
    while ahead > 0 {
      advance()
      ahead -= 1
    }
    let start = at
    var out: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: ")") {
      if byte == UInt8(ascii: "\\") {
        out += escape()
        continue
      }
      out.append(byte)
      advance()
    }
    while let last = out.last, Self.isSpace(last) { out.removeLast() }
    let length = bytes[start..<at].reversed().drop(while: Self.isSpace).count
    var token = CSSToken(
      kind: .url, text: String(decoding: out, as: UTF8.self), line: line, range: start..<(start + length))
    token.isOpen = peek() == nil
    if !token.isOpen { advance() }
    return token
  }

  /// A name with its escapes resolved, and whether all of it is known.
  private mutating func name() -> (text: String, isComplete: Bool) {
    var out: [UInt8] = []
    var isComplete = true
    while let byte = peek() {
      // Of a name with an interpolation, the text is what stands before that.
      if Self.isNameByte(byte) {
        if isComplete { out.append(byte) }
        advance()
      } else if byte == UInt8(ascii: "\\"), peek(1) != UInt8(ascii: "\n"), peek(1) != nil {
        let letters = escape()
        if isComplete { out += letters }
      } else if isSass, byte == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "{") {
        isComplete = false
        skipInterpolation()
      } else {
        break
      }
    }
    return (String(decoding: out, as: UTF8.self), isComplete)
  }

  private mutating func skipInterpolation() {
    var depth = 0
    while let byte = peek() {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 {
          advance()
          return
        }
      }
      advance()
    }
  }

  private var isNumberStart: Bool {
    guard let byte = peek() else { return false }
    let isSigned = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    let first = isSigned ? 1 : 0
    guard let digit = peek(first) else { return false }
    if Self.isDigit(digit) { return true }
    return digit == UInt8(ascii: ".") && peek(first + 1).map(Self.isDigit) == true
  }

  private mutating func number() -> CSSToken {
    let (start, line) = (at, line)
    advance()
    skipDigits()
    if peek() == UInt8(ascii: "."), peek(1).map(Self.isDigit) == true {
      advance()
      skipDigits()
    }
    if let e = peek(), e | 0x20 == UInt8(ascii: "e") {
      let sign = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+") ? 1 : 0
      if peek(1 + sign).map(Self.isDigit) == true {
        at += 1 + sign
        skipDigits()
      }
    }
    let digits = String(decoding: bytes[start..<at], as: UTF8.self)
    var unit = ""
    if peek() == UInt8(ascii: "%") {
      advance()
      unit = "%"
    } else if isNameStart(0) {
      unit = name().text
    }
    return CSSToken(
      kind: .number, text: digits + unit, value: Double(digits) ?? 0, unit: unit.lowercased(), line: line,
      range: start..<at)
  }

  private mutating func skipDigits() {
    while let byte = peek(), Self.isDigit(byte) { advance() }
  }

  private func isName(_ offset: Int) -> Bool {
    guard let byte = peek(offset) else { return false }
    return Self.isNameByte(byte) || byte == UInt8(ascii: "\\")
  }

  private func isNameStart(_ offset: Int) -> Bool {
    guard let byte = peek(offset) else { return false }
    switch byte {
    case UInt8(ascii: "-"):
      guard let next = peek(offset + 1) else { return false }
      return next == UInt8(ascii: "-") || isNameStart(offset + 1)
    case UInt8(ascii: "\\"): return peek(offset + 1).map { $0 != UInt8(ascii: "\n") } ?? false
    case UInt8(ascii: "#"): return isSass && peek(offset + 1) == UInt8(ascii: "{")
    default: return Self.isNameByte(byte) && !Self.isDigit(byte)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "-"), 0x80...:
      true
    default: isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func hex(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 55
    default: nil
    }
  }
}
