import AssetModel

/// Which warnings are printed one by one, and what is said of the others: a site that was moved can have a thousand of a kind.
struct ProblemLines {
  private let counts: [Diagnostic.Rule: Int]
  private var shown: [Diagnostic.Rule: Int] = [:]

  /// So many warnings of one rule are printed where there are more than ``most`` of them.
  private static let examples = 5
  private static let most = 12

  /// - Parameter isSummary: whether any are left out at all.
  init(_ problems: [Diagnostic], isSummary: Bool) {
    let warnings = isSummary ? problems.filter { $0.severity == .warning } : []
    counts = Dictionary(grouping: warnings, by: \.rule).mapValues(\.count).filter { $0.value > Self.most }
  }

  /// Whether a warning is printed by itself; asked once for each, in their order.
  mutating func shows(_ problem: Diagnostic) -> Bool {
    guard counts[problem.rule] != nil else { return true }
    shown[problem.rule, default: 0] += 1
    return shown[problem.rule, default: 0] <= Self.examples
  }

  /// A line for each rule of which warnings were left out.
  var rest: [String] {
    counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { rule, count in
      "warning: \(count - Self.examples) more like these (--verbose lists them) [\(rule.rawValue)]"
    }
  }
}
