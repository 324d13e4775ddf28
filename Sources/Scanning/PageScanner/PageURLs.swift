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
  private var address: PageAddress

  /// - Parameters:
  ///   - root: the built tree.
  ///   - page: the page's path in the tree.
  ///   - location: what the page says of its own URL.
  ///   - site: what is known of the site.
  ///   - dependencies: takes the paths that are looked for.
  package init(
    root: SiteRoot, page: String, location: PageLocation, site: Site,
    dependencies: Shared<Set<String>> = Shared([])
  ) {
    self.root = root
    self.dependencies = dependencies
    address = PageAddress(
      page: page, location: location, publication: .init(baseurl: site.baseurl, url: site.url))
  }

  /// The same for URLs in a stylesheet of the page, which start from the stylesheet.
  package func inStylesheet(_ file: String) -> PageURLs {
    var urls = self
    urls.address = address.inStylesheet(file)
    return urls
  }

  /// The file of the tree that a URL of any kind leads to; nil where there is none.
  package func file(_ url: String) -> String? { resolve(url)?.source }

  /// Whether a URL leads to another host.
  func isElsewhere(_ url: String) -> Bool { address.destination(of: url) == .elsewhere }

  /// Where a URL leads; nil where it is empty, which is no reference.
  package func resolve(_ url: String) -> Resolution? {
    switch address.destination(of: url) {
    case .page: return nil
    case .data: return Resolution(status: .data)
    case .elsewhere: return Resolution(status: .remote)
    case .tree(let target):
      guard let path = target.path else {
        return Resolution(status: .missing, reason: "the URL's percent-encoding is not UTF-8")
      }
      let form = LinkForm(
        prefix: target.prefix, base: target.base,
        keepsUnicode: !target.written.utf8.allSatisfy { $0 < 0x80 }, tail: target.tail)
      guard let base = target.base else { return rooted(path, form) }
      return file(base.isEmpty ? path : base + "/" + path, form)
    }
  }

  private func rooted(_ path: String, _ form: LinkForm) -> Resolution {
    let resolution = file(path, form)
    guard resolution.status == .missing, address.baseurl.isEmpty, let slash = path.firstIndex(of: "/") else {
      return resolution
    }
    // A tree that is published below a path that nothing on the page names.
    var form = form
    form.prefix += path[...slash]
    let below = file(String(path[path.index(after: slash)...]), form)
    return below.status == .local ? below : resolution
  }

  private func file(_ path: String, _ form: LinkForm) -> Resolution {
    dependencies.withLock { _ = $0.insert(path) }
    switch root.resolve(path) {
    case .file(let source):
      guard ImageFormat(fileName: source) != nil else {
        return Resolution(status: .unsupported, reason: "its name is not that of an image", source: source)
      }
      return Resolution(status: .local, source: source, link: form)
    case .folder, .missing: return Resolution(status: .missing, reason: "there is no such file in the tree")
    case .outside: return Resolution(status: .outsideSite, reason: "the path leaves the tree")
    }
  }
}
