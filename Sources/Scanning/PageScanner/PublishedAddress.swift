import Foundation
import SiteFiles

/// The host, and the path below it, that a tree of pages is published at, where its pages write it before the URLs of their
/// own stylesheets and feeds.
package enum PublishedAddress {
  /// The pages that are looked at: a generator writes all of them in one way.
  private static let mostPages = 24
  /// The parts of a path that is looked for.
  private static let mostParts = 32
  private static let siteLists = ["sitemap.xml", "atom.xml", "rss.xml", "feed.xml", "index.xml"]

  /// An address under which everything that pages take from it is there.
  ///
  /// - Parameters:
  ///   - root: the tree.
  ///   - listing: what lies in it.
  /// - Returns: the origin (`https://example.org`) and the path (`/blog`, or empty); nil where no one address is it.
  package static func find(in root: SiteRoot, _ listing: FileListing) -> (origin: String, path: String)? {
    let pages = listing.files.filter { entry in
      entry.kind == .file && [".html", ".htm"].contains(where: entry.path.lowercased().hasSuffix)
    }.map(\.path).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    var votes: Set<String> = []
    var misses: Set<String> = []
    // What names the site itself, and not a host that styles come from.
    var named: Set<String> = []
    for page in pages.prefix(mostPages) {
      guard let data = try? FileAccess.read(root.absolute(page)) else { continue }
      for (url, isStyle) in resources(String(decoding: data, as: UTF8.self)) {
        guard let (origin, path) = split(url), !path.allSatisfy({ $0 == "/" }) else { continue }
        if let base = base(of: path, in: root) {
          votes.insert(origin + "\n" + base)
          if !isStyle { named.insert(origin) }
        } else if isStyle {
          misses.insert(origin)
        }
      }
    }
    // Sitemaps and feeds name pages of the site by their whole addresses.
    for file in siteLists {
      guard let data = try? FileAccess.read(root.absolute(file)) else { continue }
      for url in addresses(String(decoding: data.prefix(1 << 16), as: UTF8.self)).prefix(mostPages) {
        guard let (origin, path) = split(url), !path.allSatisfy({ $0 == "/" }),
          let base = base(of: path, in: root)
        else { continue }
        votes.insert(origin + "\n" + base)
        named.insert(origin)
      }
    }
    let addresses = votes.filter { vote in
      let origin = String(vote.prefix { $0 != "\n" })
      return !misses.contains(origin) && named.contains(origin)
    }
    // Two are no one answer.
    guard addresses.count == 1,
      let parts = addresses.first?.split(separator: "\n", omittingEmptySubsequences: false)
    else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  /// The tags of a text, each without its angle brackets and with no more than addresses need, and what stands behind it.
  private static func tags(_ text: String) -> some Sequence<(tag: Substring, text: Substring)> {
    text.split(separator: "<").lazy.map { piece in
      let tag = piece.prefix { $0 != ">" }
      return (tag.prefix(2_000), piece[tag.endIndex...].dropFirst())
    }
  }

  /// The whole addresses that a sitemap or a feed names.
  private static func addresses(_ list: String) -> [String] {
    tags(list).compactMap { tag, text in
      if ["loc", "link", "id"].contains(tag) {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 1 ? String(words[0]) : nil
      }
      guard tag.hasPrefix("link"), let start = tag.firstRange(of: "href=\"")?.upperBound else { return nil }
      let url = tag[start...].prefix { $0 != "\"" }
      return url.isEmpty ? nil : String(url)
    }
  }

  /// The URLs of the stylesheets, feeds and icons that a page links to, and its own.
  private static func resources(_ page: String) -> [(url: String, isStyle: Bool)] {
    tags(page).compactMap { tag, _ in
      guard tag.prefix(4).lowercased() == "link", tag.dropFirst(4).first?.isWhitespace == true,
        let rel = tag.firstMatch(of: /rel\s*=\s*["']?([^"'>]*)/.ignoresCase())?.output.1.lowercased(),
        ["stylesheet", "alternate", "canonical", "icon"].contains(where: rel.contains),
        let href = tag.firstMatch(of: /href\s*=\s*["']?([^"'\s>]*)/.ignoresCase())?.output.1
      else { return nil }
      return (String(href), rel.contains("stylesheet"))
    }
  }

  private static func split(_ url: String) -> (origin: String, path: String)? {
    guard let match = url.firstMatch(of: /^(https?:\/\/[^\/?#]+)([^?#]*)/.ignoresCase()) else { return nil }
    let path = String(match.output.2)
    return (match.output.1.lowercased(), path.removingPercentEncoding ?? path)
  }

  /// What stands before the path of a file of the tree in a URL's path; nil where none of its ends is one.
  private static func base(of path: String, in root: SiteRoot) -> String? {
    var parts = path.split(separator: "/").map(String.init)[...]
    guard parts.count <= mostParts else { return nil }
    var base = ""
    while let first = parts.first {
      let file = parts.joined(separator: "/")
      let isThere = [file, file + ".html", file + "/index.html"].contains { name in
        if case .file = root.resolve(name) { return true }
        return false
      }
      if isThere { return base }
      parts.removeFirst()
      base += "/" + first
    }
    return nil
  }
}
