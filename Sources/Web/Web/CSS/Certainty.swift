/// Whether something holds, as far as can be told from sources alone.
package enum Certainty: Int, Comparable, Sendable {
  case no, maybe, yes

  package static func < (a: Certainty, b: Certainty) -> Bool { a.rawValue < b.rawValue }

  package init(_ flag: Bool) { self = flag ? .yes : .no }

  /// Both hold.
  package static func && (a: Certainty, b: @autoclosure () -> Certainty) -> Certainty {
    a == .no ? .no : min(a, b())
  }

  /// One of them holds.
  package static func || (a: Certainty, b: @autoclosure () -> Certainty) -> Certainty {
    a == .yes ? .yes : max(a, b())
  }

  package static prefix func ! (a: Certainty) -> Certainty { Certainty(rawValue: 2 - a.rawValue) ?? .maybe }
}

extension Sequence {
  /// Whether a condition holds for one element at least.
  package func contains(certainty condition: (Element) -> Certainty) -> Certainty {
    var certainty = Certainty.no
    for element in self {
      certainty = certainty || condition(element)
      if certainty == .yes { break }
    }
    return certainty
  }
}
