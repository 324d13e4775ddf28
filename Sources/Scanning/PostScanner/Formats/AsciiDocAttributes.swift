/// What `:name: value` sets, as far as a reader of images asks for it.
struct AsciiDocAttributes {
  /// Those that every converter to HTML has.
  private(set) var values: [String: String] = [
    "backend": "html5", "backend-html5": "", "basebackend": "html", "basebackend-html": "",
    "doctype": "article",
    "empty": "", "sp": " ", "nbsp": "\u{A0}", "plus": "+", "two-colons": "::", "vbar": "|", "asciidoctor": "",
  ]

  subscript(name: String) -> String? { values[name.lowercased()] }

  /// Reads `:name: value`, `:!name:` or `:name!:`; false for any other line.
  mutating func read(_ line: String) -> Bool {
    guard line.hasPrefix(":"), let close = line.dropFirst().firstIndex(of: ":") else { return false }
    var name = line[line.index(after: line.startIndex)..<close]
    let rest = line[line.index(after: close)...]
    guard rest.isEmpty || rest.first == " " || rest.first == "\t" else { return false }
    let isUnset = name.hasPrefix("!") || name.hasSuffix("!")
    if name.hasPrefix("!") { name.removeFirst() }
    if name.hasSuffix("!") { name.removeLast() }
    guard let first = name.unicodeScalars.first, first.isWord,
      name.unicodeScalars.allSatisfy({ $0.isWord || $0 == "-" })
    else { return false }
    let value = isUnset ? nil : expanded(String(rest).trimmed)
    values[name.lowercased()] = value.map {
      String(decoding: $0.utf8.prefix(Self.longestValue), as: UTF8.self)
    }
    return true
  }

  /// As Asciidoctor has it where it does not trust a document (`max-attribute-value-size`): each value can double the one
  /// before.
  private static let longestValue = 4096
  /// What values may add to one text.
  private static let longestAddition = 1 << 16

  /// A text with the values in the place of `{name}`; names that nothing sets stay.
  func expanded(_ text: String) -> String {
    guard text.contains("{") else { return text }
    var bytes = SourceText()
    for byte in text.utf8 { bytes.append(byte, from: 0) }
    return String(decoding: expanded(bytes).bytes, as: UTF8.self)
  }

  /// The same of bytes with their offsets. A value has that of its name.
  func expanded(_ text: SourceText) -> SourceText {
    let bytes = text.bytes
    guard bytes.contains(.openBrace) else { return text }
    var out = SourceText()
    var i = 0
    while i < bytes.count {
      if bytes[i] == .openBrace, let close = Self.nameEnd(bytes, from: i + 1),
        i == 0 || bytes[i - 1] != .backslash, out.bytes.count - i < Self.longestAddition,
        let value = self[bytes.string(i + 1..<close)]
      {
        for byte in value.utf8 { out.append(byte, from: text.origins[i]) }
        i = close + 1
      } else {
        out.append(bytes[i], from: text.origins[i])
        i += 1
      }
    }
    return out
  }

  private static func nameEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var i = start
    while i < bytes.count, bytes[i] == .dash || bytes.wordEnd(from: i) > i {
      i = max(i + 1, bytes.wordEnd(from: i))
    }
    return i > start && i < bytes.count && bytes[i] == .closeBrace ? i : nil
  }
}
