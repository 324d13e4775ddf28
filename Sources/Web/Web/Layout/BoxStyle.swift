/// The values of one element in windows between two limits, and what its lengths come to in one of them.
struct BoxStyle {
  /// A size that a declaration gives.
  enum Extent: Equatable {
    /// None is given: `auto`, `none`.
    case unset
    case length(Double)
    /// It is given, and nobody can tell how long it is.
    case unknown
  }

  let values: [String: ElementStyle.Value]
  var lengths: CSSCalculation

  /// - Parameter whole: what 100 % is; nil where that is not known.
  init(
    _ values: [String: ElementStyle.Value], viewport: Double, whole: Double?, font: Double?, rootFont: Double?
  ) {
    self.values = values
    var units = LengthUnits()
    (units.viewportWidth, units.whole, units.fontSize, units.rootFontSize) = (viewport, whole, font, rootFont)
    lengths = CSSCalculation(units)
  }

  /// A value in small letters; empty where none is set, nil where it is not known.
  func word(_ name: String) -> String? {
    switch values[name] {
    case nil: ""
    case .components(let value)?: ComponentValue.text(value).lowercased()
    case .unknown?: nil
    }
  }

  func isSet(_ name: String) -> Bool { values[name] != nil }

  func hasPercent(_ name: String) -> Bool {
    guard case .components(let value)? = values[name] else { return false }
    return Self.hasPercent(value)
  }

  private static func hasPercent(_ value: [ComponentValue]) -> Bool {
    value.contains { $0.token.unit == "%" || hasPercent($0.inner) }
  }

  private static let unset: Set<String> = ["", "auto", "none", "initial", "unset", "normal"]

  func extent(_ name: String) -> Extent {
    guard case .components(let value)? = values[name] else { return values[name] == nil ? .unset : .unknown }
    if Self.unset.contains(ComponentValue.text(value).lowercased()) { return .unset }
    return lengths.length(of: value).map { .length($0) } ?? .unknown
  }

  /// A margin, a padding or a border as a number; `auto` margins are 0.
  func side(_ name: String) -> Double? {
    switch extent(name) {
    case .unset: 0
    case .length(let length): length
    case .unknown: nil
    }
  }

  private func border(_ edge: String) -> Double? {
    guard let style = word("border-\(edge)-style") else { return nil }
    if ["", "none", "hidden", "initial", "unset"].contains(style) { return 0 }
    switch word("border-\(edge)-width") {
    case nil: return nil
    case "thin"?: return 1
    case ""?, "medium"?, "initial"?: return 3
    case "thick"?: return 5
    default: return side("border-\(edge)-width")
    }
  }

  /// Padding and border of both sides.
  var edges: Double? {
    guard let left = side("padding-left"), let right = side("padding-right"),
      let before = border("left"), let after = border("right")
    else { return nil }
    return left + right + before + after
  }

  var margins: Double? {
    guard let left = side("margin-left"), let right = side("margin-right") else { return nil }
    return left + right
  }

  var isBorderBox: Bool? { word("box-sizing").map { $0 == "border-box" } }

  func number(_ name: String, else usual: Double) -> Double? {
    guard let word = word(name) else { return nil }
    return word.isEmpty ? usual : Double(word)
  }
}

extension BoxStyle {
  /// The size of the element's letters, where those around it have a size.
  static func fontSize(
    _ values: [String: ElementStyle.Value], viewport: Double, around: Double?, rootFont: Double?
  ) -> Double? {
    let box = BoxStyle(values, viewport: viewport, whole: around, font: around, rootFont: rootFont)
    switch box.word("font-size") {
    case nil: return nil
    case ""?, "inherit"?, "unset"?: return around
    case "medium"?, "initial"?: return 16
    case "small"?: return 13
    case "large"?: return 18
    default:
      guard case .length(let size) = box.extent("font-size") else { return nil }
      return size
    }
  }
}
