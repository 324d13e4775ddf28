/// Classes with names that scripts typically add to the root or the body.
///
/// It remembers its answers, because the same classes are looked up for each context of an image. Used by one thread at
/// a time.
final class StateNames {
  private var answers: [String: Bool] = [:]

  private static let words = [
    "js", "dark", "light", "night", "theme", "mode", "touch", "mobile", "desktop", "loaded", "fonts", "wf-",
  ]
  private static let beginnings = ["no-", "has-", "is-"]

  func contains(_ name: String) -> Bool {
    if let answer = answers[name] { return answer }
    let small = name.lowercased()
    let answer =
      Self.words.contains { small.firstRange(of: $0) != nil }
      || Self.beginnings.contains(where: small.hasPrefix)
    answers[name] = answer
    return answer
  }
}
