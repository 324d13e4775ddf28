import AssetModel
import Web

/// Sites that are not built: what their pages may load of the sources.
extension SheetReader {
  /// Adds every stylesheet and script of the sources, and what templates hold or name.
  func addSources(
    of posts: [ThemeStyles.Document], skipping folders: [String], _ layout: inout ThemeLayout,
    _ loaded: inout Set<String>
  ) {
    let kinds = [Self.readable, Self.unread, Self.templates, Self.components, Self.scripts, Self.settings]
      .reduce(into: Set<String>()) { $0.formUnion($1) }
    let paths = Dictionary(grouping: reader.files.files(kinds, skipping: Set(folders))) { path in
      path.split(separator: ".").last.map(String.init) ?? ""
    }
    func files(_ kinds: Set<String>) -> [String] { kinds.flatMap { paths[$0] ?? [] }.sorted() }
    layout.surroundings = files(Self.templates.union(Self.components)).compactMap(reader.files.text)
    let named = NamedSources(
      kind: site.kind, posts: posts.map(\.path),
      templates: files(Self.templates.union(Self.components)), settings: files(Self.settings),
      files: reader.files)
    for path in files(Self.readable) where !ThemeReader.isHarmless(path) && named.mayBeStylesheet(path) {
      reader.load(path, &layout, &loaded, depth: 0)
    }
    let count = layout.sheets.count
    var scripts = ScriptCollector(files: reader.files)
    for path in files(Self.scripts) where isForBrowsers(path) && named.mayBeScript(path) {
      scripts.add(path, publishedFrom: "", &layout)
    }
    for path in files(Self.templates) { addTemplate(path, &layout, scripts) }
    if count == 0 || files(Self.unread).contains(where: { !ThemeReader.isHarmless($0) }) {
      layout.isUnread = true
    }
    layout.unresolved.append(
      .init(
        file: ".", line: 1,
        message: count == 0
          ? "no stylesheet was found in the sources of this \(site.kind.name) site, and it is not built"
          : (count == 1
            ? "whether its pages use the one stylesheet" : "which of \(count) stylesheets its pages use")
            + " is not known before this \(site.kind.name) site is built"
      ))
  }

  /// The stylesheets that are read, those that only a compiler knows, and the files that are templates where they have code.
  private static let readable: Set<String> = ["css", "scss"]
  private static let unread: Set<String> = ["sass", "less", "styl"]
  private static let templates: Set<String> = ["html", "njk", "liquid", "hbs", "ejs", "j2", "jinja", "swig"]

  /// What else holds markup of pages, in which no stylesheet is looked for.
  private static let components: Set<String> = ["pug", "vue", "astro", "svelte", "jsx", "tsx", "jinja2"]
  private static let scripts: Set<String> = ["js", "mjs", "ts"]
  /// What says which scripts templates load.
  private static let settings: Set<String> = ["toml", "yaml", "yml", "json", "cjs", "mts"]

  /// Whether a script of the sources may be one of the pages': the generator's own configuration and plugins run elsewhere.
  private func isForBrowsers(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast().map(String.init)
    guard let first = folders.first, !first.hasPrefix("."), !path.hasSuffix(".d.ts"),
      !path.contains(".config.")
    else { return false }
    let tools: Set<String> = ["test", "tests", "functions", "netlify", "api", "tools", "bin", "plugins"]
    return site.kind == .hexo ? !folders.contains("scripts") : !tools.contains(first)
  }

  /// Adds the rules and scripts that a template holds, and notes the stylesheets of other hosts that it names.
  private func addTemplate(_ path: String, _ layout: inout ThemeLayout, _ scripts: ScriptCollector) {
    guard let text = reader.files.text(path), ["{{", "{%", "<%"].contains(where: text.contains),
      ["<style", "stylesheet", "<script"].contains(where: text.contains)
    else { return }
    let markup = LayoutMarkup(TemplateText.masked(text) { _ in nil })
    for case .text(let script, let line) in markup.scripts {
      scripts.add(script, in: path, line: line, &layout)
    }
    for style in markup.styles {
      switch style {
      case .text(let css, let line):
        layout.sheets.append(StyleSheetParser.parse(css, file: path, isSass: false, line: line))
      case .link(let link):
        guard link.hasPrefix("//") || link.contains("://"), !ThemeReader.isHarmless(link) else { continue }
        layout.miss("the stylesheet \(link) is elsewhere and was not read", in: path)
      }
    }
  }
}
