extension StringProtocol {
  /// The text with what no line of a message may hold spelled out: control characters, among them line feeds (a workflow's
  /// log would take the next line for a command) and the escapes that terminals obey, and the marks that turn the direction of
  /// letters (Unicode Technical Report 36, 3.6).
  ///
  /// ```swift
  /// "a\n::stop".printable  // "a\\u{A}::stop"
  /// ```
  package var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return String(self) }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isUnprintable {
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        text.unicodeScalars.append(scalar)
      }
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
