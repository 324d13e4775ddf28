/// `@supports` (CSS Conditional 3, section 6), as far as all browsers that show a `srcset` of modern formats agree.
enum SupportsCondition {
  /// Whether a condition holds in all of them; what is not known here may.
  static func holds(_ values: some Collection<ComponentValue>) -> Certainty {
    var words = values.filter { !$0.isSpace }[...]
    if words.first?.keyword == "not" {
      guard words.count == 2, let inner = words.last else { return .maybe }
      return !part(inner)
    }
    guard let first = words.popFirst() else { return .maybe }
    var result = part(first)
    while let word = words.popFirst() {
      guard let joint = word.keyword, let next = words.popFirst(), joint == "and" || joint == "or" else {
        return .maybe
      }
      let other = part(next)
      result = joint == "and" ? result && other : result || other
    }
    return result
  }

  private static func part(_ value: ComponentValue) -> Certainty {
    guard value.isParentheses else { return .maybe }
    let inner = value.inner.trimmed
    guard let colon = inner.firstIndex(where: { $0.isDelim(":") }), let name = inner.first?.token,
      name.kind == .ident
    else { return holds(inner) }
    return declaration(
      name.text.lowercased(), ComponentValue.text(inner[(colon + 1)...].trimmed).lowercased())
  }

  /// What a word is enough for; an empty list takes any value.
  private static let known: [String: Set<String>] = [
    "display": [
      "grid", "inline-grid", "flex", "inline-flex", "flow-root", "contents", "block", "inline-block",
    ],
    "position": ["sticky", "fixed", "absolute"],
    "object-fit": ["cover", "contain", "fill", "none", "scale-down"],
    "grid-template-columns": [], "grid-area": [], "gap": [], "grid-gap": [], "column-gap": [],
    "aspect-ratio": [],
  ]

  private static func declaration(_ name: String, _ value: String) -> Certainty {
    if name.hasPrefix("--") { return .yes }
    guard !value.isEmpty, let values = known[name] else { return .maybe }
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "-./% ".contains($0) }
    if values.isEmpty {
      return isPlain && !value.contains("subgrid") && !value.contains("masonry") ? .yes : .maybe
    }
    return values.contains(value) ? .yes : .maybe
  }
}
