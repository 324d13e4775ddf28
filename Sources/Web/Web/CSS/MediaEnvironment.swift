/// What is known of the screen that media queries are asked about.
package struct MediaEnvironment: Sendable {
  /// The viewport's width in CSS pixels.
  let width: Double
  /// The screen; nil where the width alone is known.
  let screen: Screen?
  /// What a query that cannot be read comes to.
  let unreadable: Certainty

  /// A screen as browsers report it where nobody chose otherwise.
  package init(_ screen: Screen) {
    width = Double(screen.width)
    self.screen = screen
    unreadable = .no
  }

  /// A viewport of a width on some screen, asked about by sources: what they have for a query may be code that is yet to
  /// become one.
  package init(width: Double) {
    self.width = width
    screen = nil
    unreadable = .maybe
  }

  /// The units of lengths in queries.
  var units: LengthUnits {
    var units = screen.map(LengthUnits.init) ?? MediaFeature.units
    units.viewportWidth = width
    return units
  }

  /// What a feature measures; nil where that is not known.
  func value(of feature: MediaFeature.Measure) -> Double? {
    if feature == .width { return width }
    guard let screen else { return nil }
    switch feature {
    case .width, .deviceWidth: return Double(screen.width)
    case .height, .deviceHeight: return Double(screen.height)
    case .aspectRatio, .deviceAspectRatio: return Double(screen.width) / Double(screen.height)
    case .resolution, .pixelRatio: return screen.density
    case .color: return 8
    case .colorIndex, .monochrome, .grid: return 0
    }
  }

  /// What a reader chose or holds, in a word; nil where that is not known.
  func word(for feature: MediaFeature.Choice) -> String? {
    guard let screen else { return nil }
    switch feature {
    case .orientation: return screen.height >= screen.width ? "portrait" : "landscape"
    case .colorScheme: return "light"
    case .reducedMotion, .contrast, .reducedData: return "no-preference"
    }
  }
}
