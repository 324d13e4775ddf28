import SiteFiles
import Web

/// Whether a page may have `style` attributes: what its policy, or one that the site's server is told to send, says of them
/// (Content Security Policy 3).
struct InlineStylePolicy: Sendable {
  private let isForbidden: Bool

  /// Files that tell servers which headers to send.
  private static let files = [
    "_headers", "netlify.toml", "vercel.json", "staticwebapp.config.json", "firebase.json", ".htaccess",
  ]

  /// Looks for the policies of a site's server.
  init(root: SiteRoot) {
    isForbidden = Self.files.contains { file in
      guard let data = try? FileAccess.read(root.absolute(file)) else { return false }
      let text = String(decoding: data, as: UTF8.self).lowercased()
      guard text.contains("content-security-policy") else { return false }
      return (text.contains("style-src") || text.contains("default-src")) && !text.contains("'unsafe-inline'")
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
