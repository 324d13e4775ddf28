import AssetModel
import SiteFiles
import Web

/// A layout as posts meet it.
struct ThemeLayout {
  /// The elements around the content, outermost first; one gap if they are unknown.
  var chain: [StyleTree.Element] = [.gap]
  var sheets: [StyleSheet] = []
  /// The unresolved parts of the layout, as messages.
  var unresolved: [ThemeFinding] = []
  /// Whether ``chain`` locates the content.
  var locatesContent = true
}

/// Reads the layouts of a Jekyll site and the stylesheets that they name.
struct ThemeReader {
  let files: ThemeFiles
  /// The path below the host at which the site is published.
  let baseurl: String

  /// Includes in includes, imports in imports and layouts in layouts.
  private static let maxDepth = 8

  func layout(_ name: String?) -> ThemeLayout {
    var layout = ThemeLayout()
    guard let name, name != "none", name != "null", !name.isEmpty else {
      layout.unresolved.append(.init(file: ".", line: 1, message: "a post without a layout"))
      return layout
    }
    var chain: [StyleTree.Element] = []
    var styles: [(LayoutMarkup.Style, file: String)] = []
    var next: String? = name
    var depth = 0
    while let current = next, depth < Self.maxDepth {
      depth += 1
      guard let file = ["html", "htm", "liquid"].map({ "_layouts/\(current).\($0)" }).first(where: exists),
        let text = read(file)
      else {
        layout.unresolved.append(
          .init(
            file: "_layouts", line: 1,
            message: "the layout \(current) is not in the site (a theme's gem has it?)"))
        return layout
      }
      let (body, parent) = Self.header(text)
      let markup = LayoutMarkup(mask(body, depth: 0))
      guard let inner = markup.chain else {
        layout.unresolved.append(
          .init(file: file, line: 1, message: "the layout does not print {{ content }} in plain sight"))
        return layout
      }
      chain = inner + chain
      styles = markup.styles.map { ($0, file) } + styles
      next = parent
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

  /// A layout's text with its includes inserted and its template code marked.
  private func mask(_ text: String, depth: Int) -> String {
    TemplateText.masked(including(text, depth: depth)) { code in
      if code == "content" { return String(TemplateText.content) }
      if code.hasPrefix("content ") || code.hasPrefix("content|") { return String(TemplateText.content) }
      // `{{ "/assets/style.css" | relative_url }}`
      guard let path = TemplateText.quoted(code), code.first == "\"" || code.first == "'" else { return nil }
      return path
    }
  }

  private func including(_ text: String, depth: Int) -> String {
    guard depth < Self.maxDepth else { return text }
    var out = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "{%") {
      guard let close = rest[open.upperBound...].firstRange(of: "%}") else { break }
      let words = TemplateText.trimmed(rest[open.upperBound..<close.lowerBound]).split(
        whereSeparator: \.isWhitespace)
      out += rest[..<open.lowerBound]
      if words.count > 1, words[0] == "include" || words[0] == "include_cached", !words[1].contains("{"),
        let included = read("_includes/" + words[1].filter { $0 != "\"" && $0 != "'" })
      {
        out += including(included, depth: depth + 1)
      } else {
        out += rest[open.lowerBound..<close.upperBound]
      }
      rest = rest[close.upperBound...]
    }
    return out + rest
  }

  // MARK: Stylesheets

  private func add(
    _ link: String, from file: String, _ layout: inout ThemeLayout, _ loaded: inout Set<String>
  ) {
    var path = link.prefix { $0 != "?" && $0 != "#" }.filter { !$0.isWhitespace }
    let hadCode = path.contains(TemplateText.mark)
    while path.first == TemplateText.mark { path.removeFirst() }
    if path.hasPrefix("//") || path.contains("://") {
      if !Self.isHarmless(path) {
        layout.unresolved.append(
          .init(file: file, line: 1, message: "the stylesheet \(path) is elsewhere and was not read"))
      }
      return
    }
    path = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let base = baseurl.split(separator: "/").joined(separator: "/")
    if !base.isEmpty, path.hasPrefix(base + "/") { path = String(path.dropFirst(base.count + 1)) }
    let stem = path.hasSuffix(".css") ? String(path.dropLast(4)) : path
    // What the generator wrote is what browsers get.
    let match = ["_site/\(path)", path, "\(stem).scss", "\(stem).css.scss"].first(where: exists)
    guard !path.isEmpty, !path.contains(TemplateText.mark), let match else {
      if Self.isHarmless(path) { return }
      layout.unresolved.append(
        .init(
          file: file, line: 1,
          message: hadCode && path.isEmpty
            ? "a stylesheet's address is template code"
            : "the stylesheet \(path.filter { $0 != TemplateText.mark }) is not in the site"))
      return
    }
    load(match, &layout, &loaded, depth: 0)
  }

  func load(_ path: String, _ layout: inout ThemeLayout, _ loaded: inout Set<String>, depth: Int) {
    guard depth < Self.maxDepth, loaded.insert(path).inserted, let sheet = files.sheet(path) else { return }
    // What a stylesheet takes in counts before its own rules.
    for imported in sheet.imports {
      if imported.target.hasPrefix("sass:") { continue }
      if imported.target.contains("//") {
        if !Self.isHarmless(imported.target) {
          layout.unresolved.append(
            .init(
              file: path, line: imported.line,
              message: "the stylesheet \(imported.target) is elsewhere and was not read"))
        }
        continue
      }
      if let match = resolve(imported.target, from: path) {
        load(match, &layout, &loaded, depth: depth + 1)
      } else if !Self.isHarmless(imported.target) {
        layout.unresolved.append(
          .init(
            file: path, line: imported.line, message: "the stylesheet \(imported.target) is not in the site"))
      }
    }
    layout.sheets.append(sheet)
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

  static func isHarmless(_ address: String) -> Bool { StyleSheet.isHarmless(address) }

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
