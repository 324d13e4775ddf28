/// Lengths and mathematical functions of CSS Values 4, in CSS pixels.
struct CSSCalculation {
  /// A number, or a length in CSS pixels.
  struct Quantity: Hashable {
    var value: Double
    var isLength: Bool
  }

  let screen: Screen

  /// What one value comes to; nil where it is no length and no number, or mixes them. A percentage has no meaning here.
  func quantity(_ value: ComponentValue) -> Quantity? {
    switch value {
    case .number(let number, ""): return Quantity(value: number, isLength: false)
    case .number(let number, let unit):
      return pixels(of: unit).map { Quantity(value: number * $0, isLength: true) }
    case .parentheses(let inner): return sum(inner)
    case .function("calc", let inner), .function("-webkit-calc", let inner): return sum(inner)
    case .function("min", let inner): return extreme(inner, <)
    case .function("max", let inner): return extreme(inner, >)
    case .function("clamp", let inner):
      guard let values = list(inner), values.count == 3 else { return nil }
      return Quantity(
        value: Swift.max(values[0].value, Swift.min(values[1].value, values[2].value)),
        isLength: values[0].isLength)
    case .ident("infinity"): return Quantity(value: .infinity, isLength: false)
    case .ident("e"): return Quantity(value: 2.718281828459045, isLength: false)
    case .ident("pi"): return Quantity(value: .pi, isLength: false)
    default: return nil
    }
  }

  /// A length of a `<length>` value: a plain number is one only when it is 0. Without a sign's check.
  func length(_ value: ComponentValue) -> Double? {
    if case .ident = value { return nil }
    if case .parentheses = value { return nil }
    guard let result = quantity(value) else { return nil }
    if case .number = value { return result.isLength || result.value == 0 ? result.value : nil }
    return result.isLength ? result.value : nil
  }

  /// A length that may not be negative: a plain one then is none, and what a function comes to is held at 0.
  func positiveLength(_ value: ComponentValue) -> Double? {
    guard let length = length(value) else { return nil }
    if case .number = value { return length >= 0 ? length : nil }
    return Swift.max(0, length)
  }

  private func extreme(_ inner: [ComponentValue], _ before: (Double, Double) -> Bool) -> Quantity? {
    list(inner)?.min { before($0.value, $1.value) }
  }

  private func list(_ inner: [ComponentValue]) -> [Quantity]? {
    let values = inner.split(separator: .comma, omittingEmptySubsequences: false).map { sum(Array($0)) }
    let known = values.compactMap(\.self)
    guard known.count == values.count, let first = known.first,
      known.allSatisfy({ $0.isLength == first.isLength })
    else { return nil }
    return known
  }

  /// Terms joined by `+` and `-` with spaces about them.
  private func sum(_ values: [ComponentValue]) -> Quantity? {
    let values = values.trimmed
    var terms: [(sign: Double, values: [ComponentValue])] = [(1, [])]
    for (index, value) in values.enumerated() {
      if value == .other("+") || value == .other("-") {
        guard index > 0, index + 1 < values.count, values[index - 1] == .space, values[index + 1] == .space
        else { return nil }
        terms.append((value == .other("-") ? -1 : 1, []))
      } else {
        terms[terms.count - 1].values.append(value)
      }
    }
    var total: Quantity?
    for term in terms {
      guard let part = product(term.values.trimmed) else { return nil }
      guard let before = total else {
        total = part
        continue
      }
      guard before.isLength == part.isLength else { return nil }
      total?.value += term.sign * part.value
    }
    return total
  }

  private func product(_ values: [ComponentValue]) -> Quantity? {
    let values = values.filter { $0 != .space }
    guard values.count % 2 == 1, var result = quantity(values[0]) else { return nil }
    for index in stride(from: 1, to: values.count, by: 2) {
      guard let factor = quantity(values[index + 1]) else { return nil }
      switch values[index] {
      case .other("*"):
        guard !(result.isLength && factor.isLength) else { return nil }
        result = Quantity(value: result.value * factor.value, isLength: result.isLength || factor.isLength)
      case .other("/"):
        guard !factor.isLength else { return nil }
        result.value /= factor.value
      default: return nil
      }
    }
    return result
  }

  /// CSS pixels for one of a unit: CSS Values 4, sections 6.1 and 6.2. `ex` and `ch` are half an em, as the
  /// specification says where no font is measured: a browser measures the reader's font.
  private func pixels(of unit: String) -> Double? {
    let smaller = Double(min(screen.width, screen.height))
    let larger = Double(max(screen.width, screen.height))
    switch unit {
    case "px": return 1
    case "em", "rem", "ic", "ric": return Screen.fontSize
    case "ex", "ch", "rex", "rch": return Screen.fontSize / 2
    case "vw", "svw", "lvw", "dvw", "vi", "svi", "lvi", "dvi": return Double(screen.width) / 100
    case "vh", "svh", "lvh", "dvh", "vb", "svb", "lvb", "dvb": return Double(screen.height) / 100
    case "vmin", "svmin", "lvmin", "dvmin": return smaller / 100
    case "vmax", "svmax", "lvmax", "dvmax": return larger / 100
    case "in": return 96
    case "cm": return 96 / 2.54
    case "mm": return 96 / 25.4
    case "q": return 96 / 101.6
    case "pt": return 96.0 / 72
    case "pc": return 16
    default: return nil
    }
  }
}
