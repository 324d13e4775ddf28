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

  /// The formats of a generator: its own, and those that plugins teach it. Where a plugin has to be named, its site's
  /// configuration tells.
  static func all(of kind: Site.Kind, in folder: SiteFolder) -> [PostFormat] {
    switch kind {
    case .hugo: return [asciiDoc, org, pandoc, reStructuredText]
    case .jekyll: return [asciiDoc, org, reStructuredText, textile]
    case .pelican: return [asciiDoc, notebook, org, reStructuredText]
    case .quarto: return [notebook]
    case .nikola: return [asciiDoc, notebook, org, reStructuredText, textile]
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
    case .docusaurus, .html, .zola: return []
    }
  }
}
