/// Template code in the values of attributes, in the place of which a parser that knows nothing of it finds single words.
struct TemplateMask {
  private var codes: [String] = []

  /// A value whose code, what stands in `{{ }}` and `{% %}`, is masked.
  mutating func mask(_ value: String) -> String {
    guard value.contains("{") else { return value }
    var text = ""
    var rest = value[...]
    while let open = rest.firstIndex(of: "{") {
      let mark = rest[open...].dropFirst().first
      guard mark == "{" || mark == "%", let close = rest[open...].firstRange(of: mark == "{" ? "}}" : "%}")
      else {
        text += rest[...open]
        rest = rest[rest.index(after: open)...]
        continue
      }
      text += rest[..<open] + "\u{1}\(codes.count)\u{2}"
      codes.append(String(rest[open..<close.upperBound]))
      rest = rest[close.upperBound...]
    }
    return text + rest
  }

  /// A piece of a masked value as it was written.
  func written(_ piece: String) -> String {
    guard piece.contains("\u{1}") else { return piece }
    return codes.enumerated().reduce(piece) { text, code in
      text.replacing("\u{1}\(code.offset)\u{2}", with: code.element)
    }
  }
}
