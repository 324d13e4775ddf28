/// A media condition (Media Queries 4, section 3), with the specification's logic of three values: what is not known or
/// makes no sense neither holds nor does its negation.
indirect enum MediaCondition: Hashable, Sendable {
  case feature(MediaFeature)
  case not(MediaCondition)
  case all([MediaCondition])
  case any([MediaCondition])
  /// Parentheses with something else in them.
  case unknown

  /// Nil where the values are no condition.
  init?(_ values: some Collection<ComponentValue>) {
    var words = values.filter { !$0.isSpace }[...]
    if words.first?.keyword == "not" {
      guard words.count == 2, let inner = words.last.flatMap(Self.init(inParentheses:)) else { return nil }
      self = .not(inner)
      return
    }
    guard let first = words.popFirst().flatMap(Self.init(inParentheses:)) else { return nil }
    let joint = words.first?.keyword
    var parts = [first]
    while let word = words.popFirst() {
      guard word.keyword != nil, word.keyword == joint,
        let next = words.popFirst().flatMap(Self.init(inParentheses:))
      else { return nil }
      parts.append(next)
    }
    switch joint {
    case nil: self = first
    case "and": self = .all(parts)
    case "or": self = .any(parts)
    default: return nil
    }
  }

  private init?(inParentheses value: ComponentValue) {
    if value.isParentheses {
      self =
        MediaFeatureReader.feature(value.inner[...]).map { .feature($0) } ?? MediaCondition(value.inner)
        ?? .unknown
    } else if value.token.kind == .function {
      self = .unknown
    } else {
      return nil
    }
  }

  /// Whether it holds, as far as that is known.
  func holds(in environment: MediaEnvironment) -> Certainty {
    switch self {
    case .feature(let feature): feature.holds(in: environment)
    case .not(let inner): !inner.holds(in: environment)
    case .all(let parts): parts.reduce(.yes) { $0 && $1.holds(in: environment) }
    case .any(let parts): parts.reduce(.no) { $0 || $1.holds(in: environment) }
    case .unknown: .maybe
    }
  }

  /// The widths of the viewport that it asks about, in CSS pixels.
  var widthLimits: [Double] {
    switch self {
    case .feature(let feature): feature.widthLimits
    case .not(let inner): inner.widthLimits
    case .all(let parts), .any(let parts): parts.flatMap(\.widthLimits)
    case .unknown: []
    }
  }
}
