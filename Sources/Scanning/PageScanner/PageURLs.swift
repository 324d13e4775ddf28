import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// Resolves the URLs of one built page as a browser does, down to the file of the built tree that a server would
/// send.
package struct PageURLs {
  /// What a URL leads to.
  package struct Resolution {
    package var status: Reference.Status
    var reason: String?
    /// The file, relative to the tree, whatever it holds.
    package var source: String?
    var link: LinkForm?
  }

  private let root: SiteRoot
  private let dependencies: Shared<Set<String>>
  /// The site's own host, and the path below it that the tree is published at.
  private let host: String?
  private let baseurl: String
  /// The tree folder that relative URLs start from; nil where `<base href>` leads to another host.
  private var base: String?

  /// - Parameters:
  ///   - root: the built tree.
  ///   - page: the page's path in the tree.
  ///   - elements: the page's elements, whose `<base href>` and `<link rel="canonical">` say where it is published.
  ///   - site: what is known of the site.
  ///   - dependencies: takes the paths that are looked for.
  init(
    root: SiteRoot, page: String, elements: [GumboPage.Element], site: Site, dependencies: Shared<Set<String>>
  ) {
    self.init(
      root: root, page: page, base: elements.first { $0.name == "base" && $0["href"] != nil }?["href"],
      canonical: Self.canonical(elements), site: site, dependencies: dependencies)
  }

  /// - Parameters:
  ///   - base: the first `<base href>` of the page.
  ///   - canonical: the URL that the page says it is published at.
  package init(
    root: SiteRoot, page: String, base written: String?, canonical: String?, site: Site,
    dependencies: Shared<Set<String>> = Shared([])
  ) {
    self.root = root
    self.dependencies = dependencies
    host = (site.url.isEmpty ? canonical : site.url).flatMap { PageAddress.host($0)?.name }
    baseurl = site.baseurl.isEmpty ? Self.baseurl(canonical: canonical, page: page) : site.baseurl
    let folder = FileAccess.folder(of: page)
    base =
      written.map { Self.folder(ofBase: $0, page: folder, host: host, baseurl: baseurl) } ?? folder
  }

  /// The same for URLs in a stylesheet of the page, which start from the stylesheet.
  package func inStylesheet(_ file: String) -> PageURLs {
    var urls = self
    urls.base = FileAccess.folder(of: file)
    return urls
  }

  /// The file of the tree that a URL of any kind leads to; nil where there is none.
  package func file(_ url: String) -> String? { resolve(url)?.source }

  /// Where a URL leads; nil where it is empty, which is no reference.
  package func resolve(_ written: String) -> Resolution? {
    let url = written.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !url.isEmpty else { return nil }
    if url.lowercased().hasPrefix("data:") { return Resolution(status: .data) }
    var prefix = ""
    var path = url[...]
    if let origin = PageAddress.host(url) {
      guard let host, origin.name == host else { return Resolution(status: .remote) }
      prefix = String(url.prefix(origin.length))
      path = url.dropFirst(origin.length)
    } else if PageAddress.hasScheme(url) {
      return Resolution(status: .remote)
    }
    let tail = path.firstIndex { $0 == "?" || $0 == "#" }.map { path[$0...] } ?? ""
    path = path.prefix(path.count - tail.count)
    guard !path.isEmpty else { return nil }
    guard let decoded = String(path).removingPercentEncoding else {
      return Resolution(status: .missing, reason: "the URL's percent-encoding is not UTF-8")
    }
    let form = LinkForm(
      prefix: prefix, keepsUnicode: !path.utf8.allSatisfy { $0 < 0x80 }, tail: String(tail))
    return decoded.hasPrefix("/") || !prefix.isEmpty ? rooted(decoded, form) : relative(decoded, form)
  }

  private func rooted(_ path: String, _ form: LinkForm) -> Resolution {
    var form = form
    let inside = path.drop { $0 == "/" }
    if !baseurl.isEmpty, path.hasPrefix(baseurl + "/") {
      form.prefix += baseurl + "/"
      return file(String(path.dropFirst(baseurl.count + 1)), form)
    }
    form.prefix += "/"
    let found = file(String(inside), form)
    guard found.status == .missing, baseurl.isEmpty, let slash = inside.firstIndex(of: "/") else {
      return found
    }
    // A tree that is published below a path that nothing on the page names.
    form.prefix += inside[...slash]
    let below = file(String(inside[inside.index(after: slash)...]), form)
    return below.status == .local ? below : found
  }

  private func relative(_ path: String, _ form: LinkForm) -> Resolution {
    guard let base else { return Resolution(status: .remote) }
    var form = form
    form.base = base
    if path.hasPrefix("./") { form.prefix += "./" }
    return file(base.isEmpty ? path : base + "/" + path, form)
  }

  private func file(_ path: String, _ form: LinkForm) -> Resolution {
    dependencies.withLock { _ = $0.insert(path) }
    switch root.resolve(path) {
    case .file(let found):
      guard ImageFormat(fileName: found) != nil else {
        return Resolution(status: .unsupported, reason: "its name is not that of an image", source: found)
      }
      return Resolution(status: .local, source: found, link: form)
    case .folder, .missing: return Resolution(status: .missing, reason: "there is no such file in the tree")
    case .outside: return Resolution(status: .outsideSite, reason: "the path leaves the tree")
    }
  }

  // MARK: Where the page is published

  private static func canonical(_ elements: [GumboPage.Element]) -> String? {
    elements.first { $0.name == "link" && $0["rel"]?.lowercased() == "canonical" }?["href"]
      ?? elements.first { $0.name == "meta" && $0["property"]?.lowercased() == "og:url" }?["content"]
  }

  /// What the canonical URL's path has in front of the page's own.
  private static func baseurl(canonical: String?, page: String) -> String {
    guard let canonical, let origin = PageAddress.host(canonical) else { return "" }
    let path = canonical.dropFirst(origin.length).prefix { $0 != "?" && $0 != "#" }
    guard let decoded = String(path).removingPercentEncoding else { return "" }
    var names = [page]
    if page.hasSuffix("index.html") { names += [String(page.dropLast(10)), String(page.dropLast(11))] }
    if page.hasSuffix(".html") { names.append(String(page.dropLast(5))) }
    for name in names where decoded.hasSuffix("/" + name) {
      return String(decoded.dropLast(name.count + 1))
    }
    return ""
  }

  private static func folder(ofBase written: String, page: String, host: String?, baseurl: String) -> String?
  {
    var path = written.trimmingCharacters(in: .whitespacesAndNewlines)[...]
    if let origin = PageAddress.host(written) {
      guard origin.name == host else { return nil }
      path = path.dropFirst(origin.length)
      if path.isEmpty { path = "/" }
    }
    guard let decoded = String(path.prefix { $0 != "?" && $0 != "#" }).removingPercentEncoding else {
      return page
    }
    var full = decoded.hasPrefix("/") ? decoded : "/" + page + "/" + decoded
    if !baseurl.isEmpty, full.hasPrefix(baseurl + "/") { full.removeFirst(baseurl.count) }
    let folder = full.lastIndex(of: "/").map { full[..<$0] } ?? ""
    return SiteRoot.normalize(String(folder))?.joined(separator: "/")
  }
}
