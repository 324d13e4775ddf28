/// A component value (CSS Syntax 3, section 5): a token, or a function or block with what stands in it.
package struct ComponentValue: Hashable, Sendable {
  /// The token; of a function or block the one that opens it.
  package var token: CSSToken
  /// What stands in a function or block.
  package var inner: [ComponentValue] = []
  /// Whether a function or block ends with the text rather than with its bracket.
  package var isOpen = false

  /// Brackets in brackets: more than any author nests, and few enough for a reader that calls itself.
  static let maxDepth = 100

  /// Reads a text whole. What is open at its end is closed there.
  package static func parse(_ text: String, isSass: Bool = false) -> [ComponentValue] {
    parse(CSSTokenizer.tokens(text, isSass: isSass))
  }

  /// Puts tokens into their functions and blocks. One that lies too deep is a single value that nobody knows.
  package static func parse(_ tokens: some Sequence<CSSToken>) -> [ComponentValue] {
    var top: [ComponentValue] = []
    var open: [ComponentValue] = []
    var skipped = 0
    func add(_ value: ComponentValue) {
      if open.isEmpty { top.append(value) } else { open[open.count - 1].inner.append(value) }
    }
    for token in tokens {
      if skipped > 0 {
        skipped += token.closingBracket != nil ? 1 : token.isClosingBracket ? -1 : 0
      } else if token.closingBracket != nil {
        if open.count < maxDepth {
          open.append(ComponentValue(token: token))
        } else {
          skipped = 1
          var deep = token
          deep.kind = .unknown
          add(ComponentValue(token: deep))
        }
      } else if let last = open.last, let close = last.token.closingBracket, token.isDelim(close) {
        open.removeLast()
        add(last)
      } else {
        add(ComponentValue(token: token))
      }
    }
    while var last = open.popLast() {
      last.isOpen = true
      add(last)
    }
    return top
  }

  /// Values as they would be written.
  package static func text(_ values: some Sequence<ComponentValue>) -> String {
    values.reduce(into: "") { out, value in
      out += value.token.written
      guard let close = value.token.closingBracket else { return }
      out += text(value.inner)
      if !value.isOpen { out += close }
    }
  }
}

extension ComponentValue {
  var isSpace: Bool { token.kind == .whitespace }
  var isComma: Bool { token.isDelim(",") }
  var isParentheses: Bool { token.isDelim("(") }

  func isDelim(_ text: String) -> Bool { token.isDelim(text) }

  /// A word in small letters; nil for all else.
  package var keyword: String? { token.kind == .ident ? token.text.lowercased() : nil }

  /// The name of a function in small letters; nil for all else.
  package var functionName: String? { token.kind == .function ? token.text.lowercased() : nil }

  /// The URL of `url(…)`, in quotes or not; nil for all else.
  package var url: String? {
    if token.kind == .url { return token.text }
    guard functionName == "url", let first = inner.first(where: { !$0.isSpace }), first.token.kind == .string
    else { return nil }
    return first.token.text
  }
}

extension Collection<ComponentValue> {
  /// The values between the commas.
  var splitAtCommas: [SubSequence] { split(omittingEmptySubsequences: false, whereSeparator: \.isComma) }
}

extension Collection<ComponentValue> where SubSequence == ArraySlice<ComponentValue> {
  /// The values without spaces at both ends.
  var trimmed: ArraySlice<ComponentValue> {
    var rest = self[...]
    while rest.first?.isSpace == true { rest.removeFirst() }
    while rest.last?.isSpace == true { rest.removeLast() }
    return rest
  }

  /// The values between the spaces.
  package var words: [SubSequence] { split(whereSeparator: \.isSpace) }
}

extension CSSToken {
  /// What closes the function or block that the token opens; nil for all else.
  fileprivate var closingBracket: String? {
    if kind == .function { return ")" }
    guard kind == .delim else { return nil }
    switch text {
    case "(": return ")"
    case "[": return "]"
    case "{": return "}"
    default: return nil
    }
  }

  fileprivate var isClosingBracket: Bool { kind == .delim && [")", "]", "}"].contains(text) }
}
