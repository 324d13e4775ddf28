/// Reads sums, products and functions. It remembers what variables came to, so that a value that names one again and again
/// takes no longer than it is written.
struct CalculationReader {
  typealias Quantity = CSSCalculation.Quantity

  let calculation: CSSCalculation
  private var cache: [String: Quantity?] = [:]
  private var depth = 0

  /// Variables in variables; more are taken for a circle.
  private static let maxDepth = 16

  init(calculation: CSSCalculation) { self.calculation = calculation }

  /// What one value comes to; nil where it is no length and no number.
  mutating func quantity(_ value: ComponentValue) -> Quantity? {
    switch value.token.kind {
    case .number: number(value.token)
    case .function: function(value)
    case .variable: calculation.isSass ? variable("$" + value.token.text) : nil
    case .delim where value.isParentheses: sum(value.inner[...])
    case .ident: Self.constant(value)
    default: nil
    }
  }

  private func number(_ token: CSSToken) -> Quantity? {
    if token.unit.isEmpty { return Quantity(value: token.value, isLength: false) }
    return calculation.units.pixels(token.value, token.unit).map { Quantity(value: $0, isLength: true) }
  }

  private static func constant(_ value: ComponentValue) -> Quantity? {
    switch value.keyword {
    case "infinity": Quantity(value: .infinity, isLength: false)
    case "e": Quantity(value: 2.718281828459045, isLength: false)
    case "pi": Quantity(value: .pi, isLength: false)
    default: nil
    }
  }

  // MARK: Sums and products

  /// Terms joined by `+` and `-`, with spaces about them but in SCSS.
  mutating func sum(_ values: ArraySlice<ComponentValue>) -> Quantity? {
    var rest = values.trimmed
    guard var total = product(&rest) else { return nil }
    while !rest.isEmpty {
      guard let sign = sign(&rest), let term = product(&rest),
        calculation.isSass || total.isLength == term.isLength
      else { return nil }
      total = Quantity(
        value: total.value + sign * term.value, isLength: total.isLength || term.isLength)
    }
    return total
  }

  private func sign(_ rest: inout ArraySlice<ComponentValue>) -> Double? {
    let isAfterSpace = Self.skipSpaces(&rest)
    guard let mark = rest.first else { return nil }
    // `1px -1px` is one length behind another in CSS, and a difference in SCSS.
    if calculation.isSass, mark.token.kind == .number, "+-".contains(mark.token.text.prefix(1)) { return 1 }
    guard mark.isDelim("+") || mark.isDelim("-") else { return nil }
    rest.removeFirst()
    let isBeforeSpace = Self.skipSpaces(&rest)
    guard calculation.isSass || isAfterSpace && isBeforeSpace else { return nil }
    return mark.isDelim("-") ? -1 : 1
  }

  private mutating func product(_ rest: inout ArraySlice<ComponentValue>) -> Quantity? {
    guard var result = factor(&rest) else { return nil }
    while true {
      var ahead = rest
      Self.skipSpaces(&ahead)
      guard let mark = ahead.first, mark.isDelim("*") || mark.isDelim("/") else { return result }
      ahead.removeFirst()
      Self.skipSpaces(&ahead)
      guard let factor = factor(&ahead) else { return nil }
      if mark.isDelim("*") {
        guard !(result.isLength && factor.isLength) else { return nil }
        result = Quantity(value: result.value * factor.value, isLength: result.isLength || factor.isLength)
      } else {
        guard !factor.isLength else { return nil }
        result.value /= factor.value
      }
      rest = ahead
    }
  }

  private mutating func factor(_ rest: inout ArraySlice<ComponentValue>) -> Quantity? {
    var sign = 1.0
    while calculation.isSass, let mark = rest.first, mark.isDelim("-") {
      rest.removeFirst()
      Self.skipSpaces(&rest)
      sign = -sign
    }
    guard let value = rest.popFirst(), var result = quantity(value) else { return nil }
    result.value *= sign
    return result
  }

  @discardableResult
  private static func skipSpaces(_ rest: inout ArraySlice<ComponentValue>) -> Bool {
    let count = rest.count
    while rest.first?.isSpace == true { rest.removeFirst() }
    return rest.count < count
  }

  // MARK: Functions

  private mutating func function(_ value: ComponentValue) -> Quantity? {
    switch value.functionName {
    case "calc", "-webkit-calc": return sum(value.inner[...])
    case "min": return list(value.inner)?.min { $0.value < $1.value }
    case "max": return list(value.inner)?.min { $0.value > $1.value }
    case "clamp":
      guard let values = list(value.inner), values.count == 3 else { return nil }
      return Quantity(
        value: Swift.max(values[0].value, Swift.min(values[1].value, values[2].value)),
        isLength: values[0].isLength)
    case "var": return customProperty(value.inner)
    default: return nil
    }
  }

  /// The arguments of a function, all of one kind.
  private mutating func list(_ inner: [ComponentValue]) -> [Quantity]? {
    var quantities: [Quantity] = []
    for part in inner.splitAtCommas {
      guard let value = sum(part), quantities.first.map({ $0.isLength == value.isLength }) ?? true else {
        return nil
      }
      quantities.append(value)
    }
    return quantities
  }

  /// `var(--name)` or `var(--name, fallback)`.
  private mutating func customProperty(_ inner: [ComponentValue]) -> Quantity? {
    let parts = inner.split(maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isComma)
    guard let lookUp = calculation.variable, let first = parts.first?.trimmed, first.count == 1,
      let name = first.first, name.token.kind == .ident
    else { return nil }
    if lookUp(name.token.text) != nil { return variable(name.token.text) }
    return parts.count > 1 ? sum(parts[1]) : nil
  }

  private mutating func variable(_ name: String) -> Quantity? {
    if let answer = cache[name] { return answer }
    guard depth < Self.maxDepth, let values = calculation.variable?(name),
      !values.contains(where: \.isOpen)
    else { return nil }
    depth += 1
    let answer = sum(values[...])
    depth -= 1
    cache[name] = .some(answer)
    return answer
  }
}
