/// Computes lengths: numbers with units, `calc()` and its kin (CSS Values 4, section 10), custom properties.
package struct CSSCalculation {
  /// A number, or a length in CSS pixels.
  struct Quantity: Hashable {
    var value: Double
    var isLength: Bool
  }

  package var units: LengthUnits
  /// Whether sums may stand outside functions and without spaces, and may take a number for a length, as in SCSS.
  package var isSass: Bool
  /// The value of a custom property, or of an SCSS variable with its `$`; nil where neither has a place.
  package var variable: ((String) -> [ComponentValue]?)?

  /// Makes a calculation.
  package init(
    _ units: LengthUnits, isSass: Bool = false, variable: ((String) -> [ComponentValue]?)? = nil
  ) {
    self.units = units
    self.isSass = isSass
    self.variable = variable
  }

  /// The length that a declaration's whole value comes to; nil where it is none, or cannot be known.
  package func length(of values: [ComponentValue]) -> Double? {
    // What is open at the end has swallowed what was meant to follow.
    guard !values.contains(where: \.isOpen) else { return nil }
    let length = isSass ? sum(values) : values.count == 1 ? values.first.flatMap(length) : nil
    return length.flatMap { $0.isFinite ? $0 : nil }
  }

  private func sum(_ values: [ComponentValue]) -> Double? {
    var reader = CalculationReader(calculation: self)
    return reader.sum(values[...]).flatMap { $0.isLength || $0.value == 0 ? $0.value : nil }
  }

  /// The length of one `<length>` value: a plain number is one only when it is 0. Without a sign's check.
  func length(_ value: ComponentValue) -> Double? {
    guard value.token.kind == .number || value.token.kind == .function else { return nil }
    var reader = CalculationReader(calculation: self)
    guard let result = reader.quantity(value) else { return nil }
    return result.isLength || value.token.kind == .number && result.value == 0 ? result.value : nil
  }

  /// A length that may not be negative: a plain one then is none, and what a function comes to is held at 0.
  func positiveLength(_ value: ComponentValue) -> Double? {
    guard let length = length(value) else { return nil }
    if value.token.kind == .number { return length >= 0 ? length : nil }
    return Swift.max(0, length)
  }
}
