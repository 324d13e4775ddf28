import SiteFiles
import Web

/// Whether a page may have `style` attributes: what its policy, or one that the site's server is told to send, says of them
/// (Content Security Policy 3).
package struct InlineStylePolicy: Sendable {
  /// Whether the site's server is told to forbid them on all pages.
  let isForbidden: Bool

  /// Files that tell servers which headers to send.
  private static let files = [
    "_headers", "netlify.toml", "vercel.json", "staticwebapp.config.json", "firebase.json", ".htaccess",
  ]

  /// Looks for the policies of a site's server.
  init(root: SiteRoot) {
    isForbidden = Self.forbidsByFile(Self.files, root)
  }

  private static func forbidsByFile(_ files: [String], _ root: SiteRoot) -> Bool {
    files.contains { file in
      guard let data = try? FileAccess.read(root.absolute(file)) else { return false }
      let text = String(decoding: data, as: UTF8.self).lowercased()
      guard text.contains("content-security-policy") else { return false }
      return (text.contains("style-src") || text.contains("default-src")) && !text.contains("'unsafe-inline'")
    }
  }

  /// Whether a site whose pages are not built yet forbids them: its server's files, wherever generators take them from, or
  /// the `<meta>` of a layout.
  package static func isForbidden(inSources root: SiteRoot) -> Bool {
    let folders = ["", "static/", "public/", "source/", "src/", "docs/", "content/", "content/extra/"]
    if forbidsByFile(folders.flatMap { folder in files.map { folder + $0 } }, root) { return true }
    let templates = ["_layouts", "_includes", "layouts", "templates", "themes", "theme", "overrides"]
    return templates.contains { folder in
      let listed = (try? FileTree.files(below: root.absolute(folder))) ?? []
      return listed.contains { entry in
        guard entry.kind == .file,
          [".html", ".htm", ".njk", ".liquid"].contains(where: entry.path.hasSuffix),
          let data = try? FileAccess.read(root.absolute(folder + "/" + entry.path))
        else { return false }
        return forbids(inTemplate: String(decoding: data, as: UTF8.self))
      }
    }
  }

  private static func forbids(inTemplate text: String) -> Bool {
    guard text.lowercased().contains("content-security-policy") else { return false }
    // Tag by tag, and no more of one than a policy has letters.
    return text.split(separator: "<").contains { piece in
      guard let end = piece.firstIndex(of: ">"), piece.prefix(4).lowercased() == "meta" else { return false }
      let tag = piece[..<end].prefix(8_000)
      let words = tag.lowercased()
      guard words.contains("http-equiv"), words.contains("content-security-policy") else { return false }
      let content = tag.firstMatch(of: /content\s*=\s*"([^"]*)"/.ignoresCase())?.output.1
      return forbids(content.map(String.init) ?? "style-src 'none'")
    }
  }

  /// Whether a page may have them.
  func allows(on page: PageTree) -> Bool {
    !isForbidden
      && !page.nodes.contains { node in
        node.name == "meta" && node["http-equiv"]?.lowercased() == "content-security-policy"
          && Self.forbids(node["content"] ?? "")
      }
  }

  /// Whether a policy forbids `style` attributes.
  static func forbids(_ policy: String) -> Bool {
    var directives: [Substring: [Substring]] = [:]
    for part in policy.lowercased().split(separator: ";") {
      let words = part.split(whereSeparator: \.isWhitespace)
      // Of a directive that is written twice the first counts.
      if let name = words.first, directives[name] == nil { directives[name] = Array(words.dropFirst()) }
    }
    guard let list = directives["style-src-attr"] ?? directives["style-src"] ?? directives["default-src"]
    else { return false }
    let isNamed = list.contains { $0.hasPrefix("'nonce-") || $0.hasPrefix("'sha") }
    return isNamed || !list.contains("'unsafe-inline'")
  }
}
