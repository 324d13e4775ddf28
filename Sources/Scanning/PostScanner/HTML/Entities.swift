/// Character references of HTML (`&amp;`, `&#44032;`).
enum Entities {
  /// The text that a browser reads. Text with template code in it is left as the author wrote it, since what
  /// looks like a reference may be code.
  static func decode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")), !LiquidURL.isTemplated(text) else {
      return text
    }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "&"), let match = reference(bytes, at: i) {
        out += Array(match.text.utf8)
        i = match.end
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func reference(_ bytes: [UInt8], at start: Int) -> (text: String, end: Int)? {
    // The longest name in HTML's table has 31 letters.
    let limit = min(bytes.count, start + 34)
    guard let end = bytes[start..<limit].firstIndex(of: UInt8(ascii: ";")), end > start + 1 else {
      return nil
    }
    let name = bytes.string((start + 1)..<end)
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
      let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      guard let value, let scalar = Unicode.Scalar(value), value > 0 else { return nil }
      return (String(Character(scalar)), end + 1)
    }
    guard let text = named(name) else { return nil }
    return (text, end + 1)
  }

  private static func named(_ name: String) -> String? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    case "nbsp": "\u{A0}"
    default: CmarkOracle.namedEntity(name)
    }
  }
}
