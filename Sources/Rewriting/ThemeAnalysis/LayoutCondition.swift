/// Conditions of template code, as Liquid decides them.
extension LayoutCode {
  /// Whether a condition holds; nil where that depends on the page, or on more than is looked at.
  func holds(_ condition: Substring) -> Bool? {
    let words = Self.words(condition)
    // Liquid reads a mixture of both from its end.
    let (ands, ors) = (words.count { $0 == "and" }, words.count { $0 == "or" })
    guard ands == 0 || ors == 0 else { return nil }
    let answers = words.split { $0 == "and" || $0 == "or" }.map { comparison(Array($0)) }
    let decisive = ors > 0
    if answers.contains(decisive) { return decisive }
    return answers.contains(nil) || answers.isEmpty ? nil : !decisive
  }

  /// Whether a `when` with a list of values names the one of its `case`.
  func matches(_ subject: Values?, _ list: Substring) -> Bool? {
    let answers = Self.words(list).flatMap { $0.split(separator: ",") }.filter { $0 != "or" }
      .map { equal(subject, value($0)) }
    if answers.contains(true) { return true }
    return answers.contains(nil) || answers.isEmpty ? nil : false
  }

  /// The words of a condition, texts in quotes whole.
  private static func words(_ text: Substring) -> [Substring] {
    parts(text, on: " ").map(\.trimmed).filter { !$0.isEmpty }
  }

  private func comparison(_ words: [Substring]) -> Bool? {
    switch words.count {
    case 1:
      guard let values = value(words[0]), values.isExact else { return nil }
      return !values.texts.isEmpty
    case 3 where words[1] == "==": return equal(value(words[0]), value(words[2]))
    case 3 where words[1] == "!=": return equal(value(words[0]), value(words[2])).map { !$0 }
    default: return nil
    }
  }

  private func equal(_ a: Values?, _ b: Values?) -> Bool? {
    guard let a, let b, a.isExact, b.isExact, a.texts.count < 2, b.texts.count < 2 else { return nil }
    // Nothing is `nil` as well as `false`, and an empty text is `empty` and `blank`.
    if a.texts.isEmpty && b.texts.isEmpty { return nil }
    if a.texts.isEmpty || b.texts.isEmpty { return (a.texts + b.texts).contains("") ? nil : false }
    return a.texts == b.texts
  }
}
