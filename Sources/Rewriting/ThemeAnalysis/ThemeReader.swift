import AssetModel
import DataFormats
import Foundation
import SiteFiles
import Web

/// A layout as posts meet it.
struct ThemeLayout {
  /// The elements around the content, outermost first; one gap if they are unknown.
  var chain: [StyleTree.Element] = [.gap]
  var sheets: [StyleSheet] = []
  var scripts: [ThemeScript] = []
  /// Scripts of which nobody knows what they do to images.
  var unreadScripts: [ThemeFinding] = []
  /// Templates or pages that say what may stand around the content where ``chain`` does not.
  var surroundings: [String] = []
  /// The unresolved parts of the layout, as messages.
  var unresolved: [ThemeFinding] = []
  /// Whether ``chain`` locates the content.
  var locatesContent = true
  /// Whether all of ``sheets`` count; else they are those that could be meant.
  var isExact = true
  /// Whether rules count for its pages that could not be read.
  var isUnread = false

  /// Notes rules that are not known.
  mutating func miss(_ message: String, in file: String, line: Int = 1) {
    unresolved.append(ThemeFinding(file: file, line: line, message: message))
    isUnread = true
  }
}

/// Reads the layouts of a Jekyll site and the stylesheets that they name.
struct ThemeReader {
  let files: ThemeFiles
  /// The path below the host at which the site is published.
  let baseurl: String
  /// What names in layouts stand for.
  let values: LayoutValues

  /// Includes in includes, imports in imports and layouts in layouts.
  private static let maxDepth = 8

  func layout(_ name: String?) -> ThemeLayout {
    var layout = ThemeLayout()
    guard let name, name != "none", name != "null", !name.isEmpty else {
      layout.unresolved.append(.init(file: ".", line: 1, message: "a post without a layout"))
      return layout
    }
    var chain: [StyleTree.Element] = []
    var headers: [Node.Mapping] = []
    var styles: [(LayoutMarkup.Style, file: String)] = []
    var scripts: [(LayoutMarkup.Script, file: String)] = []
    var next: String? = name
    var depth = 0
    while let current = next, depth < Self.maxDepth {
      depth += 1
      guard let file = ["html", "htm", "liquid"].map({ "_layouts/\(current).\($0)" }).first(where: exists),
        let text = read(file)
      else {
        layout.miss("the layout \(current) is not in the site (a theme's gem has it?)", in: "_layouts")
        return layout
      }
      let (body, parent) = Self.header(text)
      headers += [LayoutValues.header(text)].compactMap(\.self)
      next = parent
      // It takes white space out of what it is given, and has no elements of its own.
      if current == "compress", text.contains("compress_html") { continue }
      guard let text = printed(body, headers) else {
        layout.unresolved.append(
          .init(file: file, line: 1, message: "the layout's code does more than is looked at"))
        return layout
      }
      let markup = LayoutMarkup(text)
      guard let inner = markup.chain else {
        layout.miss("the layout does not print {{ content }} in plain sight", in: file)
        return layout
      }
      chain = inner + chain
      styles = markup.styles.map { ($0, file) } + styles
      scripts = markup.scripts.map { ($0, file) } + scripts
    }
    layout.chain = chain
    var loaded: Set<String> = []
    for (style, file) in styles {
      switch style {
      case .text(let css, let line):
        layout.sheets.append(StyleSheetParser.parse(css, file: file, isSass: false, line: line))
      case .link(let link): add(link, from: file, &layout, &loaded)
      }
    }
    var collector = ScriptCollector(files: files)
    for (script, file) in scripts {
      switch script {
      case .text(let text, let line): collector.add(text, in: file, line: line, &layout)
      case .link(let link): add(script: link, from: file, &layout, &collector)
      }
    }
    return layout
  }

  // MARK: Layouts

  /// A layout without its front matter (its lines stay, empty), and the layout around it.
  static func header(_ text: String) -> (body: String, layout: String?) {
    guard text.hasPrefix("---") else { return (text, nil) }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let end = lines.dropFirst().firstIndex(where: { $0.trimmed == "---" }) else { return (text, nil) }
    let parent = lines[1..<end].first { $0.hasPrefix("layout:") }
      .map { String($0.dropFirst(7).trimmed).filter { $0 != "\"" && $0 != "'" } }
    let body = String(repeating: "\n", count: end) + lines[(end + 1)...].joined(separator: "\n")
    return (body, parent)
  }

  /// What a text with template code prints, as far as it can be told; nil where it does too much.
  private func printed(_ text: String, _ headers: [Node.Mapping]) -> String? {
    let values = values
    var code = LayoutCode(include: { read("_includes/" + $0) }) { values.value($0, headers: headers) }
    code.read(text)
    return code.isSpent ? nil : code.out
  }

  // MARK: Stylesheets

  private func add(
    _ link: String, from file: String, _ layout: inout ThemeLayout, _ loaded: inout Set<String>
  ) {
    let choices = LayoutCode.choices(of: link)
    guard choices.count < 2 else {
      if link.contains(LayoutCode.either) { layout.isExact = false }
      for choice in choices { add(choice, from: file, &layout, &loaded) }
      return
    }
    let (path, hadCode) = address(link)
    if Self.isElsewhere(path) {
      if !Self.isHarmless(path) {
        layout.miss("the stylesheet \(path) is elsewhere and was not read", in: file)
      }
      return
    }
    let stem = path.hasSuffix(".css") ? String(path.dropLast(4)) : path
    // What the generator wrote is what browsers get.
    let match = ["_site/\(path)", path, "\(stem).scss", "\(stem).css.scss"].first(where: exists)
    guard !path.isEmpty, !path.contains(TemplateText.mark), let match else {
      if Self.isHarmless(path) { return }
      if hadCode, path.isEmpty, addAll(&layout, &loaded) { return }
      layout.miss(
        hadCode && path.isEmpty
          ? "a stylesheet's address is template code"
          : "the stylesheet \(path.filter { $0 != TemplateText.mark }) is not in the site", in: file)
      return
    }
    load(match, &layout, &loaded, depth: 0)
  }

