import Foundation

/// Where a page is published, and with that what a URL on it leads to: the one answer for scans, checks and comparisons.
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

    /// - Parameters:
    ///   - baseurl: the path that the tree is published below, or empty.
    ///   - url: the site's own URL, or empty.
    package init(baseurl: String, url: String) {
      self.init(baseurl: baseurl, hosts: Set([PageAddress.host(url)?.name].compactMap(\.self)))
    }
  }

  /// What a URL leads to.
  package enum Destination: Hashable, Sendable {
    /// The page itself: the URL has no path.
    case page
    /// What the URL holds: `data:`.
    case data
    /// Another host, or what no server sends.
    case elsewhere
    /// A path in the tree.
    case tree(Target)
  }

  /// A path in the tree, as a URL writes it.
  package struct Target: Hashable, Sendable {
    /// The path as it was written, percent-encoding undone, `.` and `..` kept; nil where its encoding is not UTF-8.
    package var path: String?
    /// The path as it stands in the URL.
    package var written: String
    /// What stands before the path: the host and the path that the tree is published below.
    package var prefix: String
    /// The folder of the tree that the path starts from; nil where it starts from the tree's root.
    package var base: String?
    /// The query and the fragment.
    package var tail: String
  }

  private let hosts: Set<String>
  /// The path that the tree is published below: `/blog`, or empty.
  package let baseurl: String
  /// The tree folder that relative URLs start from; nil where `<base href>` leads to another host.
  private var base: String?

  /// - Parameters:
  ///   - page: the page's path in the tree.
  ///   - location: what the page says of its own URL. Where the site does not say its host and path, this does.
  ///   - publication: what is known of the site.
  package init(page: String, location: PageLocation, publication: Publication) {
    let canonical = location.canonical
    hosts =
      publication.hosts.isEmpty
      ? Set([canonical.flatMap { Self.host($0)?.name }].compactMap(\.self)) : publication.hosts
    baseurl =
      publication.baseurl.isEmpty ? Self.baseurl(canonical: canonical, page: page) : publication.baseurl
    let folder = page.lastIndex(of: "/").map { String(page[..<$0]) } ?? ""
    base = folder
    if let written = location.base { base = self.folder(ofBase: written, page: folder) }
  }

  /// The same for URLs in a stylesheet of the page, which start from the stylesheet.
  package func inStylesheet(_ file: String) -> PageAddress {
    var address = self
    address.base = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    return address
  }

  /// What a URL leads to.
  package func destination(of text: String) -> Destination {
    let url = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !url.isEmpty else { return .page }
    if url.lowercased().hasPrefix("data:") { return .data }
    var prefix = ""
    var rest = url[...]
    if let host = Self.host(url) {
      guard hosts.contains(host.name) else { return .elsewhere }
      prefix = String(url.prefix(host.length))
      rest = rest.dropFirst(host.length)
    } else if Self.hasScheme(url) {
      return .elsewhere
    }
    let written = String(rest.prefix { $0 != "?" && $0 != "#" })
    let tail = String(rest.dropFirst(written.count))
    guard !written.isEmpty else { return .page }
    var target = Target(
      path: written.removingPercentEncoding, written: written, prefix: prefix, base: nil, tail: tail)
    if written.hasPrefix("/") || !prefix.isEmpty {
      target.prefix += "/"
      target.path = target.path.map { path in
        guard !baseurl.isEmpty, path.hasPrefix(baseurl + "/") else { return String(path.drop { $0 == "/" }) }
        target.prefix = prefix + baseurl + "/"
        return String(path.dropFirst(baseurl.count + 1))
      }
      return .tree(target)
    }
    guard let base else { return .elsewhere }
    target.base = base
    if written.hasPrefix("./") { target.prefix = "./" }
    return .tree(target)
  }

  /// The path in the tree that a URL leads to; nil for another host, `data:` and the like.
  package func path(of url: String) -> String? {
    guard case .tree(let target) = destination(of: url) else { return nil }
    // A URL whose escapes are not UTF-8 names no file, and its own text is as good a name for that as any.
    let path = target.path ?? target.written
    return Self.normalized(target.base.map { $0 + "/" + path } ?? path)
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

  // MARK: Where the page is published

  /// What the canonical URL's path has in front of the page's own.
  private static func baseurl(canonical: String?, page: String) -> String {
    guard let canonical, let origin = host(canonical) else { return "" }
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

  /// The folder that a base leads to; nil where it is another host's.
  private func folder(ofBase written: String, page: String) -> String? {
    var path = written.trimmingCharacters(in: .whitespacesAndNewlines)[...]
    if let origin = Self.host(written) {
      guard hosts.contains(origin.name) else { return nil }
      path = path.dropFirst(origin.length)
      if path.isEmpty { path = "/" }
    }
    guard let decoded = String(path.prefix { $0 != "?" && $0 != "#" }).removingPercentEncoding else {
      return page
    }
    var full = decoded.hasPrefix("/") ? decoded : "/" + page + "/" + decoded
    if !baseurl.isEmpty, full.hasPrefix(baseurl + "/") { full.removeFirst(baseurl.count) }
    return Self.normalized(String(full.lastIndex(of: "/").map { full[..<$0] } ?? ""))
  }

  // MARK: The parts of a URL

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
