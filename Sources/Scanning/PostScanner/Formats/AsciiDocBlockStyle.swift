/// What `[style,name=value]` says of the block below it.
struct AsciiDocBlockStyle {
  private(set) var name = ""
  private(set) var values: [String: String] = [:]
  /// The options, each behind a `%`.
  private(set) var flags = ""

  var isMath: Bool { ["stem", "latexmath", "asciimath"].contains(name) }

  /// Whether a paragraph is shown as it is written, or not at all.
  var isVerbatim: Bool { isMath || ["comment", "listing", "literal", "pass", "source"].contains(name) }

  /// Whether macros are read in a block whose text is shown as it is.
  var hasMacros: Bool {
    let subs = (values["subs"] ?? "").split(separator: ",").map { $0.filter { !" +".contains($0) } }
    return subs.contains { $0 == "macros" || $0 == "normal" || $0 == "m" || $0 == "n" }
  }

  /// Reads a line in brackets; false where it is text.
  mutating func read(_ line: String) -> Bool {
    guard line.hasPrefix("["), line.hasSuffix("]"), line.count > 1 else { return false }
    let inner = line.dropFirst().dropLast()
    guard let first = inner.unicodeScalars.first else { return true }
    if first == "[" { return inner.hasSuffix("]") }
    guard first.isWord || ".#%{,\"'".unicodeScalars.contains(first) else { return false }
    let items = AsciiDocAttributeList(String(inner))
    if let word = items.positional.first {
      let style = word.prefix { !".#%".contains($0) }
      flags += word.split(separator: "%", omittingEmptySubsequences: false).dropFirst().joined(separator: ",")
      if !style.isEmpty { name = String(style) }
    }
    values.merge(items.named) { $1 }
    return true
  }
}

/// The list in the brackets of a macro or a block.
struct AsciiDocAttributeList {
  var positional: [String] = []
  var named: [String: String] = [:]

  init(_ text: String) {
    guard !text.isEmpty else { return }
    var parts: [String] = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { parts[parts.count - 1].append(character) }
      } else if character == "\"" || character == "'", isValueStart(parts[parts.count - 1]) {
        quote = character
      } else if character == "," {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    for part in parts.map(\.trimmed) {
      if let equals = part.firstIndex(of: "="), equals > part.startIndex,
        part[..<equals].unicodeScalars.allSatisfy({ $0.isWord || $0 == "-" || $0 == " " })
      {
        named[String(part[..<equals]).trimmed.lowercased()] =
          String(part[part.index(after: equals)...]).trimmed
      } else {
        positional.append(part)
      }
    }
  }

  private func isValueStart(_ text: String) -> Bool {
    let text = text.trimmed
    return text.isEmpty || text.hasSuffix("=")
  }
}
