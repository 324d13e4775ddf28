/// A file that was read for image references: a source that the site's generator renders (a post, a page, a
/// draft, a collection's document), or a page of a built site.
public struct Post: Codable, Hashable, Sendable {
  /// How the generator reads the file's body.
  public enum Dialect: String, Codable, Sendable {
    /// Markdown as kramdown reads it, with IALs (`{:.center}`) and Liquid.
    case kramdown
    /// Markdown after the CommonMark specification: goldmark, markdown-it, marked, pulldown-cmark, remark.
    case commonmark
    /// Markdown as Python-Markdown reads it.
    case pythonMarkdown = "python-markdown"
    /// Markdown with JSX.
    case mdx
    /// HTML with Liquid.
    case html
    /// HTML as a browser gets it.
    case page
    /// reStructuredText as docutils reads it.
    case reStructuredText = "restructuredtext"
    /// AsciiDoc as Asciidoctor reads it.
    case asciiDoc = "asciidoc"
    /// Org mode as go-org reads it.
    case org
    /// A notebook: cells of Markdown, and what code printed.
    case notebook
    /// Textile as RedCloth reads it.
    case textile

    /// The format as its makers write it, where it is one whose sources are read and never rewritten; nil for Markdown and
    /// HTML.
    public var format: String? {
      switch self {
      case .asciiDoc: "AsciiDoc"
      case .notebook: "notebooks"
      case .org: "Org mode"
      case .reStructuredText: "reStructuredText"
      case .textile: "Textile"
      case .commonmark, .html, .kramdown, .mdx, .page, .pythonMarkdown: nil
      }
    }
  }

  /// Whether it is a stylesheet of a built site, and no page.
  package var isStylesheet: Bool { dialect == .page && Self.isStylesheet(path) }

  /// Whether a path is that of a stylesheet.
  package static func isStylesheet(_ path: String) -> Bool { path.lowercased().hasSuffix(".css") }

  /// The file, relative to the site's root.
  public var path: String
  /// How the generator reads the file's body.
  public var dialect: Dialect
  /// Whether HTML in the body reaches the page, so that it may replace a Markdown image. Hugo drops it unless
  /// `markup.goldmark.renderer.unsafe` is set.
  public var allowsHTML: Bool
  /// The page's URL path below baseurl, with a leading `/`: what relative image URLs resolve against.
  public var url: String
  /// The layout that the page is put into, where the generator's posts name one; nil for none.
  public var layout: String?
  /// The name by which a generated render hook finds the post: its path below Hugo's content folder, or in the site where a
  /// plugin of Astro or Eleventy does (``Site/door``). nil where neither can render its images: another generator, a hook of
  /// the site's own, or text that it would show otherwise.
  public var hookName: String?
  /// Whether it is a plugin that finds the post by that name.
  public var hasDoor: Bool?
  /// Why only the URLs of the post's images may change; nil where their markup may.
  public var keepsMarkup: String?
  /// Whether a file that takes an image's place stays JPEG or PNG, for readers of feeds.
  public var keepsFormat: Bool?
  /// The file's length.
  public var bytes: Int
  /// SHA-256 of the file as it was scanned, in hexadecimal. An edit is refused when it no longer holds.
  public var sha256: String

  /// Makes a description of a post.
  public init(
    path: String, dialect: Dialect, allowsHTML: Bool = true, url: String, layout: String? = nil,
    hookName: String? = nil, bytes: Int, sha256: String
  ) {
    self.path = path
    self.dialect = dialect
    self.allowsHTML = allowsHTML
    self.url = url
    self.layout = layout
    self.hookName = hookName
    self.bytes = bytes
    self.sha256 = sha256
  }
}

extension Post: CompactRecord {
  package static var blank: Post { Post(path: "", dialect: .page, url: "", bytes: 0, sha256: "") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&path)
    try fields.exchange(&dialect)
    try fields.exchange(&allowsHTML)
    try fields.exchange(&url)
    try fields.exchange(&layout)
    try fields.exchange(&hookName)
    try fields.exchange(&hasDoor)
    try fields.exchange(&keepsMarkup)
    try fields.exchange(&keepsFormat)
    try fields.exchange(&bytes)
    try fields.exchange(&sha256)
  }
}
