import Foundation

/// Where a page is published, and with that which file of the built tree a URL on it leads to.
package struct PageAddress: Sendable {
  /// How a site is published.
  package struct Publication: Hashable, Sendable {
    /// The path that the tree is published below: `/blog`, or empty.
    package var baseurl: String
    /// The hosts whose URLs lead into the tree, in lower case.
    package var hosts: Set<String>

    /// Makes a description of how a site is published.
    package init(baseurl: String = "", hosts: Set<String> = []) {
      self.baseurl = baseurl
      self.hosts = hosts
    }
  }

  private let page: String
  private let base: String?
  private let baseurl: String
  private let hosts: Set<String>

  /// - Parameters:
  ///   - page: the page's path in the tree.
  ///   - images: what the page says of its own place. The host of its canonical URL is the site's own.
  ///   - publication: what is known of the site.
  package init(page: String, images: PageImages, publication: Publication) {
    self.page = page
    base = images.base
    baseurl = publication.baseurl
    hosts = publication.hosts.union(images.canonical.flatMap { Self.host($0)?.name }.map { [$0] } ?? [])
  }

  /// The path in the tree that a URL leads to; nil for another host, `data:` and the like.
  package func path(of url: String) -> String? {
    guard let base else { return path(of: url, from: page) }
    // What a relative base starts from is the page itself.
    guard let folder = path(of: base, from: page) else {
      return Self.host(url) == nil && !url.hasPrefix("/") ? nil : path(of: url, from: page)
    }
    return path(of: url, from: base.hasSuffix("/") || base.isEmpty ? folder + "/" : folder)
  }

  private func path(of written: String, from page: String) -> String? {
    let url = written.trimmingCharacters(in: .whitespacesAndNewlines)
    var rest = url[...]
    var isRooted = false
    if let host = Self.host(url) {
      guard hosts.contains(host.name) else { return nil }
      rest = rest.dropFirst(host.length)
      isRooted = true
    } else if Self.hasScheme(url) {
      return nil
    }
    let encoded = rest.prefix { $0 != "?" && $0 != "#" }
    guard !encoded.isEmpty else { return nil }
    // A URL whose escapes are not UTF-8 names no file, and its own text is as good a name for that as any.
    var path = String(encoded).removingPercentEncoding ?? String(encoded)
    if isRooted || path.hasPrefix("/") {
      if !baseurl.isEmpty, path.hasPrefix(baseurl + "/") { path.removeFirst(baseurl.count) }
    } else {
      path = (page.lastIndex(of: "/").map { page[...$0] } ?? "") + path
    }
    return Self.normalized(path)
  }

  /// `.` and `..` resolved by their letters; `..` at the root stays there, as in a browser.
  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The host of an absolute or protocol-relative URL, and how many characters stand before its path.
  package static func host(_ url: String) -> (name: String, length: Int)? {
    guard let slashes = url.firstRange(of: "//") else { return nil }
    let scheme = url[..<slashes.lowerBound].lowercased()
    guard scheme.isEmpty || scheme == "http:" || scheme == "https:" else { return nil }
    let host = url[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.isEmpty else { return nil }
    return (host.lowercased(), url.distance(from: url.startIndex, to: host.endIndex))
  }

  /// Whether a URL names a scheme, as `mailto:` and `blob:` do.
  package static func hasScheme(_ url: String) -> Bool {
    guard let colon = url.firstIndex(of: ":"), let first = url.first, first.isASCII, first.isLetter else {
      return false
    }
    return url[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }
}
