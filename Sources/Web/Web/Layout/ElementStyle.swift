/// What rules say about one element: the declarations that can count for it, in the order in which they do.
struct ElementStyle: Sendable {
  /// What a property comes to in a window of some width.
  enum Value: Hashable, Sendable {
    case components([ComponentValue])
    /// A rule decides of which nobody can tell whether it counts.
    case unknown
  }

  /// A rule, or a `style` attribute, or what attributes of HTML mean.
  private struct Applied: Sendable {
    var media: [MediaQueryList] = []
    var declarations: [StyleSheet.Declaration]
    var layer: [Int] = [.max]
    var isInline = false
    var specificity = Specificity()
    var order: Int
    var isCertain = true
  }

  private var normal: [Applied]
  private var important: [Applied]
  /// Tells the declarations from others of the same stylesheets.
  let key: String
  /// How many rules can count for it.
  let ruleCount: Int
  /// The widths of the viewport at which a rule begins or ceases to count.
  let limits: Set<Double>

  /// - Parameters:
  ///   - element: the element, of which the matcher knows the number.
  ///   - hints: what its attributes mean as a stylesheet has it; every rule of the page goes before them.
  init(_ element: HTMLElement, _ number: Int, _ rules: LayoutRules, _ matcher: SelectorMatcher, hints: String)
  {
    var blocks: [Applied] = []
    var key = "\(element.name)|\(hints)|\(element["style"] ?? "")"
    if !hints.isEmpty {
      blocks.append(Applied(declarations: Self.declarations(hints), layer: [.min], order: -1))
    }
    var best: [Int: (match: Certainty, specificity: Specificity)] = [:]
    for entry in rules.candidates(for: element) + Self.states(number, rules, matcher) {
      let selector = rules.rules[entry.rule].selectors[entry.selector]
      let match = matcher.matches(selector, number)
      guard match != .no else { continue }
      let earlier = best[entry.rule] ?? (.no, Specificity())
      best[entry.rule] = (earlier.match || match, max(earlier.specificity, selector.specificity))
    }
    for (order, match) in best.sorted(by: { $0.key < $1.key }) {
      let rule = rules.rules[order]
      let isCertain = match.match == .yes && !rule.isUncertain
      key += "|\(order)\(isCertain ? "" : "?")"
      blocks.append(
        Applied(
          media: rule.media, declarations: rule.declarations, layer: rules.rank(ofLayer: rule.layer),
          specificity: match.specificity, order: order, isCertain: isCertain))
    }
    if let style = element["style"] {
      let inline = Self.declarations(style).filter(LayoutProperty.counts)
      blocks.append(Applied(declarations: inline, isInline: true, order: .max))
    }
    normal = blocks.filter { $0.declarations.contains { !$0.isImportant } }.sorted {
      Self.counts($0, less: $1)
    }
    important = blocks.filter { $0.declarations.contains(where: \.isImportant) }.sorted {
      Self.counts($0, less: $1, reversesLayers: true)
    }
    limits = Set(blocks.flatMap { $0.media.flatMap(\.widthLimits) })
    self.key = key
    ruleCount = blocks.count
  }

  private static func states(
    _ number: Int, _ rules: LayoutRules, _ matcher: SelectorMatcher
  ) -> [LayoutRules.Entry] {
    matcher.tree.elements[number].isScripted ? rules.stateCandidates : []
  }

  private static func declarations(_ style: String) -> [StyleSheet.Declaration] {
    StyleSheetParser.parse("a{\(style)}", file: "", isSass: false).rules.first?.declarations ?? []
  }

  /// CSS Cascading 5, section 6.
  private static func counts(_ a: Applied, less b: Applied, reversesLayers: Bool = false) -> Bool {
    if a.isInline != b.isInline { return b.isInline }
    if a.layer != b.layer {
      let isLess = a.layer.lexicographicallyPrecedes(b.layer)
      return reversesLayers ? !isLess : isLess
    }
    return (a.specificity, a.order) < (b.specificity, b.order)
  }

  // MARK: Values

