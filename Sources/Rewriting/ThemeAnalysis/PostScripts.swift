import SiteFiles

/// The scripts that authors write into their posts, as far as they run: those in blocks of code are only shown.
enum PostScripts {
  /// - Parameter text: a post's bytes.
  static func scripts(in text: [UInt8]) -> [LayoutMarkup.Script] {
    guard text.firstRange(of: Array("<script".utf8)) != nil else { return [] }
    return LayoutMarkup(withoutCode(String(decoding: text, as: UTF8.self))).scripts
  }

  /// Folders that generators publish at the root.
  private static let published = [
    "", "static/", "public/", "source/", "src/", "assets/", "docs/", "content/",
  ]

  /// The scripts of a post that are in the site.
  static func read(_ scripts: [LayoutMarkup.Script], of post: String, in files: ThemeFiles) -> [ThemeScript] {
    scripts.compactMap { script in
      switch script {
      case .text(let text, let line): return ThemeScript(text, file: post, line: line)
      case .link(let link):
        guard !link.contains("://"), !link.hasPrefix("//") else { return nil }
        let path = String(link.prefix { $0 != "?" && $0 != "#" })
        let folders = (path.hasPrefix("/") ? [] : [FileAccess.folder(of: post) + "/"]) + published
        return folders.lazy.compactMap { SiteRoot.normalize($0 + path)?.joined(separator: "/") }
          .compactMap(files.script).first
      }
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
