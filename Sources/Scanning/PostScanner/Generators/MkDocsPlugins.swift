import AssetModel
import Foundation

/// What the plugins of an MkDocs site do to pages and their images.
struct MkDocsPlugins: Sendable {
  /// Why images keep their markup; nil where no plugin is known to mind.
  private(set) var keepsMarkup: String?
  /// The folder whose posts the blog plugin shows at addresses of its own; nil without it.
  private var posts: String?
  /// Those addresses, below the site's, and how a date is written in them.
  private var (address, dateFormat) = ("", "yyyy/MM/dd")

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
        address = blog + "/" + (settings?["post_url_format"]?.text ?? "{date}/{slug}")
        dateFormat = settings?["post_url_date_format"]?.text ?? dateFormat
      } else if !Self.harmless.contains(plain) {
        keepsMarkup = "the plugin \(name) may show pages at other addresses or make the markup of images"
      }
    }
  }

  /// The path at which the page of a file below `docs` is shown, where that is not its file's. Its slug may be
  /// another one: what relative URLs lead to depends on the number of folders.
  func address(of path: String, _ matter: FrontMatter) -> String? {
    guard let posts, path.hasPrefix(posts + "/") else { return nil }
    let name = FileName(path)
    let created = matter.keys["date"]?.mapping?.entries.first { $0.key.string == "created" }?.value
    let date = (matter.text("date") ?? created?.text).flatMap {
      PostDate($0, isTimestamp: false, zone: TimeZone(identifier: "UTC") ?? .current)
    }
    var written = dateFormat
    for (code, name) in [("yyyy", "year"), ("MM", "month"), ("dd", "day")] {
      written = written.replacing(code, with: date?.text(name) ?? code)
    }
    let slug = matter.text("slug") ?? Permalink.slug(matter.text("title") ?? name.stem)
    return address.replacing("{date}", with: written).replacing("{slug}", with: slug)
      .replacing("{file}", with: name.stem)
      .replacing("{categories}", with: matter.words("categories").first.map { Permalink.slug($0) } ?? "")
      .split(separator: "/").joined(separator: "/")
  }

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
