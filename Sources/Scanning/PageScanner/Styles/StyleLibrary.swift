import Foundation
import SiteFiles
import SystemResources
import Web

/// The stylesheets of a tree as far as the places of images are concerned, each read once: pages share them.
final class StyleLibrary: Sendable {
  private struct Sheet: Sendable {
    var rules: PlaceRules
    var imports: [String]
  }

  /// What a page's stylesheets say.
  struct Found {
    var rules = PlaceRules()
    /// The first stylesheet that could not be read.
    var unread: String?
  }

  private let root: SiteRoot
  private let files = Shared<[String: Sheet]>([:])
  private static let mostImports = 8

  init(root: SiteRoot) { self.root = root }

  /// The rules of a page's stylesheets and `<style>` elements.
  func rules(of tree: PageTree, page: String, _ urls: PageURLs) -> Found {
    var found = Found()
    for node in tree.nodes {
      if let media = node["media"], !media.isEmpty, !MediaQueryList(media).canHold { continue }
      if node.name == "style", node.isHTML {
        let sheet = StyleSheetParser.parse(node.style, file: page, isSass: false)
        found.rules.append(PlaceRules(sheet))
        for target in sheet.imports.map(\.target) { take(target, urls, 0, &found) }
      } else if node.name == "link", node.element.words("rel").contains("stylesheet"), let href = node["href"]
      {
        take(href, urls, 0, &found)
      }
    }
    return found
  }

  private func take(_ url: String, _ urls: PageURLs, _ depth: Int, _ found: inout Found) {
    guard let file = urls.file(url), let sheet = sheet(file) else {
      if !Self.holdsFontsAlone(url), found.unread == nil { found.unread = url }
      return
    }
    guard depth < Self.mostImports else { return }
    found.rules.append(sheet.rules)
    let inner = urls.inStylesheet(file)
    for target in sheet.imports { take(target, inner, depth + 1, &found) }
  }

  private func sheet(_ file: String) -> Sheet? {
    if let known = files.withLock({ $0[file] }) { return known }
    guard let data = try? FileAccess.read(root.absolute(file)) else { return nil }
    let parsed = StyleSheetParser.parse(String(decoding: data, as: UTF8.self), file: file, isSass: false)
    let sheet = Sheet(rules: PlaceRules(parsed), imports: parsed.imports.map(\.target))
    files.withLock { $0[file] = sheet }
    return sheet
  }

  /// Stylesheets of other hosts that hold fonts, icons or the colors of code.
  private static func holdsFontsAlone(_ url: String) -> Bool {
    let url = url.lowercased()
    return [
      "font", "use.typekit.net", "han-sans", "hansans", "pretendard", "notosans", "noto-sans", "katex",
      "highlight",
      "prism", "bootstrap-icons", "material-icons",
    ].contains { url.contains($0) }
  }
}
