/// How many bytes searches for an end may look through in vain.
///
/// What has no end is looked for up to the end of the text, so a text of nothing but beginnings would cost the square of its
/// length. Behind the budget nothing has an end: no person wrote such a text, and its own tool cannot read it.
struct SearchBudget {
  private(set) var rest: Int

  init(_ bytes: [UInt8]) { rest = 8 * bytes.count + 65_536 }

  /// What a search from a position finds. One that fails has looked at all up to `end`.
  mutating func find<End>(from start: Int, to end: Int, _ search: () -> End?) -> End? {
    guard rest > 0 else { return nil }
    if let found = search() { return found }
    rest -= max(1, end - start)
    return nil
  }
}
