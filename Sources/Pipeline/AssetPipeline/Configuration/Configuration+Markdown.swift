import PostScanner
import SiteFiles

extension MarkdownOptions {
  /// Reads what is said of a folder of Markdown posts.
  mutating func read(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    if let folders = try top.strings("imagesRoot") {
      imagesRoots = try folders.map { folder throws(ConfigurationError) in
        guard !folder.hasPrefix("/"), let parts = SiteRoot.normalize(folder) else {
          throw top.refusal(
            "imagesRoot", "must name folders inside the site",
            advice: "for example web/public; . is the site itself")
        }
        return parts.joined(separator: "/")
      }
    }
    guard var section = try top.section("markdown") else { return }
    html = try section.bool("html") ?? html
    try section.finish()
  }
}
