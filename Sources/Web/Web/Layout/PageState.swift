/// Classes that scripts give the root or the body of a page to tell its state, as far as they are named so: every word of
/// theirs is one of states, and one is of none but them.
enum PageState {
  private static let telling: Set<String> = [
    "js", "nojs", "no", "dark", "night", "theme", "mode", "touch", "loaded", "wf", "hydrated", "webp", "ios",
    "android", "ready", "initialized", "scheme",
  ]
  private static let others: Set<String> = [
    "light", "day", "page", "font", "fonts", "mobile", "desktop", "tablet", "loading", "active", "inactive",
    "init", "device", "auto", "color", "enabled", "disabled", "is", "has", "mac", "win", "chrome", "safari",
    "firefox",
  ]

  static func contains(_ name: String) -> Bool {
    let words = name.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
    return words.contains(where: telling.contains)
      && words.allSatisfy { telling.contains($0) || others.contains($0) }
  }
}
