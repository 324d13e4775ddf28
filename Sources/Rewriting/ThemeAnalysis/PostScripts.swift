/// The scripts that authors write into their posts, as far as they run: those in blocks of code are only shown.
enum PostScripts {
  /// One of them.
  struct Script: Hashable {
    var text: String
    /// Where it begins in the post, from 1.
    var line: Int
  }

  /// - Parameter text: a post's bytes.
  static func scripts(in text: [UInt8]) -> [Script] {
    guard text.firstRange(of: Array("<script".utf8)) != nil else { return [] }
    return LayoutMarkup(withoutCode(String(decoding: text, as: UTF8.self))).scripts.compactMap { script in
      guard case .text(let text, let line) = script else { return nil }
      return Script(text: text, line: line)
    }
  }

  /// The text with the lines of its fenced blocks of code left empty.
  private static func withoutCode(_ text: String) -> String {
    var fence: Substring?
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let inner = line.drop { $0 == " " }
      if let open = fence {
        if inner.hasPrefix(open) { fence = nil }
        return ""
      }
      fence = opening(inner)
      return fence == nil ? String(line) : ""
    }.joined(separator: "\n")
  }

  /// What ends the block of code that a line begins; nil for a line that begins none.
  private static func opening(_ line: Substring) -> Substring? {
    if line.hasPrefix("{% highlight") { return "{% endhighlight" }
    return ["`", "~"].lazy.map { mark in line.prefix { String($0) == mark } }.first { $0.count > 2 }
  }
}
