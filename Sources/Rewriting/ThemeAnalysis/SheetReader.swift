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

  /// - Parameter urls: the posts' URLs below baseurl, with a leading `/`.
  func layout(_ urls: [String]) -> ThemeLayout {
    let folders = Self.outputs[site.kind] ?? []
    var layout = ThemeLayout(locatesContent: false)
    var loaded: Set<String> = []
    var isBuilt = false
    let sections = Dictionary(grouping: Set(urls).sorted(), by: Self.section)
    for url in sections.sorted(by: { $0.key < $1.key }).compactMap(\.value.first).prefix(Self.maxPages) {
      guard let (folder, page, text) = folders.lazy.compactMap({ page(url, in: $0) }).first else { continue }
      isBuilt = true
      for style in LayoutMarkup(text).styles {
        switch style {
        case .text(let css, let line):
          // Pages of one site repeat what they have in their heads.
          guard loaded.insert(css).inserted else { continue }
          layout.sheets.append(StyleSheetParser.parse(css, file: page, isSass: false, line: line))
        case .link(let link): add(link, of: page, in: folder, &layout, &loaded)
        }
      }
    }
    if !isBuilt { addSources(skipping: folders, &layout, &loaded) }
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
    var path = String(link.prefix { $0 != "?" && $0 != "#" })
    if !site.url.isEmpty, path.hasPrefix(site.url + "/") { path = String(path.dropFirst(site.url.count)) }
    if path.hasPrefix("//") || path.contains("://") {
      if !ThemeReader.isHarmless(path) {
        layout.miss("the stylesheet \(path) is elsewhere and was not read", in: page)
      }
      return
    }
    let base = site.baseurl.split(separator: "/").map { "/" + $0 }.joined()
    let full: String
    if path.hasPrefix("/") {
      full =
        folder + (!base.isEmpty && path.hasPrefix(base + "/") ? String(path.dropFirst(base.count)) : path)
    } else {
      full = FileAccess.folder(of: page) + "/" + path
    }
    guard let inside = SiteRoot.normalize(full)?.joined(separator: "/"), reader.files.text(inside) != nil
    else {
      if !ThemeReader.isHarmless(path) {
        layout.miss("the stylesheet \(path) is not in the built site", in: page)
      }
      return
    }
    reader.load(inside, &layout, &loaded, depth: 0)
  }

  /// What pages of a site that is not built may load: every stylesheet of its sources, and what its templates hold or name.
  private func addSources(
    skipping folders: [String], _ layout: inout ThemeLayout, _ loaded: inout Set<String>
  ) {
    let kinds = Self.readable.union(Self.unread).union(Self.templates)
    let paths = Dictionary(grouping: reader.files.files(kinds, skipping: Set(folders))) { path in
      path.split(separator: ".").last.map(String.init) ?? ""
    }
    func files(_ kinds: Set<String>) -> [String] { kinds.flatMap { paths[$0] ?? [] }.sorted() }
    for path in files(Self.readable) where !ThemeReader.isHarmless(path) {
      reader.load(path, &layout, &loaded, depth: 0)
    }
    let count = layout.sheets.count
    for path in files(Self.templates) { addTemplate(path, &layout) }
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

  /// Adds the rules that a template holds, and notes the stylesheets of other hosts that it names.
  private func addTemplate(_ path: String, _ layout: inout ThemeLayout) {
    guard let text = reader.files.text(path), ["{{", "{%", "<%"].contains(where: text.contains),
      ["<style", "stylesheet"].contains(where: text.contains)
    else { return }
    for style in LayoutMarkup(TemplateText.masked(text) { _ in nil }).styles {
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
