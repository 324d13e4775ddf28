/// Markup in which text stays text: a literal is markup as it stands, and every string put into one is escaped.
///
/// Other strings become markup in no other way, so a template cannot forget to escape. Values of
/// attributes have to stand in quotation marks.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  /// The markup.
  let text: String

  init(stringLiteral value: StaticString) { text = value.description }

  /// A file that is part of the program: styles or a script, as they stand.
  init(embedded bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Collects the parts of a template.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
    mutating func appendInterpolation(_ string: String) { text += HTML.escaped(string) }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
    mutating func appendInterpolation(_ html: HTML) { text += html.text }
    mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
  }

  /// Text for an element or a quoted value. Control characters, which HTML has no place for, become U+FFFD.
  private static func escaped(_ string: String) -> String {
    guard string.utf8.contains(where: { isSpecial($0) }) else { return string }
    return string.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{0}"..<" ", "\u{7F}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || "&<>\"'".utf8.contains(byte)
  }
}
