/// How much of a page's stylesheets is read. Each counts as often as the page or another stylesheet takes it in, and those that
/// take in each other would multiply without end.
package struct SheetAllowance: Sendable {
  private var sheets = 1_000
  private var rules = 1_000_000

  package init() {}

  /// Whether one more stylesheet may be taken in.
  package mutating func takesOne() -> Bool {
    guard sheets > 0, rules > 0 else { return false }
    sheets -= 1
    return true
  }

  /// Counts the rules of a stylesheet that was taken in.
  package mutating func add(rules count: Int) { rules -= count }
}
