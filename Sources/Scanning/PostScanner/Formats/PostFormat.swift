import AssetModel
import SiteFiles

/// A format beside Markdown and HTML that a generator makes pages of.
struct PostFormat: Sendable {
  /// Its name, as people write it.
  var name: String
  /// How its files are read; nil where they are not.
  var dialect: Post.Dialect?
  /// The extensions of its files, in small letters.
  var extensions: [String]
  /// Whether a file is one of the site's posts only where it has front matter: anything else is copied as it is.
  var needsFrontMatter = false

  private static let reStructuredText = PostFormat(
    name: "reStructuredText", dialect: .reStructuredText, extensions: ["rst"])
  private static let asciiDoc = PostFormat(
    name: "AsciiDoc", dialect: .asciiDoc, extensions: ["adoc", "asciidoc", "asc", "ad"])
  private static let org = PostFormat(name: "Org mode", dialect: .org, extensions: ["org"])
  private static let textile = PostFormat(name: "Textile", dialect: .textile, extensions: ["textile"])
  private static let pandoc = PostFormat(name: "Pandoc's Markdown", extensions: ["pdc", "pandoc"])
  private static let notebook = PostFormat(name: "notebooks", dialect: .notebook, extensions: ["ipynb"])
  private static let markdoc = PostFormat(name: "Markdoc", extensions: ["mdoc"])

  /// The formats of posts that belong to no generator.
  static let ofFolders = [asciiDoc, notebook, org, reStructuredText, textile]

  /// The formats of a generator: its own, and those that plugins teach it. Where a plugin has to be named, its site's
  /// configuration tells.
  static func all(of kind: Site.Kind, in folder: SiteFolder) -> [PostFormat] {
    switch kind {
    case .hugo: return [asciiDoc, org, pandoc, reStructuredText]
    case .jekyll: return [asciiDoc, org, reStructuredText, textile]
    case .pelican: return [asciiDoc, notebook, org, reStructuredText]
    case .quarto: return [notebook]
    case .markdown, .nikola: return ofFolders
    case .sphinx: return [notebook, reStructuredText]
    case .astro: return [markdoc]
    case .hexo:
      return [asciiDoc, org, reStructuredText, textile].map {
        var format = $0
        format.needsFrontMatter = true
        return format
      }
    case .mkdocs:
      let settings = ["mkdocs.yml", "mkdocs.yaml"].map(folder.textIfAny).joined()
      return settings.contains("jupyter") ? [notebook] : []
    case .eleventy:
      let files = [".eleventy.js"] + JavaScriptSite.extensions.map { "eleventy.config." + $0 }
      let settings = files.filter { folder.has(file: $0) }.map(folder.textIfAny).joined()
      return [asciiDoc, org, reStructuredText, textile].filter { format in
        format.extensions.contains { settings.contains("'\($0)'") || settings.contains("\"\($0)\"") }
      }
    case .docusaurus, .html, .lektor, .zola: return []
    }
  }
}

extension Post.Dialect {
  /// Why no reference of such a post is edited; nil in Markdown and HTML.
  var keptBecause: String? { format.map { "\($0) cannot offer candidates" } }

  /// The reasons of all formats.
  static let formatReasons: Set<String> = Set(
    [Self.asciiDoc, .notebook, .org, .reStructuredText, .textile].compactMap(\.keptBecause))
}

extension PostFormat {
  /// A line for each format whose posts show pictures and stay as they are: what reaches them.
  static func problems(of result: ScanResult) -> [Diagnostic] {
    guard result.posts.contains(where: { $0.dialect.format != nil }) else { return [] }
    let kind = result.site.kind
    let showing = Set(result.references.filter { $0.status == .local }.map(\.post))
    let posts = result.posts.filter { $0.dialect.format != nil && showing.contains($0.path) }
    return Dictionary(grouping: posts) { $0.dialect.format ?? "" }.sorted { $0.key < $1.key }.compactMap {
      format, posts in
      guard let first = posts.map(\.path).min(), let reason = posts[0].dialect.keptBecause else { return nil }
      let count = "\(posts.count.counted("post")) in \(format)"
      let folder = kind.builtFolder.map { ", such as \($0)" } ?? ""
      let way =
        kind == .markdown
        ? "name the folder with the pages that are made of it"
        : "run optimize-assets build, or name the folder with the pages that \(kind.name) built"
      return Diagnostic(
        .warning, .postSkipped, file: first,
        message: "\(count) \(posts.count == 1 ? "is" : "are") read and not rewritten: \(reason)",
        advice:
          way + "\(folder);"
          + " optimize-assets shrink makes the pictures themselves lighter",
        figures: ["posts": Double(posts.count)])
    }
  }
}