  /// A link's path below the site's root, or its URL on another host, and whether template code stands in it.
  private func address(_ link: String) -> (path: String, hadCode: Bool) {
    var path = link.prefix { $0 != "?" && $0 != "#" }.filter { !$0.isWhitespace }
    let hadCode = path.contains(TemplateText.mark)
    while path.first == TemplateText.mark { path.removeFirst() }
    if Self.isElsewhere(path) { return (path, hadCode) }
    path = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let base = baseurl.split(separator: "/").joined(separator: "/")
    if !base.isEmpty, path.hasPrefix(base + "/") { path = String(path.dropFirst(base.count + 1)) }
    return (path, hadCode)
  }

  private static func isElsewhere(_ path: String) -> Bool { path.hasPrefix("//") || path.contains("://") }

  private func add(
    script link: String, from file: String, _ layout: inout ThemeLayout, _ collector: inout ScriptCollector
  ) {
    let choices = LayoutCode.choices(of: link)
    guard choices.count < 2 else {
      for choice in choices { add(script: choice, from: file, &layout, &collector) }
      return
    }
    let (path, _) = address(link)
    if Self.isElsewhere(path) {
      collector.miss(path, "is on another host, so that nobody knows what it does", in: file, &layout)
    } else if let match = ["_site/\(path)", path].first(where: exists), !path.isEmpty {
      collector.add(match, publishedFrom: match == path ? "" : "_site", &layout)
    } else {
      let shown = path.filter { $0 != TemplateText.mark }
      collector.miss(
        shown.isEmpty ? "whose address is template code" : shown,
        "is not in the site, so that nobody knows what it does", in: file, &layout)
    }
  }

  /// Adds every stylesheet that an address which is not known could mean: what no rule of any of them can tell is safe.
  ///
  /// - Returns: whether there are any, all of which can be read.
  private func addAll(_ layout: inout ThemeLayout, _ loaded: inout Set<String>) -> Bool {
    let skipped: Set<String> = ["_site", "_sass", "vendor"]
    let paths = files.files(["css", "scss", "sass"], skipping: skipped).filter { path in
      !path.split(separator: "/").contains { $0.hasPrefix("_") } && !Self.isHarmless(path)
    }
    guard !paths.isEmpty, !paths.contains(where: { $0.hasSuffix(".sass") }) else { return false }
    layout.isExact = false
    for path in paths { load(path, &layout, &loaded, depth: 0) }
    return true
  }

  func load(_ path: String, _ layout: inout ThemeLayout, _ loaded: inout Set<String>, depth: Int) {
    guard depth < Self.maxDepth, loaded.insert(path).inserted, let sheet = sheet(path) else { return }
    // What a stylesheet takes in counts before its own rules.
    for imported in sheet.imports {
      if imported.target.hasPrefix("sass:") { continue }
      if imported.target.contains("//") {
        if !Self.isHarmless(imported.target) {
          layout.miss(
            "the stylesheet \(imported.target) is elsewhere and was not read", in: path, line: imported.line)
        }
        continue
      }
      if let match = resolve(imported.target, from: path) {
        load(match, &layout, &loaded, depth: depth + 1)
      } else if !Self.isHarmless(imported.target) {
        layout.miss(
          "the stylesheet \(imported.target) is not in the site", in: path, line: imported.line)
      }
    }
    layout.sheets.append(sheet)
  }

  /// A stylesheet, with what its template code prints where Jekyll runs that.
  private func sheet(_ path: String) -> StyleSheet? {
    guard let text = files.text(path), text.hasPrefix("---") || path.hasPrefix("_sass"), text.contains("{{")
    else { return files.sheet(path) }
    guard let code = printed(Self.header(text).body, [])?.filter({ $0 != TemplateText.branch }) else {
      return files.sheet(path)
    }
    return StyleSheetParser.parse(code, file: path)
  }

  /// The file of an `@import`: beside the importing one, or in `_sass`, as a partial or not.
  private func resolve(_ target: String, from file: String) -> String? {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    let parts = target.split(separator: "/")
    let name = parts.last.map(String.init) ?? ""
    let inner = parts.dropLast().joined(separator: "/")
    for base in [folder, "_sass"] {
      let start = [base, inner].filter { !$0.isEmpty }.joined(separator: "/")
      let prefix = start.isEmpty ? "" : start + "/"
      for candidate in [
        "_\(name).scss", "\(name).scss", name, "\(name).css", "_\(name)", "\(name)/_index.scss",
      ] {
        guard let path = SiteRoot.normalize(prefix + candidate).map({ $0.joined(separator: "/") }),
          exists(path)
        else { continue }
        return path
      }
    }
    return nil
  }

  /// See `StyleSheet`'s own; what a theme is called says nothing of its stylesheets.
  static func isHarmless(_ address: String) -> Bool {
    guard let themes = address.range(of: "themes/"), !address.contains("://") else {
      return StyleSheet.isHarmless(address)
    }
    return StyleSheet.isHarmless(String(address[themes.upperBound...].drop { $0 != "/" }))
  }

  private func exists(_ path: String) -> Bool { files.text(path) != nil }

  private func read(_ path: String) -> String? { files.text(path) }
}

extension Substring {
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}
