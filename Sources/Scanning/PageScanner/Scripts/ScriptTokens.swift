/// The words, texts and signs of a script: as much of JavaScript's grammar (ECMA-262, section 12) as tells them from
/// comments and regular expressions.
struct ScriptTokens {
  enum Kind: Hashable {
    /// A name, a keyword or a number.
    case word
    /// What stands between quotes; of a template, a part of it.
    case text
    /// One character of anything else.
    case sign
  }

  struct Token: Hashable {
    var kind: Kind
    var range: Range<Int>
  }

  let bytes: [UInt8]
  private(set) var all: [Token] = []
  private var at = 0
  /// The braces that are open in each `${…}`, innermost last.
  private var templates: [Int] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while at < bytes.count { next() }
  }

  /// What a token says.
  func string(_ index: Int) -> String {
    guard all.indices.contains(index) else { return "" }
    return String(decoding: bytes[all[index].range], as: UTF8.self)
  }

  func isWord(_ index: Int, _ word: String) -> Bool { isThere(index, .word, word.utf8) }
  func isText(_ index: Int, _ text: String) -> Bool { isThere(index, .text, text.utf8) }
  func isSign(_ index: Int, _ sign: Character) -> Bool {
    guard all.indices.contains(index), all[index].kind == .sign else { return false }
    return bytes[all[index].range.lowerBound] == sign.asciiValue
  }

  private func isThere(_ index: Int, _ kind: Kind, _ text: String.UTF8View) -> Bool {
    guard all.indices.contains(index), all[index].kind == kind, all[index].range.count == text.count else {
      return false
    }
    return bytes[all[index].range].elementsEqual(text)
  }

  /// The signs that stand at a token without a gap, at most three.
  func signs(_ index: Int) -> String {
    var signs = ""
    var next = index
    while next < all.count, all[next].kind == .sign, signs.count < 3,
      next == index || all[next].range.lowerBound == all[next - 1].range.upperBound
    {
      signs += string(next)
      next += 1
    }
    return signs
  }

  // MARK: Reading

  private mutating func next() {
    let byte = bytes[at]
    switch byte {
    case 0x09...0x0D, 0x20: at += 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quoted(byte)
    case UInt8(ascii: "`"):
      at += 1
      template()
    case UInt8(ascii: "/"): slash()
    case UInt8(ascii: "{"):
      if let open = templates.last { templates[templates.count - 1] = open + 1 }
      sign()
    case UInt8(ascii: "}"):
      if templates.last == 0 {
        templates.removeLast()
        at += 1
        template()
      } else {
        if let open = templates.last { templates[templates.count - 1] = open - 1 }
        sign()
      }
    default: if Self.isWordByte(byte) { word() } else { sign() }
    }
  }

  private mutating func sign() {
    all.append(Token(kind: .sign, range: at..<at + 1))
    at += 1
  }

  private mutating func word() {
    let start = at
    while at < bytes.count, Self.isWordByte(bytes[at]) { at += 1 }
    all.append(Token(kind: .word, range: start..<at))
  }

  private mutating func quoted(_ quote: UInt8) {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != quote, bytes[at] != UInt8(ascii: "\n") {
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    at = min(at, bytes.count)
    all.append(Token(kind: .text, range: start..<at))
    at += 1
  }

  /// Reads a template up to its end or the next `${`.
  private mutating func template() {
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "`") {
      if bytes[at] == UInt8(ascii: "$"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "{") {
        all.append(Token(kind: .text, range: start..<at))
        templates.append(0)
        at += 2
        return
      }
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    at = min(at, bytes.count)
    all.append(Token(kind: .text, range: start..<at))
    at += 1
  }

  /// A comment, a regular expression, or a division.
  private mutating func slash() {
    let following = at + 1 < bytes.count ? bytes[at + 1] : 0
    if following == UInt8(ascii: "/") {
      while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    } else if following == UInt8(ascii: "*") {
      at += 2
      while at < bytes.count, !(bytes[at] == UInt8(ascii: "/") && bytes[at - 1] == UInt8(ascii: "*")) {
        at += 1
      }
      at += 1
    } else if isAfterValue {
      sign()
    } else {
      expression()
    }
  }

  private mutating func expression() {
    var isInClass = false
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass:
        at += 1
        while at < bytes.count, Self.isWordByte(bytes[at]) { at += 1 }
        return
      default: break
      }
      at += 1
    }
  }

  /// Whether what came last is a value, so that a `/` divides it.
  private var isAfterValue: Bool {
    guard let last = all.last else { return false }
    switch last.kind {
    case .text: return true
    case .sign:
      return [UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[last.range.lowerBound])
    case .word: return !Self.keywords.contains(string(all.count - 1))
    }
  }

  private static let keywords: Set<String> = [
    "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield",
  ]

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}
