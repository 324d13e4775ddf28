import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Pelican (4).
  static let pelican = SiteKind(
    kind: .pelican,
    recognize: { folder in folder.has(file: "pelicanconf.py") ? "pelicanconf.py is there" : nil },
    open: { folder throws(ScanError) in
      let code = ConfigurationText.code(folder.textIfAny("pelicanconf.py"), isPython: true)
      // A second file, which includes the first, has the settings for publishing.
      let published = ConfigurationText.code(folder.textIfAny("publishconf.py"), isPython: true)
      let siteURL =
        ConfigurationText.string("SITEURL", in: published) ?? ConfigurationText.string("SITEURL", in: code)
      let address = PostPath.address(siteURL ?? "")
      var content = ConfigurationText.string("PATH", in: code)?.trimmingSlashes ?? ""
      if content.isEmpty || content == ".", folder.has(folder: "content") { content = "content" }
      if content == "." { content = "" }
      let below = content.isEmpty ? "" : content + "/"
      let statics = (ConfigurationText.strings("STATIC_PATHS", in: code) ?? ["images"]).map(\.trimmingSlashes)
      let hasTags =
        ConfigurationText.strings("PLUGINS", in: code)?.contains { $0.contains("liquid_tags") } ?? false
      var reading = ReadingRules(
        matter: [.metadata],
        fields: ScanOptions.defaultFields.map { $0.lowercased() } + [
          "header_cover", "og_image", "featured_image", "image_url", "headerimage",
        ],
        template: hasTags ? .liquidTags : .none,
        tags: TagPattern.liquidTags,
        mounts: statics.map { LinkForm.Mount(below + $0, at: $0) } + themeMounts(code, folder)
      )
      let addressing = PelicanURLs(
        code: code, published: folder.has(file: "publishconf.py") ? published : nil)
      reading.keepsMarkup = addressing.keepsMarkup
      reading.candidateForm = addressing.prefix.map { LinkForm(prefix: $0, mounts: reading.mounts) }
      reading.keepsFormat = true
      reading.readsAttributeLists = PelicanURLs.readsAttributeLists(code)
      reading.attachesBesidePages = PelicanURLs.savesPagesWhereURLsSay(code)
      let markers = URLRule(
        way: .marker(
          ["{static}", "{filename}", "{attach}", "|static|", "|filename|", "|attach|"], folder: content))
      reading.markdown = [markers, .published]
      reading.html = reading.markdown
      reading.tag = reading.markdown
      reading.frontMatter = [markers, .published, .below(content)]
      let images =
        statics.first { $0 == "images" || $0 == "img" || $0 == "assets" || $0 == "static" } ?? statics.first
      let addresses = PelicanAddresses(code)
      let pages = (ConfigurationText.strings("PAGE_PATHS", in: code) ?? ["pages"]).map(\.trimmingSlashes)
      var layout = FolderLayout(
        site: Site(
          kind: .pelican, reason: "", root: "", baseurl: address.base, url: address.origin,
          variantFolder: below + (images.map { $0 + "/optimized" } ?? "images/optimized")),
        reading: reading,
        postFolders: postFolders(code, pages: pages).map {
          $0.isEmpty ? content : below + $0
        },
        dialects: [
          "md": .pythonMarkdown, "markdown": .pythonMarkdown, "mkd": .pythonMarkdown, "html": .html,
        ],
        skipped: [
          ConfigurationText.string("OUTPUT_PATH", in: code)?.trimmingSlashes ?? "output", "theme", "themes",
        ],
        page: { path, inner, matter in
          addresses.page(inner, matter, isPage: pages.contains { path.hasPrefix(below + $0 + "/") })
        }
      )
      if images == nil {
        layout.problems.append(
          Diagnostic(
            .warning, .siteConfiguration, file: "pelicanconf.py",
            message: "STATIC_PATHS is empty, so variants would not be found in the built site",
            advice: "set STATIC_PATHS = ['images']"))
      }
      return layout
    }
  )
}

extension SiteKind {
  /// The folders with articles and pages, below that of the content; an empty one for all of it, as Pelican has it where the
  /// configuration names none.
  private static func postFolders(_ code: String, pages: [String]) -> [String] {
    let articles = (ConfigurationText.strings("ARTICLE_PATHS", in: code) ?? [""]).map(\.trimmingSlashes)
    return articles.contains("") || articles.contains(".") ? [""] : articles + pages
  }

