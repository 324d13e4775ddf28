import AssetModel
import Foundation
import SiteFiles
import Web

/// Reads the stylesheets of sites whose layouts are not read: of all generators but Jekyll.
///
/// Where the site is built, its pages name what browsers get. Otherwise every stylesheet of the sources could be one of
/// them, which is enough to see what a `<picture>` would break, and not enough to rule it out.
struct SheetReader {
  let reader: ThemeReader
  let site: Site

  /// The most pages that are read, each of another section: stylesheets differ between kinds of pages.
  private static let maxPages = 40

  /// The default output folders of generators.
  static let outputs: [Site.Kind: [String]] = [
    .jekyll: ["_site"], .astro: ["dist"], .docusaurus: ["build"], .eleventy: ["_site"], .hexo: ["public"],
    .hugo: ["public"],
    .mkdocs: ["site"], .pelican: ["output"], .quarto: ["_site", "docs", "_book"], .zola: ["public"],
  ]

  /// - Parameter posts: those whose pages are asked about.
  func layout(_ posts: [ThemeStyles.Document]) -> ThemeLayout {
    let urls = posts.map(\.url)
    let folders = Self.outputs[site.kind] ?? []
    var layout = ThemeLayout(locatesContent: false)
    var loaded: Set<String> = []
    var isBuilt = false
    var scripts = ScriptCollector(files: reader.files)
    let sections = Dictionary(grouping: Set(urls).sorted(), by: Self.section)
    for url in sections.sorted(by: { $0.key < $1.key }).compactMap(\.value.first).prefix(Self.maxPages) {
      guard let (folder, page, text) = folders.lazy.compactMap({ page(url, in: $0) }).first else { continue }
      isBuilt = true
      let markup = LayoutMarkup(text)
      layout.surroundings.append(text)
      for script in markup.scripts { add(script, of: page, in: folder, &layout, &loaded, &scripts) }
      for style in markup.styles {
        switch style {
        case .text(let css, let line):
          // Pages of one site repeat what they have in their heads.
          guard loaded.insert(css).inserted else { continue }
          layout.sheets.append(StyleSheetParser.parse(css, file: page, isSass: false, line: line))
        case .link(let link): add(link, of: page, in: folder, &layout, &loaded)
        }
      }
    }
    if !isBuilt { addSources(of: posts, skipping: folders, &layout, &loaded) }
    return layout
  }

  /// The folder that a page's own stands in.
  private static func section(_ url: String) -> String {
    url.split(separator: "/").dropLast().filter { part in !part.allSatisfy(\.isNumber) }.joined(
      separator: "/")
  }

  private func page(_ url: String, in folder: String) -> (folder: String, page: String, text: String)? {
    let url = url.removingPercentEncoding ?? url
    let path = folder + (url.hasPrefix("/") ? url : "/" + url)
    let names = path.hasSuffix("/") ? [path + "index.html"] : [path, path + ".html", path + "/index.html"]
    for name in names {
      if let text = reader.files.text(name) { return (folder, name, text) }
    }
    return nil
  }

  private func add(
    _ link: String, of page: String, in folder: String, _ layout: inout ThemeLayout,
    _ loaded: inout Set<String>
  ) {
    switch target(of: link, on: page, in: folder) {
    case .file(let file): reader.load(file, &layout, &loaded, depth: 0)
    case .elsewhere(let url) where !ThemeReader.isHarmless(url):
      layout.miss("the stylesheet \(url) is elsewhere and was not read", in: page)
    case .missing(let path) where !ThemeReader.isHarmless(path):
      layout.miss("the stylesheet \(path) is not in the built site", in: page)
    case .elsewhere, .missing: break
    }
  }

  /// Adds a script of a built page.
  private func add(
    _ script: LayoutMarkup.Script, of page: String, in folder: String, _ layout: inout ThemeLayout,
    _ loaded: inout Set<String>, _ scripts: inout ScriptCollector
  ) {
    switch script {
    case .text(let text, let line):
      // Pages of one site repeat what they have in their heads.
      if loaded.insert(text).inserted { scripts.add(text, in: page, line: line, &layout) }
    case .link(let link):
      switch target(of: link, on: page, in: folder) {
      case .file(let file): scripts.add(file, publishedFrom: folder, &layout)
      case .elsewhere(let url):
        scripts.miss(url, "is on another host, so that nobody knows what it does", in: page, &layout)
      case .missing(let path):
        scripts.miss(path, "is not in the built site, so that nobody knows what it does", in: page, &layout)
      }
    }
  }

  /// Where a link of a built page leads.
  private enum Target {
    /// A file of the built site, by its path from the site's root.
    case file(String)
    /// Another host.
    case elsewhere(String)
    /// No file.
    case missing(String)
  }

  private func target(of link: String, on page: String, in folder: String) -> Target {
    var path = String(link.prefix { $0 != "?" && $0 != "#" })
    if !site.url.isEmpty, path.hasPrefix(site.url + "/") { path = String(path.dropFirst(site.url.count)) }
    if path.hasPrefix("//") || path.contains("://") { return .elsewhere(path) }
    let base = site.baseurl.split(separator: "/").map { "/" + $0 }.joined()
    let full: String
    if path.hasPrefix("/") {
      full =
        folder + (!base.isEmpty && path.hasPrefix(base + "/") ? String(path.dropFirst(base.count)) : path)
    } else {
      full = FileAccess.folder(of: page) + "/" + path
    }
    guard let inside = SiteRoot.normalize(full)?.joined(separator: "/"), reader.files.text(inside) != nil
    else { return .missing(path) }
    return .file(inside)
  }
}
