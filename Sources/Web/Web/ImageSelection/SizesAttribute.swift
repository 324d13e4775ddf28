/// The width of an image's slot by its `sizes` attribute.
package enum SizesAttribute {
  /// The slot in CSS pixels, by the HTML specification's "parse a sizes attribute".
  ///
  /// - Parameters:
  ///   - value: the attribute; nil where there is none.
  ///   - autoSlot: the width that layout gives a lazy image, for `auto`; nil where it is not lazy or the width is unknown.
  package static func slot(
    _ value: String?, on screen: Screen, autoSlot: Double? = nil
  ) -> Double {
    let calculation = CSSCalculation(LengthUnits(screen))
    let environment = MediaEnvironment(screen)
    for part in ComponentValue.parse(value ?? "").splitAtCommas {
      var values = part.trimmed
      guard let size = values.popLast() else { continue }
      if size.keyword == "auto", values.isEmpty, let autoSlot { return autoSlot }
      guard let length = calculation.positiveLength(size) else { continue }
      let condition = values.trimmed
      if condition.isEmpty || MediaCondition(condition)?.holds(in: environment) == .yes { return length }
    }
    return Double(screen.width)
  }
}
