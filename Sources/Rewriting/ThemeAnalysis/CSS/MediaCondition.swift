/// A media query list (Media Queries 4) as far as it depends on the viewport's width.
struct MediaCondition: Hashable {
  /// One query of the list.
  private struct Query: Hashable {
    /// The least and the largest width in CSS pixels at which it holds.
    var minimum: Double?
    var maximum: Double?
    var isNegated = false
    /// Whether it is for another medium than screens.
    var isElsewhere = false
    /// Whether it asks for anything beside the width.
    var isUnknown = false
  }

  private var queries: [Query] = []
  /// The list as it is written.
  let text: String

  init(_ tokens: [StyleToken]) {
    text = StyleSheet.text(tokens)
    var part: [StyleToken] = []
    for token in tokens {
      if token.isDelim(",") {
        queries.append(Self.query(part))
        part = []
      } else {
        part.append(token)
      }
    }
    queries.append(Self.query(part))
  }

  /// Whether the condition holds on a screen of a width in CSS pixels.
  func holds(at width: Double) -> Certainty {
    queries.contains { query in
      if query.isElsewhere { return Certainty(query.isNegated) }
      let fits = (query.minimum.map { width >= $0 } ?? true) && (query.maximum.map { width <= $0 } ?? true)
      let all: Certainty =
        fits ? (query.isUnknown ? .maybe : .yes) : (query.isUnknown && query.isNegated ? .maybe : .no)
      return query.isNegated ? !all : all
    }
  }

  /// Whether it can hold on any screen.
  var canHold: Bool { queries.contains { !$0.isElsewhere || $0.isNegated } }

  private static func query(_ tokens: [StyleToken]) -> Query {
    var query = Query()
    var at = 0
    while at < tokens.count {
      let token = tokens[at]
      at += 1
      switch token.kind {
      case .ident:
        switch token.text.lowercased() {
        case "not": query.isNegated = true
        case "only", "and", "all", "screen": break
        case "print", "speech", "tty", "tv", "projection", "handheld", "braille", "embossed", "aural":
          query.isElsewhere = true
        default: query.isUnknown = true
        }
      case .delim where token.text == "(":
        var inner: [StyleToken] = []
        var open = 1
        while at < tokens.count, open > 0 {
          if tokens[at].isDelim("(") || tokens[at].kind == .function { open += 1 }
          if tokens[at].isDelim(")") { open -= 1 }
          if open > 0 { inner.append(tokens[at]) }
          at += 1
        }
        feature(inner.filter { $0.kind != .whitespace }, &query)
      case .whitespace: break
      default: query.isUnknown = true
      }
    }
    return query
  }

  private static func feature(_ tokens: [StyleToken], _ query: inout Query) {
    let words = tokens.map { $0.text.lowercased() }
    if words.count == 3, words[1] == ":" {
      let length = Self.length(words[2])
      switch (words[0], length) {
      case ("min-width", let length?): query.minimum = max(query.minimum ?? 0, length)
      case ("max-width", let length?): query.maximum = min(query.maximum ?? .infinity, length)
      default: query.isUnknown = true
      }
      return
    }
    // `width >= 600px`, `600px <= width < 900px`
    var parts: [String] = []
    for word in words {
      if word == "=", let last = parts.last, last == "<" || last == ">" {
        parts[parts.count - 1] += "="
      } else {
        parts.append(word)
      }
    }
    guard let width = parts.firstIndex(of: "width"), [3, 5].contains(parts.count) else {
      query.isUnknown = true
      return
    }
    for (at, sign) in parts.enumerated() where sign.first == "<" || sign.first == ">" {
      let isLeft = at < width
      guard let length = Self.length(isLeft ? parts[at - 1] : parts[at + 1]) else {
        query.isUnknown = true
        return
      }
      let isMinimum = (sign.first == ">") != isLeft
      let step = sign.hasSuffix("=") ? 0 : 0.02
      if isMinimum {
        query.minimum = max(query.minimum ?? 0, length + step)
      } else {
        query.maximum = min(query.maximum ?? .infinity, length - step)
      }
    }
  }

  /// A length in CSS pixels. In media queries em and rem are the browser's own font size, 16 px.
  private static func length(_ text: String) -> Double? {
    if text == "0" { return 0 }
    for (unit, factor) in [("px", 1.0), ("rem", 16), ("em", 16)] where text.hasSuffix(unit) {
      return Double(text.dropLast(unit.count)).map { $0 * factor }
    }
    return nil
  }
}
