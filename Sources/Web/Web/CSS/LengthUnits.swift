/// What the units of lengths and percentages are relative to, in CSS pixels. What is nil is not known, and neither is a
/// length in a unit that depends on it.
package struct LengthUnits: Sendable {
  package var viewportWidth: Double?
  package var viewportHeight: Double?
  /// What 100 % is; nil also where a percentage means nothing.
  package var whole: Double?
  /// The element's font size, and the root's.
  package var fontSize: Double?
  package var rootFontSize: Double?
  /// The size of the font whose letters `ex`, `ch` and `ic` are measured by. A browser measures the reader's font; where
  /// it is not at hand, the specification has `ex` and `ch` be half of it and `ic` all of it.
  package var letterSize: Double?

  package init() {}

  /// The units of `sizes` and of media queries on a screen: fonts have their initial size there.
  init(_ screen: Screen) {
    viewportWidth = Double(screen.width)
    viewportHeight = Double(screen.height)
    fontSize = Screen.fontSize
    rootFontSize = Screen.fontSize
    letterSize = Screen.fontSize
  }

  /// A number of a unit in CSS pixels (CSS Values 4, sections 6.1 and 6.2).
  func pixels(_ number: Double, _ unit: String) -> Double? {
    switch unit {
    case "px": number
    case "%": whole.map { number * $0 / 100 }
    case "em": fontSize.map { number * $0 }
    case "rem": rootFontSize.map { number * $0 }
    case "ic", "ric": letterSize.map { number * $0 }
    case "ex", "ch", "rex", "rch": letterSize.map { number * $0 / 2 }
    case "in": number * 96
    case "cm": number * 96 / 2.54
    case "mm": number * 96 / 25.4
    case "q": number * 96 / 101.6
    case "pt": number * 4 / 3
    case "pc": number * 16
    default: side(of: unit).map { number * $0 / 100 }
    }
  }

  /// The side of the viewport of which a unit is a hundredth.
  private func side(of unit: String) -> Double? {
    // The small, the large and the dynamic viewport are one where no toolbar comes and goes.
    let base = unit.hasPrefix("v") ? unit : String(unit.dropFirst())
    guard unit.hasPrefix("v") || ["s", "l", "d"].contains(unit.prefix(1)) else { return nil }
    switch base {
    case "vw", "vi": return viewportWidth
    case "vh", "vb": return viewportHeight
    case "vmin": return viewportWidth.flatMap { width in viewportHeight.map { Swift.min(width, $0) } }
    case "vmax": return viewportWidth.flatMap { width in viewportHeight.map { Swift.max(width, $0) } }
    default: return nil
    }
  }
}
