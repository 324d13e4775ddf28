/// The tokens of one build: `zqj17e` for the candidate of index 17. They are letters and digits only, which have no
/// meaning in any dialect or template language.
struct Tokens: Sendable {
  private let prefix: [UInt8]
  /// For each token the form of its candidate.
  private let forms: [TokenForm]

  init(prefix: String, forms: [TokenForm]) {
    self.prefix = Array(prefix.utf8)
    self.forms = forms
  }

  /// A prefix that occurs in none of the texts; it grows until that is true.
  static func prefix(unlike texts: some Sequence<[UInt8]>) -> String {
    var prefixes = ["zqj", "qzjx", "xqjzv", "vjzqxk", "jvzqxwqk"]
    for text in texts {
      while let prefix = prefixes.first, prefixes.count > 1, text.contains(Array(prefix.utf8)) {
        prefixes.removeFirst()
      }
    }
    return prefixes[0]
  }

  /// A token as it is written into a post.
  func written(_ index: Int) -> [UInt8] {
    let token = prefix + Array(String(index).utf8) + [forms[index].rawValue]
    return switch forms[index] {
    case .glued: token
    case .spaced: token + [UInt8(ascii: " ")]
    case .attribute: [UInt8(ascii: " ")] + token
    case .query: [UInt8(ascii: "?")] + token
    case .parameter: [UInt8(ascii: "&")] + token
    }
  }

  /// The token at `position`: its index and the offset behind it.
  private func token(_ bytes: [UInt8], at position: Int) -> (index: Int, end: Int)? {
    var i = position + prefix.count
    guard i < bytes.count, bytes[position] == prefix[0], bytes[position..<i].elementsEqual(prefix) else {
      return nil
    }
    let digits = i
    var index = 0
    while i < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[i]), i - digits < 9 {
      index = index * 10 + Int(bytes[i] - UInt8(ascii: "0"))
      i += 1
    }
    guard i > digits, i < bytes.count, forms.indices.contains(index), bytes[i] == forms[index].rawValue else {
      return nil
    }
    return (index, i + 1)
  }

  /// The token that a text begins with.
  func leading(_ text: String) -> Int? { token(Array(text.utf8), at: 0)?.index }

  /// Whether a text holds a token at all.
  func all(in bytes: [UInt8]) -> Set<Int> {
    var indices: Set<Int> = []
    var i = 0
    while let start = bytes[i...].firstIndex(of: prefix[0]) {
      if let match = token(bytes, at: start) { indices.insert(match.index) }
      i = start + 1
    }
    return indices
  }

  /// A text as it would be without the tokens, and what stands around them for their sake.
  func stripped(_ bytes: [UInt8], indices: inout Set<Int>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while let start = bytes[i...].firstIndex(of: prefix[0]) {
      out += bytes[i..<start]
      guard let (index, end) = token(bytes, at: start) else {
        out.append(bytes[start])
        i = start + 1
        continue
      }
      indices.insert(index)
      i = strip(forms[index], bytes, from: end, &out)
    }
    out += bytes[i...]
    return out
  }

  /// A text without its tokens.
  func stripped(_ text: String) -> String {
    var ignored: Set<Int> = []
    return String(decoding: stripped(Array(text.utf8), indices: &ignored), as: UTF8.self)
  }

  private func strip(_ form: TokenForm, _ bytes: [UInt8], from end: Int, _ out: inout [UInt8]) -> Int {
    switch form {
    case .glued: return end
    case .spaced:
      // An id generated from a heading's text has `-` or `_` for a space.
      guard end < bytes.count, [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(bytes[end])
      else {
        return end
      }
      return end + 1
    case .attribute:
      var end = end
      if has(bytes, "=\"\"", at: end) || has(bytes, "=''", at: end) { end += 3 }
      // A syntax highlighter wraps each attribute's name.
      if has(bytes, "</span>", at: end), out.last == UInt8(ascii: ">"),
        let open = out.suffix(80).lastIndex(of: UInt8(ascii: "<")), has(out, "<span", at: open)
      {
        out.removeSubrange(open...)
        end += 7
      }
      if let last = out.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "-") { out.removeLast() }
      return end
    case .query: return stripMark(["?", "%3F", "%3f"], &out, end)
    case .parameter: return stripMark(["&amp;", "&#38;", "&", "%26"], &out, end)
    }
  }

  private func stripMark(_ marks: [String], _ out: inout [UInt8], _ end: Int) -> Int {
    if let mark = marks.first(where: { out.suffix($0.utf8.count).elementsEqual($0.utf8) }) {
      out.removeLast(mark.utf8.count)
    }
    return end
  }

  private func has(_ bytes: [UInt8], _ text: String, at position: Int) -> Bool {
    position + text.utf8.count <= bytes.count
      && bytes[position..<(position + text.utf8.count)].elementsEqual(text.utf8)
  }
}
