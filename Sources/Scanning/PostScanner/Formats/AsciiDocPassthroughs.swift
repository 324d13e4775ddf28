/// Finds text that Asciidoctor passes through (`extract_passthroughs`).
struct AsciiDocPassthroughs {
  enum Content { case html, macros, text }

  struct Span {
    var inner: Range<Int>
    var end: Int
    var content: Content
  }

  private let bytes: [UInt8]
  /// Marks that are known to have no end from a position on.
  private var unclosed: [String: Int] = [:]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is passed through from a position on.
  mutating func span(at i: Int) -> Span? {
    if i > 0, bytes[i - 1] == .backslash { return nil }
    switch bytes[i] {
    case UInt8(ascii: "+"):
      if bytes.has("+++", at: i) { return closed("+++", at: i, .html) ?? constrained(at: i) }
      if bytes.has("++", at: i) { return closed("++", at: i, .text) ?? constrained(at: i) }
      return constrained(at: i)
    case .dollar: return bytes.has("$$", at: i) ? closed("$$", at: i, .text) : nil
    case UInt8(ascii: "p") where bytes.has("pass:", at: i): return macro("pass:", at: i)
    case UInt8(ascii: "s") where bytes.has("stem:", at: i): return macro("stem:", at: i)
    case UInt8(ascii: "l") where bytes.has("latexmath:", at: i): return macro("latexmath:", at: i)
    case UInt8(ascii: "a") where bytes.has("asciimath:", at: i): return macro("asciimath:", at: i)
    default: return nil
    }
  }

  private mutating func closed(_ mark: String, at i: Int, _ content: Content) -> Span? {
    let length = mark.utf8.count
    if let from = unclosed[mark], i >= from { return nil }
    var end = i + length
    while end + length <= bytes.count {
      if end > i + length, bytes[end..<end + length].elementsEqual(mark.utf8) {
        return Span(inner: i + length..<end, end: end + length, content: content)
      }
      end += 1
    }
    unclosed[mark] = i
    return nil
  }

  /// `+text+`, in whose ends no letter and no blank stands.
  private mutating func constrained(at i: Int) -> Span? {
    if let from = unclosed["+"], i >= from { return nil }
    guard i == 0 || !(isWord(before: i) || ";:\\".utf8.contains(bytes[i - 1])), i + 1 < bytes.count,
      !bytes[i + 1].isWhitespace
    else { return nil }
    var end = i + 2
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "+"), !bytes[end - 1].isWhitespace,
        bytes.wordEnd(from: end + 1) == end + 1
      {
        return Span(inner: i + 1..<end, end: end + 1, content: .text)
      }
      end += 1
    }
    unclosed["+"] = i
    return nil
  }

  private func isWord(before i: Int) -> Bool {
    let byte = bytes[i - 1]
    return byte.isLetter || byte.isDigit || byte == .underscore || byte >= 0x80
  }

  private mutating func macro(_ name: String, at i: Int) -> Span? {
    if unclosed["]"] != nil { return nil }
    var open = i + name.utf8.count
    while open < bytes.count, bytes[open].isLetter || bytes[open] == .dash || bytes[open] == UInt8(ascii: ",")
    {
      open += 1
    }
    guard open < bytes.count, bytes[open] == .openBracket else { return nil }
    var end = open + 1
    while end < bytes.count, bytes[end] != .closeBracket || bytes[end - 1] == .backslash { end += 1 }
    guard end < bytes.count else {
      unclosed["]"] = i
      return nil
    }
    let subs = bytes.string(i + name.utf8.count..<open).split(separator: ",")
    let hasMacros = subs.contains {
      $0 == "macros" || $0 == "normal" || $0.count == 1 && ($0 == "m" || $0 == "n")
    }
    let content: Content = name != "pass:" ? .text : hasMacros ? .macros : subs.isEmpty ? .html : .text
    return Span(inner: open + 1..<end, end: end + 1, content: content)
  }
}
