import PageScanner
import SiteFiles
import Web

/// A script that the pages of a layout run, and what it does to their images.
struct ThemeScript {
  let use: ScriptUse
  /// The file that it is or stands in, relative to the site's root.
  let file: String
  /// Where it begins there, from 1.
  let line: Int
  let text: String
  /// What it selects elements by, as written and as read.
  let selectors: [(text: String, selectors: [Selector])]

  /// - Parameters:
  ///   - text: the script.
  ///   - file: the file that is the script, or holds it.
  ///   - line: where it begins there; nil for one that is the file.
  init(_ text: String, file: String, line: Int? = nil) {
    use = ScriptUse(Array(text.utf8), file: line == nil ? file : nil)
    selectors = use.selectors.sorted().map { ($0, SelectorParser.list($0)) }
    (self.file, self.line, self.text) = (file, line ?? 1, text)
  }

  /// Whether it makes elements with a class or an identifier: it writes the name behind `class` or `id`.
  func makes(_ name: String) -> Bool {
    var rest = text[...]
    while let place = rest.firstRange(of: name) {
      let before = rest[..<place.lowerBound].suffix(24).lowercased()
      if before.contains("class") || before.contains("id"), before.last != ".", before.last != "#",
        !["classlist", "addclass", "toggleclass"].contains(where: before.contains)
      {
        return true
      }
      rest = rest[place.upperBound...]
    }
    return false
  }

  /// The line of the first place that names something; else that of the first `.src`, and else that of the beginning.
  func line(of words: String) -> Int {
    guard let place = text.firstRange(of: words) ?? text.firstRange(of: ".src") else { return line }
    return line + text[..<place.lowerBound].count(where: \.isNewline)
  }
}

/// Adds scripts to a layout, each once, with those of the site that they name.
struct ScriptCollector {
  let files: ThemeFiles
  private var visited: Set<String> = []
  /// Files that one page takes in; a site with more of them is a framework's.
  private static let mostFiles = 300

  init(files: ThemeFiles) { self.files = files }

  /// Adds a text that stands in a template or page.
  func add(_ text: String, in file: String, line: Int, _ layout: inout ThemeLayout) {
    let script = ThemeScript(text, file: file, line: line)
    if script.use != ScriptUse() { layout.scripts.append(script) }
  }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - path: relative to the site's root.
  ///   - folder: the folder whose files the site's URLs name, relative to the site's root; empty for the root itself.
  mutating func add(_ path: String, publishedFrom folder: String, _ layout: inout ThemeLayout) {
    guard visited.count < Self.mostFiles, visited.insert(path).inserted, let script = files.script(path)
    else { return }
    layout.scripts.append(script)
    let own = FileAccess.folder(of: path)
    for name in script.use.imports.sorted() where !name.contains("://") {
      let places = name.hasPrefix("/") ? [folder + name] : [own + "/" + name, folder + "/" + name]
      let found = places.lazy.compactMap { SiteRoot.normalize($0)?.joined(separator: "/") }
        .first { files.text($0) != nil }
      if let found { add(found, publishedFrom: folder, &layout) }
    }
  }

  /// Notes a script that is not in the site, unless it is known to look at no image.
  func miss(_ url: String, _ reason: String, in file: String, _ layout: inout ThemeLayout) {
    guard !HarmlessScripts.contain(url) else { return }
    layout.unreadScripts.append(
      ThemeFinding(file: file, line: 1, message: "the script \(url) \(reason)"))
  }
}
