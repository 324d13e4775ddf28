import Foundation

extension StringProtocol {
  /// The text with what no line of a message may hold spelled out: control characters, among them line feeds (a workflow's
  /// log would take the next line for a command) and the escapes that terminals obey, and the marks that turn the direction of
  /// letters (Unicode Technical Report 36, 3.6). So is the first letter of what a build service takes for a command: two
  /// colons behind nothing but spaces (GitHub), and what begins with `##` anywhere (GitHub, Azure, TeamCity).
  ///
  /// ```swift
  /// "a\n::stop".printable  // "a\\u{A}::stop"
  /// "::stop".printable  // "\\u{3A}:stop"
  /// ```
  package var printable: String {
    let start = drop { $0.isWhitespace }
    var text = String(self)
    if start.hasPrefix("::") {
      text = String(self[..<start.startIndex]) + "\\u{3A}" + String(start.dropFirst())
    }
    // Nearly no text has any.
    if text.contains("##") {
      for command in ["[", "vso[", "teamcity["] {
        text = text.replacingOccurrences(of: "##" + command, with: "\\u{23}#" + command)
      }
    }
    guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
    return text.unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isUnprintable {
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// Text in JSON with the marks spelled out that JSON allows and no log should hold. Its meaning is the same.
  package var printableJSON: String {
    guard unicodeScalars.contains(where: { $0.value >= 0x7F && $0.isUnprintable }) else {
      return String(self)
    }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard scalar.value >= 0x7F, scalar.isUnprintable else { return text.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
