import AssetCache
import AssetModel
import Foundation
import PageScanner
import SiteFiles
import SystemResources
import Web

/// Finds out what the pages of a built site make browsers download, as a browser would: no page is laid out, so what only
/// layout or scripts decide is not known.
package struct PageDownloads: Sendable {
  private let root: SiteRoot
  private let site: Site
  private let screens: [Screen]
  private let text: @Sendable (_ page: String, _ file: Data) -> Data
  /// The stylesheets that pages named so far, by their paths. Pages share them.
  private let sheets = Shared<[String: PageStyles.Sheet]>([:])
  private let memory: PageMemory<[KeptRequest]>

  /// Stylesheets that take in stylesheets, and so on.
  private static let maxImports = 8

  /// - Parameters:
  ///   - root: the built tree.
  ///   - site: what is known of the site: its host, and the path it is published below.
  ///   - screens: by the names that ``PageRequest/choices`` are listed by.
  ///   - cache: the results of earlier runs; nil to read every page, as where `text` gives others than the files hold.
  ///   - text: gives the page that is read in place of what a file holds.
  package init(
    root: SiteRoot, site: Site, screens: [Screen], cache: AssetCache? = nil,
    text: @escaping @Sendable (_ page: String, _ file: Data) -> Data = { $1 }
  ) {
    self.text = text
    self.root = root
    self.site = site
    self.screens = screens
    memory = PageMemory(
      ["downloads", site.url, site.baseurl, CompactEncoder.digest(of: screens)], root: root,
      cache: cache)
  }

  /// What pages ask for, one after the other, and the paths that were looked for; nothing of a page that cannot be read, which
  /// is a scan's to tell.
  ///
  /// - Throws: `Cancelled`
  package func requests(
    of pages: [String], jobs: Int, _ cancellation: Cancellation
  ) throws(Cancelled) -> [(requests: [PageRequest], paths: [String])] {
    try memory.answers(of: pages, jobs: jobs, cancellation: cancellation) { page, file, paths in
      guard case .success(let data) = file else { return [] }
      return (requests(of: page, data, paths) ?? []).map(KeptRequest.init)
    }.map { ($0.finding.map(\.request), $0.paths) }
  }

  /// What a page asks for, in the order of its elements; then what its stylesheets do. Nil where it is nested too deeply
  /// to be parsed.
  ///
  /// - Throws: `FileError` when the page cannot be read.
  package func requests(of page: String) throws(FileError) -> [PageRequest]? {
    requests(of: page, try FileAccess.read(root.absolute(page)), Shared([]))
  }

  private func requests(of page: String, _ file: Data, _ paths: Shared<Set<String>>) -> [PageRequest]? {
    let bytes = [UInt8](text(page, file))
    guard let tree = PageTree(bytes) else { return nil }
    let urls = PageURLs(root: root, page: page, location: tree.location, site: site, dependencies: paths)
    let lines = LineStarts(bytes)
    let styles = PageStyles(tree, sheets: sheets(of: tree, page: page, urls))
    let views = screens.map { (screen: $0, styles: styles.on($0)) }
    var requests: [PageRequest] = []
    for (index, node) in tree.nodes.enumerated() {
      guard let request = ImageElement(tree, index) else { continue }
      let position = (node.tag?.lowerBound).map { lines.position(of: $0, in: bytes) }
      requests.append(request.resolved(at: position, urls, views))
    }
    var backgrounds = Dictionary(
      requests.enumerated().filter { $1.role == .background }.map { ($1.file ?? $1.url, $0) },
      uniquingKeysWith: { first, _ in first })
    for (screen, styles) in views {
      for picture in styles.pictures(density: screen.density) {
        // What stands in the page itself starts from its base.
        let start = picture.file.flatMap { $0 == page ? nil : urls.inStylesheet($0) } ?? urls
        guard let resolution = start.resolve(picture.url) else { continue }
        let isMissing = resolution.status == .missing
        guard let file = resolution.source ?? (isMissing ? picture.url : nil) else { continue }
        let choice = isMissing ? nil : PageRequest.Choice(file: file)
        if let index = backgrounds[file] {
          requests[index].choices[screen.name] = choice
        } else {
          let position = (tree.nodes[picture.element].tag?.lowerBound).map {
            lines.position(of: $0, in: bytes)
          }
          backgrounds[file] = requests.count
          requests.append(
            PageRequest(
              role: .background, line: position?.line, column: position?.column, url: picture.url,
              file: resolution.source, isMissing: isMissing,
              choices: choice.map { [screen.name: $0] } ?? [:]))
        }
      }
    }
    return requests
  }

  // MARK: Stylesheets

  private func sheets(of tree: PageTree, page: String, _ urls: PageURLs) -> [PageStyles.Sheet] {
    var pageSheets: [PageStyles.Sheet] = []
    var allowance = SheetAllowance()
    for element in tree.nodes {
      var taken: [PageStyles.Sheet] = []
      if element.name == "style" {
        guard allowance.takesOne() else { continue }
        taken = all(of: PageStyles.Sheet(element.style, file: page), urls, &allowance, [])
      } else if element.name == "link", let href = element["href"], Self.isStylesheet(element.element) {
        taken = load(href, urls, &allowance, [])
      }
      let media = element["media"] ?? ""
      pageSheets += media.isEmpty ? taken : taken.map { $0.under(media: media) }
    }
    return pageSheets
  }

  private static func isStylesheet(_ link: HTMLElement) -> Bool {
    let relations = link.words("rel")
    return relations.contains("stylesheet") && !relations.contains("alternate") && link["disabled"] == nil
  }

  /// - Parameter outer: the stylesheets that take it in; it is not taken in by itself.
  private func load(
    _ href: String, _ urls: PageURLs, _ allowance: inout SheetAllowance, _ outer: [String]
  ) -> [PageStyles.Sheet] {
    guard allowance.takesOne(), outer.count < Self.maxImports, let file = urls.file(href),
      !outer.contains(file), let sheet = sheet(file)
    else { return [] }
    return all(of: sheet, urls.inStylesheet(file), &allowance, outer + [file])
  }

  private func sheet(_ file: String) -> PageStyles.Sheet? {
    if let cached = sheets.withLock({ $0[file] }) { return cached }
    guard let data = try? FileAccess.read(root.absolute(file)) else { return nil }
    let sheet = PageStyles.Sheet(String(decoding: data, as: UTF8.self), file: file)
    sheets.withLock { $0[file] = sheet }
    return sheet
  }

  /// A stylesheet behind those that it takes in.
  private func all(
    of sheet: PageStyles.Sheet, _ urls: PageURLs, _ allowance: inout SheetAllowance, _ outer: [String]
  ) -> [PageStyles.Sheet] {
    allowance.add(rules: sheet.ruleCount)
    return sheet.imports.flatMap { load($0, urls, &allowance, outer) } + [sheet]
  }
}
