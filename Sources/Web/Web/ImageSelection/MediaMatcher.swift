/// Media conditions and queries of Media Queries 4, with its logic of three values: what is unknown matches nothing, nor
/// does its negation.
package struct MediaMatcher {
  /// Whether something holds.
  enum Truth { case yes, no, unknown }

  let screen: Screen
  private var calculation: CSSCalculation { CSSCalculation(screen: screen) }

  /// Makes a matcher for a screen.
  package init(screen: Screen) { self.screen = screen }

  /// Whether a `media` attribute's list of queries matches.
  package func matches(list: String) -> Bool {
    let values = ComponentValue.parse(list)
    if values.trimmed.isEmpty { return true }
    return values.split(separator: .comma, omittingEmptySubsequences: false)
      .contains { query(Array($0).trimmed) }
  }

  private func query(_ values: [ComponentValue]) -> Bool {
    var words = values.filter { $0 != .space }
    var isNegated = false
    guard case .ident(let first) = words.first else { return condition(values) == .yes }
    if first == "not" || first == "only" {
      guard case .ident? = words.dropFirst().first else { return condition(values) == .yes }
      isNegated = first == "not"
      words.removeFirst()
    }
    guard case .ident(let type) = words.first, !["not", "and", "or", "only", "layer"].contains(type) else {
      return false
    }
    words.removeFirst()
    var truth: Truth = ["all", "screen"].contains(type) ? .yes : .no
    if !words.isEmpty {
      guard words.removeFirst() == .ident("and"), !words.contains(.ident("or")),
        let rest = conditionIfValid(words)
      else { return false }
      truth = truth == .yes ? rest : .no
    }
    return isNegated ? truth == .no : truth == .yes
  }

  /// What a media condition comes to; unknown where it is none.
  func condition(_ values: [ComponentValue]) -> Truth { conditionIfValid(values) ?? .unknown }

  private func conditionIfValid(_ values: [ComponentValue]) -> Truth? {
    var words = values.filter { $0 != .space }[...]
    if words.first == .ident("not") {
      guard words.count == 2, let inner = words.last.flatMap(inParentheses) else { return nil }
      return inner == .unknown ? .unknown : inner == .yes ? .no : .yes
    }
    guard let first = words.popFirst(), var result = inParentheses(first) else { return nil }
    let joint = words.first
    while let word = words.popFirst() {
      guard word == joint, let next = words.popFirst().flatMap(inParentheses) else { return nil }
      switch word {
      case .ident("and"): result = result == .no || next == .no ? .no : result == .yes ? next : .unknown
      case .ident("or"): result = result == .yes || next == .yes ? .yes : result == .no ? next : .unknown
      default: return nil
      }
    }
    return result
  }

  private func inParentheses(_ value: ComponentValue) -> Truth? {
    switch value {
    case .parentheses(let inner):
      let inner = inner.trimmed
      return feature(inner) ?? conditionIfValid(inner) ?? .unknown
    case .function: return .unknown
    default: return nil
    }
  }

  private func feature(_ values: [ComponentValue]) -> Truth? {
    if values.count == 1, case .ident(let name) = values[0] {
      return value(of: name).map { $0 != 0 ? .yes : .no } ?? keyword(name).map { $0 != "none" ? .yes : .no }
    }
    if let colon = values.firstIndex(of: .other(":")) {
      let right = Array(values[(colon + 1)...]).trimmed
      guard case .ident(let written)? = Array(values[..<colon]).trimmed.first else { return nil }
      let name =
        ["min", "max"].first { written == "-webkit-\($0)-device-pixel-ratio" }
        .map { "\($0)--webkit-device-pixel-ratio" } ?? written
      if case .ident(let wanted)? = right.first, right.count == 1, let found = keyword(name) {
        return found == wanted ? .yes : .no
      }
      for (prefix, symbol) in [("min-", ">="), ("max-", "<="), ("", "=")] where name.hasPrefix(prefix) {
        let base = String(name.dropFirst(prefix.count))
        guard let actual = value(of: base), let wanted = number(right, for: base) else { continue }
        return Self.holds(actual, symbol, wanted) ? .yes : .no
      }
      return nil
    }
    return range(values)
  }

  /// `width >= 40em`, `40em <= width`, `40em < width <= 80em`.
  private func range(_ values: [ComponentValue]) -> Truth? {
    var parts: [[ComponentValue]] = [[]]
    var symbols: [String] = []
    var previous: ComponentValue?
    for value in values {
      if case .other(let symbol) = value, ["<", ">", "="].contains(symbol) {
        if symbol == "=", previous == .other("<") || previous == .other(">") {
          symbols[symbols.count - 1] += "="
        } else {
          symbols.append(symbol)
          parts.append([])
        }
      } else {
        parts[parts.count - 1].append(value)
      }
      previous = value
    }
    let sides = parts.map(\.trimmed)
    guard let place = sides.firstIndex(where: { $0.count == 1 && Self.featureName($0[0]) != nil }),
      let name = Self.featureName(sides[place][0]), let actual = value(of: name)
    else { return nil }
    switch (symbols.count, place) {
    case (1, 0):
      return number(sides[1], for: name).map { Self.holds(actual, symbols[0], $0) ? .yes : .no }
    case (1, 1):
      return number(sides[0], for: name).map { Self.holds($0, symbols[0], actual) ? .yes : .no }
    case (2, 1):
      guard symbols[0] != "=", symbols[1] != "=", symbols[0].first == symbols[1].first,
        let low = number(sides[0], for: name), let high = number(sides[2], for: name)
      else { return nil }
      return Self.holds(low, symbols[0], actual) && Self.holds(actual, symbols[1], high) ? .yes : .no
    default: return nil
    }
  }

  private static func featureName(_ value: ComponentValue) -> String? {
    if case .ident(let name) = value { name } else { nil }
  }

  private static func holds(_ left: Double, _ symbol: String, _ right: Double) -> Bool {
    // A density or length that was written with fewer digits is the same one.
    let isEqual = abs(left - right) < 0.0005
    switch symbol {
    case "<": return left < right && !isEqual
    case ">": return left > right && !isEqual
    case "<=": return left < right || isEqual
    case ">=": return left > right || isEqual
    default: return isEqual
    }
  }

  private func value(of name: String) -> Double? {
    switch name {
    case "width", "device-width": Double(screen.width)
    case "height", "device-height": Double(screen.height)
    case "aspect-ratio", "device-aspect-ratio": Double(screen.width) / Double(screen.height)
    case "resolution", "-webkit-device-pixel-ratio": screen.density
    case "color": 8
    case "monochrome", "grid", "color-index": 0
    default: nil
    }
  }

  /// A reader's screen as browsers report it where nobody chose otherwise.
  private func keyword(_ name: String) -> String? {
    switch name {
    case "orientation": screen.height >= screen.width ? "portrait" : "landscape"
    case "prefers-color-scheme": "light"
    case "prefers-reduced-motion", "prefers-contrast", "prefers-reduced-data": "no-preference"
    default: nil
    }
  }

  private func number(_ values: [ComponentValue], for name: String) -> Double? {
    if name.hasSuffix("aspect-ratio") {
      let parts = values.filter { $0 != .space }
      guard case .number(let over, "")? = parts.first else { return nil }
      if parts.count == 1 { return over }
      guard parts.count == 3, parts[1] == .other("/"), case .number(let under, "") = parts[2] else {
        return nil
      }
      return over / under
    }
    guard values.count == 1 else { return nil }
    switch (name, values[0]) {
    case ("resolution", .number(let value, "dppx")), ("resolution", .number(let value, "x")): return value
    case ("resolution", .number(let value, "dpi")): return value / 96
    case ("resolution", .number(let value, "dpcm")): return value * 2.54 / 96
    case ("resolution", _): return nil
    case ("-webkit-device-pixel-ratio", .number(let value, "")): return value
    case ("color", .number(let value, "")), ("monochrome", .number(let value, "")),
      ("grid", .number(let value, "")):
      return value
    case ("color", _), ("monochrome", _), ("grid", _), ("-webkit-device-pixel-ratio", _): return nil
    default: return calculation.length(values[0])
    }
  }
}
