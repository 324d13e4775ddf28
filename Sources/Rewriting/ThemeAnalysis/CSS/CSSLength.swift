import Foundation

/// Computes lengths out of declarations: numbers with units, `calc()` and its kin, custom properties.
struct CSSLength {
  /// The viewport's width in CSS pixels.
  var viewport: Double
  /// What 100 % is, in CSS pixels.
  var whole: Double
  /// The element's font size in CSS pixels; nil where it is not known.
  var fontSize: Double?
  /// The root's font size in CSS pixels; nil where it is not known.
  var rootSize: Double?
  /// The value of a custom property, or of an SCSS variable with its `$`.
  var variable: (String) -> [StyleToken]?

  /// A length in CSS pixels; nil where it cannot be known.
  func pixels(_ tokens: [StyleToken], depth: Int = 0) -> Double? {
    guard depth < 16 else { return nil }
    var reader = Reader(tokens: tokens.filter { $0.kind != .whitespace }, context: self, depth: depth)
    guard let value = reader.sum(), reader.isAtEnd else { return nil }
    return value.number
  }

  fileprivate func pixels(_ text: String) -> (number: Double, isLength: Bool)? {
    let unit = String(text.drop { !$0.isLetter && $0 != "%" || $0 == "e" && text.last?.isNumber == true })
    guard let number = Double(text.dropLast(unit.count)) else { return nil }
    switch unit.lowercased() {
    case "": return (number, false)
    case "px": return (number, true)
    case "%": return (number / 100 * whole, true)
    case "rem": return rootSize.map { (number * $0, true) }
    case "em": return fontSize.map { (number * $0, true) }
    case "vw", "dvw", "svw", "lvw", "vi": return (number / 100 * viewport, true)
    case "pt": return (number * 4 / 3, true)
    case "in": return (number * 96, true)
    case "cm": return (number * 96 / 2.54, true)
    case "mm": return (number * 96 / 25.4, true)
    default: return nil
    }
  }

  /// A recursive reader of sums and products (CSS Values 4, section 10).
  private struct Reader {
    struct Value {
      var number: Double
      var isLength: Bool
    }

    let tokens: [StyleToken]
    let context: CSSLength
    let depth: Int
    var at = 0
    var nesting = 0

    init(tokens: [StyleToken], context: CSSLength, depth: Int) {
      self.tokens = tokens
      self.context = context
      self.depth = depth
    }

    var isAtEnd: Bool { at == tokens.count }

    mutating func sum() -> Value? {
      guard var left = product() else { return nil }
      while at < tokens.count {
        let token = tokens[at]
        if token.isDelim("+") || token.isDelim("-") {
          at += 1
          guard let right = product() else { return nil }
          left.number += token.text == "+" ? right.number : -right.number
          left.isLength = left.isLength || right.isLength
        } else if token.kind == .number, token.text.hasPrefix("-") || token.text.hasPrefix("+") {
          guard let right = product() else { return nil }
          left.number += right.number
        } else {
          break
        }
      }
      return left
    }

    private mutating func product() -> Value? {
      guard var left = value() else { return nil }
      while at < tokens.count, tokens[at].isDelim("*") || tokens[at].isDelim("/") {
        let isProduct = tokens[at].text == "*"
        at += 1
        guard let right = value() else { return nil }
        if !isProduct, right.number == 0 { return nil }
        left.number = isProduct ? left.number * right.number : left.number / right.number
        left.isLength = left.isLength || right.isLength
      }
      return left
    }

    private mutating func value() -> Value? {
      guard at < tokens.count, nesting < 32 else { return nil }
      let token = tokens[at]
      at += 1
      switch token.kind {
      case .number: return context.pixels(token.text).map { Value(number: $0.number, isLength: $0.isLength) }
      case .variable: return resolved("$" + token.text)
      case .delim where token.text == "(": return arguments()?.first
      case .delim where token.text == "-":
        guard let value = value() else { return nil }
        return Value(number: -value.number, isLength: value.isLength)
      case .function: return function(token.text.lowercased())
      default: return nil
      }
    }

    private func resolved(_ name: String) -> Value? {
      guard let tokens = context.variable(name) else { return nil }
      return context.pixels(tokens, depth: depth + 1).map { Value(number: $0, isLength: true) }
    }

    private mutating func function(_ name: String) -> Value? {
      if name == "var" {
        guard at < tokens.count, tokens[at].kind == .ident else { return nil }
        let variable = tokens[at].text
        at += 1
        var fallback: Value?
        if at < tokens.count, tokens[at].isDelim(",") {
          at += 1
          fallback = sum()
        }
        guard at < tokens.count, tokens[at].isDelim(")") else { return nil }
        at += 1
        return resolved(variable) ?? (context.variable(variable) == nil ? fallback : nil)
      }
      guard let list = arguments(), let first = list.first else { return nil }
      let numbers = list.map(\.number)
      switch name {
      case "calc", "-webkit-calc": return list.count == 1 ? first : nil
      case "min": return numbers.min().map { Value(number: $0, isLength: first.isLength) }
      case "max": return numbers.max().map { Value(number: $0, isLength: first.isLength) }
      case "clamp":
        guard numbers.count == 3 else { return nil }
        return Value(number: max(numbers[0], min(numbers[1], numbers[2])), isLength: true)
      default: return nil
      }
    }

    /// What stands in brackets that are open already.
    private mutating func arguments() -> [Value]? {
      nesting += 1
      defer { nesting -= 1 }
      var list: [Value] = []
      while true {
        guard let value = sum(), at < tokens.count else { return nil }
        list.append(value)
        at += 1
        if tokens[at - 1].isDelim(")") { return list }
        guard tokens[at - 1].isDelim(",") else { return nil }
      }
    }
  }
}
