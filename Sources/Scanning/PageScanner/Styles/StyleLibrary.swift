import Foundation
import SiteFiles
import SystemResources
import Web

/// The stylesheets of a tree as far as the places of images are concerned, each read once: pages share them.
final class StyleLibrary: Sendable {
  private struct Sheet: Sendable {
    var rules: PictureRules
    var imports: [String]
  }

  /// What a page's stylesheets say.
  struct PageRules {
    var rules = PictureRules()
    /// The first stylesheet that could not be read.
    var unread: String?
  }

  private let root: SiteRoot
  private let files = Shared<[String: Sheet]>([:])
  private static let mostImports = 8

  init(root: SiteRoot) { self.root = root }

  /// The rules of a page's stylesheets and `<style>` elements.
  func rules(of tree: PageTree, page: String, _ urls: PageURLs) -> PageRules {
    var result = PageRules()
    for node in tree.nodes {
      if let media = node["media"], !media.isEmpty, !MediaQueryList(media).canHold { continue }
      if node.name == "style", node.isHTML {
        let sheet = StyleSheetParser.parse(node.style, file: page, isSass: false)
        result.rules.append(PictureRules(sheet))
        for target in sheet.imports.map(\.target) { take(target, urls, 0, &result) }
      } else if node.name == "link", node.element.words("rel").contains("stylesheet"), let href = node["href"]
      {
        take(href, urls, 0, &result)
      }
    }
    return result
  }

  private func take(_ url: String, _ urls: PageURLs, _ depth: Int, _ result: inout PageRules) {
    guard let file = urls.file(url), let sheet = sheet(file) else {
      if !Self.holdsFontsAlone(url), result.unread == nil { result.unread = url }
      return
    }
    guard depth < Self.mostImports else { return }
    result.rules.append(sheet.rules)
    let inner = urls.inStylesheet(file)
    for target in sheet.imports { take(target, inner, depth + 1, &result) }
  }

  private func sheet(_ file: String) -> Sheet? {
    if let cached = files.withLock({ $0[file] }) { return cached }
    guard let data = try? FileAccess.read(root.absolute(file)) else { return nil }
    let parsed = StyleSheetParser.parse(String(decoding: data, as: UTF8.self), file: file, isSass: false)
    let sheet = Sheet(rules: PictureRules(parsed), imports: parsed.imports.map(\.target))
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
