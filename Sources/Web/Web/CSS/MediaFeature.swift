/// What stands in the parentheses of a media query (Media Queries 4, section 2.4).
struct MediaFeature: Hashable, Sendable {
  /// A feature that is a number or a length.
  enum Measure: String {
    case width, height, resolution, color, monochrome, grid
    case deviceWidth = "device-width"
    case deviceHeight = "device-height"
    case aspectRatio = "aspect-ratio"
    case deviceAspectRatio = "device-aspect-ratio"
    case pixelRatio = "-webkit-device-pixel-ratio"
    case colorIndex = "color-index"
  }

  /// A feature that is a word.
  enum Choice: String {
    case orientation
    case colorScheme = "prefers-color-scheme"
    case reducedMotion = "prefers-reduced-motion"
    case contrast = "prefers-contrast"
    case reducedData = "prefers-reduced-data"
  }

  enum Relation: String {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case more = ">"

    /// The same, seen from the other side.
    var reversed: Relation {
      switch self {
      case .less: .more
      case .atMost: .atLeast
      case .equal: .equal
      case .atLeast: .atMost
      case .more: .less
      }
    }

    func holds(_ left: Double, _ right: Double) -> Bool {
      // A density or length that was written with fewer digits is the same one.
      let isEqual = abs(left - right) < 0.0005
      switch self {
      case .less: return left < right && !isEqual
      case .more: return left > right && !isEqual
      case .atMost: return left < right || isEqual
      case .atLeast: return left > right || isEqual
      case .equal: return isEqual
      }
    }
  }

  /// What a feature is compared with.
  enum Limit: Hashable {
    case number(Double)
    /// A length that depends on the viewport.
    case length(ComponentValue)
  }

  struct Comparison: Hashable {
    var relation: Relation
    var limit: Limit
  }

  /// What is asked.
  enum Question: Hashable {
    /// Whether it is there at all.
    case isMeasured(Measure)
    case isChosen(Choice)
    case equals(Choice, String)
    case compares(Measure, [Comparison])
  }

  var question: Question

  /// The units that are the same on all screens.
  static let units: LengthUnits = {
    var units = LengthUnits()
    units.fontSize = Screen.fontSize
    units.rootFontSize = Screen.fontSize
    return units
  }()

  /// Whether it holds, as far as that is known.
  func holds(in environment: MediaEnvironment) -> Certainty {
    switch question {
    case .isMeasured(let measure): return environment.value(of: measure).map { Certainty($0 != 0) } ?? .maybe
    case .isChosen(let choice):
      return environment.word(for: choice).map { Certainty($0 != "none" && $0 != "no-preference") } ?? .maybe
    case .equals(let choice, let word):
      return environment.word(for: choice).map { Certainty($0 == word) } ?? .maybe
    case .compares(let measure, let comparisons):
      guard let actual = environment.value(of: measure) else { return .maybe }
      return comparisons.reduce(.yes) { all, one in
        all
          && (Self.value(one.limit, environment).map { Certainty(one.relation.holds(actual, $0)) } ?? .maybe)
      }
    }
  }

  private static func value(_ limit: Limit, _ environment: MediaEnvironment) -> Double? {
    switch limit {
    case .number(let number): number
    case .length(let value): CSSCalculation(environment.units).length(value)
    }
  }

  /// The widths of the viewport that it is compared with, in CSS pixels.
  var widthLimits: [Double] {
    guard case .compares(.width, let comparisons) = question else { return [] }
    return comparisons.compactMap { comparison in
      switch comparison.limit {
      case .number(let number): number
      case .length(let value): CSSCalculation(Self.units).length(value)
      }
    }
  }
}