  /// The longhands that are set in a window.
  ///
  /// - Parameter custom: the custom properties of the element around; takes in the element's own.
  func values(in environment: MediaEnvironment, custom: inout [String: Value]) -> [String: Value] {
    var variables: [String: Value] = [:]
    cascade(in: environment) { declaration, isCertain in
      guard declaration.name.hasPrefix("--") else { return }
      Self.set(declaration.name, .components(declaration.value), isCertain, &variables)
    }
    // What a variable means is settled where it is set, and not where it is used.
    let around = custom.merging(variables) { _, new in new }
    for (name, value) in variables {
      guard case .components(let parts) = value else {
        custom[name] = .unknown
        continue
      }
      custom[name] = Self.substituted(parts, around).map { .components($0) } ?? .unknown
    }
    let custom = custom
    var values: [String: Value] = [:]
    cascade(in: environment) { declaration, isCertain in
      guard !declaration.name.hasPrefix("--") else { return }
      let read = Self.substituted(declaration.value, custom)
      for (name, value) in LayoutProperty.longhands(declaration.name, read ?? declaration.value) {
        Self.set(name, read == nil ? .unknown : .components(value), isCertain, &values)
      }
    }
    return values
  }

  /// Values with what the keywords of all properties stand for (CSS Cascading 5, section 7.3).
  ///
  /// - Parameter parent: the values of the element around.
  static func resolved(_ values: [String: Value], in parent: [String: Value]) -> [String: Value] {
    var values = values
    for (name, value) in values where name != "font-size" {
      guard case .components(let parts) = value, parts.count == 1, let word = parts[0].keyword else {
        continue
      }
      switch word {
      case "initial", "unset": values[name] = initial(name)
      case "revert", "revert-layer": values[name] = .unknown
      case "inherit": values[name] = inherited(parent[name]) ?? initial(name)
      default: continue
      }
    }
    return values
  }

  /// What a property has where nothing is said; that a width or a height is said to be so counts before an attribute.
  private static func initial(_ name: String) -> Value? {
    ["width", "height"].contains(name) ? .components(ComponentValue.parse("auto")) : nil
  }

  /// The parent's value; a length by letters is one of the parent's letters.
  private static func inherited(_ value: Value?) -> Value? {
    guard case .components(let parts)? = value else { return value }
    let byLetters = parts.contains {
      ["em", "ex", "ch", "ic", "lh", "cap"].contains($0.token.unit) || !$0.inner.isEmpty
    }
    return byLetters ? .unknown : value
  }

  /// Gives the declarations that count in a window in the order in which they do, and whether each surely counts.
  private func cascade(
    in environment: MediaEnvironment, _ take: (StyleSheet.Declaration, _ isCertain: Bool) -> Void
  ) {
    for (list, isImportant) in [(normal, false), (important, true)] {
      for rule in list {
        let holds = rule.media.reduce(Certainty.yes) { $0 && $1.holds(in: environment) }
        if holds == .no { continue }
        for declaration in rule.declarations where declaration.isImportant == isImportant {
          take(declaration, holds == .yes && rule.isCertain)
        }
      }
    }
  }

  private static func set(
    _ name: String, _ value: Value, _ isCertain: Bool, _ values: inout [String: Value]
  ) {
    // What may or may not count decides nothing where it says the same.
    if isCertain { values[name] = value } else if values[name] != value { values[name] = .unknown }
  }

  private static func namesVariable(_ values: [ComponentValue]) -> Bool {
    values.contains { $0.functionName == "var" || namesVariable($0.inner) }
  }

  /// A value with what stands in its variables; nil where one of them is not known.
  private static func substituted(
    _ values: [ComponentValue], _ custom: [String: Value], depth: Int = 0
  ) -> [ComponentValue]? {
    guard depth < 16, values.count < 1_000 else { return nil }
    guard namesVariable(values) else { return values }
    var out: [ComponentValue] = []
    for value in values {
      if value.functionName == "var" {
        let parts = value.inner.split(
          maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isComma)
        guard let name = parts.first?.trimmed.first?.token.text else { return nil }
        switch custom[name] {
        case .components(let inner)?:
          guard let inner = substituted(inner, custom, depth: depth + 1) else { return nil }
          out += inner.trimmed
        case .unknown?: return nil
        case nil:
          guard parts.count > 1, let inner = substituted(Array(parts[1].trimmed), custom, depth: depth + 1)
          else { return nil }
          out += inner
        }
      } else {
        var value = value
        guard let inner = substituted(value.inner, custom, depth: depth + 1) else { return nil }
        value.inner = inner
        out.append(value)
      }
    }
    return out
  }
}
