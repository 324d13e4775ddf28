/// A list of media queries (Media Queries 4): what stands behind `@media`, or in a `media` attribute.
package struct MediaQueryList: Hashable, Sendable {
  /// One query of the list.
  private enum Query: Hashable {
    case condition(MediaCondition)
    /// `screen and …`, `not print`.
    case medium(isScreen: Bool, isNegated: Bool, MediaCondition?)
    /// What is no query.
    case unreadable
  }

  /// Empty for a list that always holds.
  private let queries: [Query]
  /// No list is longer.
  private static let mostValues = 5_000

  package init(_ text: String) { self.init(ComponentValue.parse(text)) }

  init(_ values: [ComponentValue]) {
    guard values.count <= Self.mostValues else {
      queries = [.unreadable]
      return
    }
    queries = values.allSatisfy(\.isSpace) ? [] : values.splitAtCommas.map { Self.query($0) }
  }

  /// Whether the list holds, as far as that is known.
  package func holds(in environment: MediaEnvironment) -> Certainty {
    if queries.isEmpty { return .yes }
    return queries.contains { query in
      switch query {
      case .condition(let condition): return condition.holds(in: environment)
      case .medium(let isScreen, let isNegated, let condition):
        let all = Certainty(isScreen) && (condition?.holds(in: environment) ?? .yes)
        return isNegated ? !all : all
      case .unreadable: return environment.unreadable
      }
    }
  }

  /// Whether the list holds on a screen.
  package func matches(_ screen: Screen) -> Bool { holds(in: MediaEnvironment(screen)) == .yes }

  /// Whether it can hold on any screen.
  package var canHold: Bool {
    queries.isEmpty
      || queries.contains { query in
        if case .medium(isScreen: false, isNegated: false, _) = query { false } else { true }
      }
  }

  /// The widths of the viewport, in CSS pixels, at which what it comes to can change.
  var widthLimits: [Double] {
    queries.flatMap { query -> [Double] in
      switch query {
      case .condition(let condition): return condition.widthLimits
      case .medium(_, _, let condition): return condition?.widthLimits ?? []
      case .unreadable: return []
      }
    }
  }

  private static func query(_ values: ArraySlice<ComponentValue>) -> Query {
    var words = values.filter { !$0.isSpace }[...]
    guard let first = words.first?.keyword else { return condition(words) }
    var isNegated = false
    if first == "not" || first == "only" {
      guard words.dropFirst().first?.keyword != nil else { return condition(words) }
      isNegated = first == "not"
      words.removeFirst()
    }
    guard let medium = words.popFirst()?.keyword, !["not", "and", "or", "only", "layer"].contains(medium)
    else { return .unreadable }
    let isScreen = medium == "all" || medium == "screen"
    // Whatever is asked of another medium, it is none of ours.
    guard isScreen || isNegated, let and = words.popFirst() else {
      return .medium(isScreen: isScreen, isNegated: isNegated, nil)
    }
    guard and.keyword == "and", !words.contains(where: { $0.keyword == "or" }),
      let rest = MediaCondition(words)
    else { return .unreadable }
    return .medium(isScreen: isScreen, isNegated: isNegated, rest)
  }

  private static func condition(_ values: ArraySlice<ComponentValue>) -> Query {
    MediaCondition(values).map { .condition($0) } ?? .unreadable
  }
}
