import AssetModel

/// What the plugins of an MkDocs site do to pages and their images.
struct MkDocsPlugins: Sendable {
  /// Why images keep their markup; nil where no plugin is known to mind.
  private(set) var keepsMarkup: String?
  /// The folder whose posts the blog plugin shows at addresses of its own; nil without it.
  private var posts: String?

  /// Those that leave the addresses of pages and the markup of images as they are.
  private static let harmless: Set<String> = [
    "autorefs", "awesome-pages", "charts", "exclude", "exclude-search", "gen-files", "git-authors",
    "git-committers",
    "git-committers-2", "git-revision-date", "git-revision-date-localized", "glightbox", "group", "info",
    "kroki", "literate-nav", "macros", "markdownextradata", "mermaid2", "meta", "minify", "mkdocstrings",
    "offline", "open-in-new-tab", "optimize", "privacy", "redirects", "rss", "search", "section-index",
    "social",
    "swagger-ui-tag", "table-reader", "tags", "typeset",
  ]

  /// - Parameter list: the configuration's `plugins`.
  init(_ list: FrontMatterValue?) {
    for name in Self.names(list) {
      let plain = name.hasPrefix("material/") ? String(name.dropFirst(9)) : name
      if plain == "blog" {
        let settings = Self.settings(of: name, in: list)
        let blog = settings?["blog_dir"]?.text?.trimmingSlashes ?? "blog"
        let folder = (settings?["post_dir"]?.text ?? "{blog}/posts").replacing("{blog}", with: blog)
        posts = folder.trimmingSlashes
      } else if !Self.harmless.contains(plain) {
        keepsMarkup = "the plugin \(name) may show pages at other addresses or make the markup of images"
      }
    }
  }

  /// Whether the page of a file below `docs` has another address than its file's.
  func moves(_ path: String) -> Bool { posts.map { path.hasPrefix($0 + "/") } ?? false }

  /// The names in a list of plugins or extensions, each alone or with its settings.
  static func names(_ list: FrontMatterValue?) -> [String] {
    switch list {
    case .list(let items)?: items.flatMap { $0.text.map { [$0] } ?? $0.keys }
    case .mapping?: list?.keys ?? []
    case .scalar(let scalar)?: [scalar.text]
    case nil: []
    }
  }

  private static func settings(of name: String, in list: FrontMatterValue?) -> FrontMatterValue? {
    guard case .list(let items)? = list else { return list?[name] }
    return items.lazy.compactMap { $0[name] }.first
  }
}