  /// Where the files of a theme that lies in the site are published.
  private static func themeMounts(_ code: String, _ folder: SiteFolder) -> [LinkForm.Mount] {
    guard var theme = ConfigurationText.string("THEME", in: code)?.trimmingSlashes else { return [] }
    while theme.hasPrefix("./") { theme.removeFirst(2) }
    guard !theme.isEmpty, folder.has(folder: theme) else { return [] }
    let url = ConfigurationText.string("THEME_STATIC_DIR", in: code)?.trimmingSlashes ?? "theme"
    let folders = (ConfigurationText.strings("THEME_STATIC_PATHS", in: code) ?? ["static"]).map(
      \.trimmingSlashes)
    return folders.map { LinkForm.Mount("\(theme)/\($0)", at: url) }
  }
}

/// Which URL of a file is right under every configuration of a Pelican site. Pelican makes URLs of the markers in `src` and
/// `href`; in `srcset` it makes none.
struct PelicanURLs {
  /// What stands before the paths of candidates; nil where no URL is right in pages and feeds alike.
  var prefix: String?
  /// Why there is none.
  var keepsMarkup: String?

  /// The feeds that are made unless a configuration says `None`.
  private static let feeds = [
    "FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "TRANSLATION_FEED_ATOM",
  ]

  /// - Parameters:
  ///   - code: `pelicanconf.py`.
  ///   - published: `publishconf.py`, which takes in the first; nil where there is none.
  init(code: String, published: String?) {
    let all = [code] + [published].compactMap(\.self)
    let first = ConfigurationText.string("SITEURL", in: code) ?? ""
    let addresses = Set(all.map { ConfigurationText.string("SITEURL", in: $0) ?? first }.map(Self.trimmed))
    let isRelative = all.contains { ConfigurationText.bool("RELATIVE_URLS", in: $0) == true }
    let hasFeeds = Self.feeds.contains { key in
      all.reversed().lazy.compactMap { Self.isOff(key, in: $0) }.first != true
    }
    if !isRelative, addresses.count == 1, let only = addresses.first, only.contains("//") {
      prefix = only + "/"
    } else if !isRelative, !hasFeeds, Set(addresses.map { PostPath.address($0).base }).count == 1 {
      prefix = addresses.first.map { PostPath.address($0).base + "/" }
    } else {
      keepsMarkup =
        isRelative
        ? "RELATIVE_URLS is on, and Pelican makes no URLs relative in srcset"
        : "SITEURL differs or has no host, so that no URL in srcset is right in all pages and feeds"
    }
  }

  private static func trimmed(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }

  /// Whether a key is `None`; nil where it is not set.
  private static func isOff(_ key: String, in code: String) -> Bool? {
    ConfigurationText.firstMatch("(?m)^\\s*\(key)\\s*=\\s*(\\S*)", in: code).map { $0[1].hasPrefix("None") }
  }

  /// Whether pages are written into the folders that their URLs name, beside which attached files are then published.
  static func savesPagesWhereURLsSay(_ code: String) -> Bool {
    ["ARTICLE", "PAGE"].allSatisfy { kind in
      let url = ConfigurationText.string(kind + "_URL", in: code)
      guard let file = ConfigurationText.string(kind + "_SAVE_AS", in: code) else { return url == nil }
      return file == url || url.map { $0.hasSuffix("/") && file == $0 + "index.html" } == true
    }
  }

  /// Whether Markdown has the extension for attribute lists: Pelican's own settings do.
  static func readsAttributeLists(_ code: String) -> Bool {
    guard code.contains("MARKDOWN") else { return true }
    return code.contains("markdown.extensions.extra") || code.contains("attr_list")
  }
}

/// The addresses of Pelican's pages.
private struct PelicanAddresses: Sendable {
  private let article: String
  private let page: String

  init(_ code: String) {
    article = ConfigurationText.string("ARTICLE_URL", in: code) ?? "{slug}.html"
    page = ConfigurationText.string("PAGE_URL", in: code) ?? "pages/{slug}.html"
  }

  func page(_ inner: String, _ matter: FrontMatter, isPage: Bool) -> PostPage {
    var result = PostPage(url: "/")
    let title = matter.text("title") ?? FileName(inner).stem
    let slug = matter.text("slug") ?? Permalink.slug(title)
    let date = matter.text("date").flatMap {
      PostDate($0, isTimestamp: false, zone: TimeZone(identifier: "UTC") ?? .current)
    }
    var url = (matter.text("url") ?? (isPage ? page : article)).replacingOccurrences(of: "{slug}", with: slug)
    let names = ["%Y": "year", "%m": "month", "%d": "day", "%H": "hour", "%M": "minute", "%b": "short_month"]
    for match in ConfigurationText.matches("\\{date:([^}]*)\\}", in: url) {
      var text = match[1]
      for (code, name) in names { text = text.replacingOccurrences(of: code, with: date?.text(name) ?? "0") }
      url = url.replacingOccurrences(of: match[0], with: text)
    }
    url = url.replacingOccurrences(of: "{category}", with: Permalink.slug(matter.text("category") ?? "misc"))
    result.url = PostPath.rooted(url)
    return result
  }
}
