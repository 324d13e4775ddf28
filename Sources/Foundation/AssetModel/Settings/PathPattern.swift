/// A pattern over paths that means what a line of `.gitignore` means by it (https://git-scm.com/docs/gitignore):
///
/// - `*` and `?` match within one folder's or file's name; `**` between slashes stands for any folders.
/// - A pattern without a slash matches a name at any depth: `*.jpg`. One with a slash starts at the site's root.
/// - What matches a folder matches all that is below it: `assets/banners`. A slash at the end asks for a folder.
///
/// ```swift
/// PathPattern("assets/**/*.jpg").matches("assets/a/b.jpg")  // true
/// ```
package struct PathPattern: Sendable {
  /// The names between the pattern's slashes.
  private let parts: [String]
  private let isFolder: Bool

  /// Reads a pattern. `!` and `#` at its start are letters like others: there is one pattern, and not a list.
  package init(_ text: String) {
    var text = text[...]
    isFolder = text.hasSuffix("/")
    while text.hasSuffix("/") { text.removeLast() }
    let isAnchored = text.contains("/")
    let names = text.split(separator: "/").map(String.init)
    parts = names.isEmpty ? [] : isAnchored ? names : ["**"] + names
  }

  /// Whether the pattern matches a path below the site's root, or a folder that the path is in.
  package func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").map(String.init)
    // How many names the parts so far may have matched.
    var reached: Set<Int> = [0]
    for (number, part) in parts.enumerated() {
      if part == "**" {
        guard let first = reached.min() else { return false }
        // At the end it stands for something in the folder, not for the folder.
        let isLast = number == parts.count - 1
        reached = Set((isLast ? first + 1 : first)..<max(names.count + 1, first + 1))
        if isLast { reached.formIntersection(0...names.count) }
      } else {
        reached = Set(reached.filter { $0 < names.count && Glob.matches(part, names[$0]) }.map { $0 + 1 })
      }
    }
    return !parts.isEmpty && reached.contains { $0 > 0 && (!isFolder || $0 < names.count) }
  }
}
