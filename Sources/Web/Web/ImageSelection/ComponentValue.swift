/// A component value of CSS Syntax: a token, or a function or block with what is in it.
indirect enum ComponentValue: Hashable {
  case space
  case comma
  case ident(String)
  /// A number with its unit in lower case; the unit is empty for a plain number and `%` for a percentage.
  case number(Double, String)
  case function(String, [ComponentValue])
  case parentheses([ComponentValue])
  /// Another block, a string, or any other token.
  case other(String)

  /// Reads a text whole. What is open at its end is closed there.
  static func parse(_ text: String) -> [ComponentValue] {
    var reader = ComponentReader(scalars: Array(text.unicodeScalars))
    return reader.values(until: nil, depth: 0)
  }
}

/// Reads component values. Nesting deeper than any author's is read as nothing, so that no input exhausts the stack.
private struct ComponentReader {
  let scalars: [Unicode.Scalar]
  var at = 0

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    at + ahead < scalars.count ? scalars[at + ahead] : nil
  }

  mutating func values(until end: Unicode.Scalar?, depth: Int) -> [ComponentValue] {
    var values: [ComponentValue] = []
    while let scalar = peek() {
      if scalar == end {
        at += 1
        return values
      }
      values += value(scalar, depth: depth)
    }
    return values
  }

  private mutating func value(_ scalar: Unicode.Scalar, depth: Int) -> [ComponentValue] {
    switch scalar {
    case "/" where peek(1) == "*":
      at += 2
      while at < scalars.count, !(peek() == "*" && peek(1) == "/") { at += 1 }
      at = min(at + 2, scalars.count)
      return []
    case " ", "\t", "\n", "\r", "\u{0C}":
      while let next = peek(), " \t\n\r\u{0C}".unicodeScalars.contains(next) { at += 1 }
      return [.space]
    case ",":
      at += 1
      return [.comma]
    case "(", "[", "{":
      at += 1
      guard depth < 100 else { return [.other("deep")] }
      let inner = values(until: scalar == "(" ? ")" : scalar == "[" ? "]" : "}", depth: depth + 1)
      return [scalar == "(" ? .parentheses(inner) : .other("block")]
    case "\"", "'":
      at += 1
      while let next = peek(), next != scalar { at += next == "\\" ? 2 : 1 }
      at = min(at + 1, scalars.count)
      return [.other("string")]
    default: break
    }
    if let number = number() { return [number] }
    guard startsIdent(0) else {
      at += 1
      return [.other(String(scalar))]
    }
    let name = name()
    guard peek() == "(" else { return [.ident(name)] }
    at += 1
    guard depth < 100 else { return [.other("deep")] }
    return [.function(name, values(until: ")", depth: depth + 1))]
  }

  private mutating func number() -> ComponentValue? {
    var end = at
    func digits() -> Int {
      let start = end
      while end < scalars.count, isDigit(scalars[end]) { end += 1 }
      return end - start
    }
    if end < scalars.count, scalars[end] == "+" || scalars[end] == "-" { end += 1 }
    var count = digits()
    if end + 1 < scalars.count, scalars[end] == ".", isDigit(scalars[end + 1]) {
      end += 1
      count += digits()
    }
    guard count > 0 else { return nil }
    if end < scalars.count, scalars[end] == "e" || scalars[end] == "E" {
      let mark = end
      end += 1
      if end < scalars.count, scalars[end] == "+" || scalars[end] == "-" { end += 1 }
      if digits() == 0 { end = mark }
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[at..<end])
    guard let value = Double(text) else { return nil }
    at = end
    if peek() == "%" {
      at += 1
      return .number(value, "%")
    }
    return .number(value, startsIdent(0) ? name() : "")
  }

  private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private func isName(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || isDigit(scalar) || scalar == "_"
      || scalar == "-" || scalar.value >= 0x80
  }

  private func startsIdent(_ ahead: Int) -> Bool {
    guard let scalar = peek(ahead) else { return false }
    if scalar == "-" { return ahead == 0 && (peek(1) == "-" || startsIdent(1)) }
    return scalar == "\\" ? peek(ahead + 1).map { $0 != "\n" } ?? false : isName(scalar) && !isDigit(scalar)
  }

  /// A name in lower case, its escapes resolved.
  private mutating func name() -> String {
    var text = ""
    while let scalar = peek() {
      if isName(scalar) {
        text.unicodeScalars.append(scalar)
        at += 1
      } else if scalar == "\\", let next = peek(1), next != "\n" {
        at += 1
        text.unicodeScalars.append(escape(next))
      } else {
        break
      }
    }
    return text.lowercased()
  }

  private mutating func escape(_ first: Unicode.Scalar) -> Unicode.Scalar {
    var code: UInt32 = 0
    var count = 0
    while count < 6, let scalar = peek(), let digit = Character(scalar).hexDigitValue, scalar.value < 0x80 {
      code = code * 16 + UInt32(digit)
      count += 1
      at += 1
    }
    guard count > 0 else {
      at += 1
      return first
    }
    if let scalar = peek(), " \t\n\r\u{0C}".unicodeScalars.contains(scalar) { at += 1 }
    return code == 0 ? "\u{FFFD}" : Unicode.Scalar(code) ?? "\u{FFFD}"
  }
}

extension Array<ComponentValue> {
  /// The values without spaces at both ends.
  var trimmed: [ComponentValue] {
    var rest = self[...]
    while rest.first == .space { rest = rest.dropFirst() }
    while rest.last == .space { rest = rest.dropLast() }
    return Array(rest)
  }
}
