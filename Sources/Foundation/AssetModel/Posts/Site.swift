/// The site that a manifest describes.
public struct Site: Codable, Hashable, Sendable {
  /// The generator the site is written for.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A Jekyll site: `_config.yml`, `_posts`, kramdown.
    case jekyll
    /// A Hugo site: `hugo.toml`, `content`, goldmark.
    case hugo
    /// An Eleventy site: `eleventy.config.js` or `.eleventy.js`, markdown-it.
    case eleventy
    /// An Astro site: `astro.config.mjs`, remark.
    case astro
    /// A Hexo site: `_config.yml` with `source/_posts`, marked.
    case hexo
    /// A Pelican site: `pelicanconf.py`, Python-Markdown.
    case pelican
    /// An MkDocs site: `mkdocs.yml`, Python-Markdown.
    case mkdocs
    /// A Docusaurus site: `docusaurus.config.js`, MDX.
    case docusaurus
    /// A Zola site: `config.toml` with `templates`, pulldown-cmark.
    case zola
    /// A Quarto site: `_quarto.yml`, Pandoc.
    case quarto
    /// A Nikola site: `conf.py` with a `BLOG_TITLE`.
    case nikola
    /// A Sphinx site: `conf.py`, docutils.
    case sphinx
    /// A Lektor site: a `.lektorproject`, pages in `contents.lr`.
    case lektor
    /// A folder of Markdown or MDX files of no known generator: a framework's posts, a wiki, notes.
    case markdown
    /// A tree of HTML files: what a generator built, or pages written by hand.
    case html

    /// The generator as its makers write it.
    public var name: String {
      switch self {
      case .jekyll: "Jekyll"
      case .hugo: "Hugo"
      case .eleventy: "Eleventy"
      case .astro: "Astro"
      case .hexo: "Hexo"
      case .pelican: "Pelican"
      case .mkdocs: "MkDocs"
      case .docusaurus: "Docusaurus"
      case .zola: "Zola"
      case .quarto: "Quarto"
      case .nikola: "Nikola"
      case .sphinx: "Sphinx"
      case .lektor: "Lektor"
      case .markdown: "Markdown"
      case .html: "HTML"
      }
    }
  }

  /// Who decided which parts of the posts are images.
  public enum Oracle: String, Codable, Sendable, CaseIterable {
    /// The scanner's own reading of the posts.
    case builtIn = "built-in"
    /// The site's own generator, which built a copy.
    case generator
  }

  /// The generator the site is written for.
  public var kind: Kind
  /// Why that kind was chosen, for a person to read.
  public var reason: String
  /// The site's root folder, as the user named it.
  public var root: String
  /// The path below the host at which the site is published (`/blog`), empty for the host's root.
  public var baseurl: String
  /// The site's own scheme and host (`https://example.org`), empty when its configuration names none.
  public var url: String
  /// The folder, relative to the root, that variants are written to where the user names none. The generator
  /// publishes what lies there.
  public var variantFolder: String
  /// Who decided which parts of the posts are images. If the manifest does not say, it was the scanner.
  public var oracle = Oracle.builtIn
  /// Why its posts keep all of their images, where that is so, and a problem of the manifest says it for all of them.
  public var keepsImages: String?

  /// Of a Hugo site: the template that shows pictures of a page's own folder by their own files, so that nothing else can
  /// be lighter; nil for none.
  public var fileHook: FileHook?

  /// Of an Astro or Eleventy site: what gives the Markdown images of a staged copy their candidates; nil for others.
  public var door: Door?

  /// How a generator gives the Markdown images of its posts candidates itself, so that the posts stay as they are: by a
  /// configuration that has the author's name in a staged copy, and takes in the author's.
  public struct Door: Codable, Hashable, Sendable {
    /// The configuration, relative to the site's root.
    public var configuration: String
    /// Whether it is a module of the language (`import`), and none of Node's first kind (`require`).
    public var isModule: Bool
    /// Why the site has no such door, so that posts are rewritten; nil where it has one.
    public var closed: String?

    /// Makes a description of a door.
    package init(configuration: String, isModule: Bool = true, closed: String? = nil) {
      (self.configuration, self.isModule, self.closed) = (configuration, isModule, closed)
    }
  }

  /// What shows pictures by their own files.
  public struct FileHook: Codable, Hashable, Sendable {
    /// Why such images keep their markup.
    public var reason: String
    /// The names of the pictures that other templates make pictures of, as patterns.
    public var processed: [String]

    package init(reason: String, processed: [String] = []) {
      (self.reason, self.processed) = (reason, processed)
    }

    /// - Parameter template: a template of the site that makes the markup of Markdown images.
    package init(_ template: String, processed: [String] = []) {
      self.init(
        reason: "the template \(template) makes the markup of Markdown images", processed: processed)
    }
  }

  /// Makes a description of a site.
  public init(
    kind: Kind, reason: String, root: String, baseurl: String = "", url: String = "",
    variantFolder: String = "assets/optimized"
  ) {
    self.kind = kind
    self.reason = reason
    self.root = root
    self.baseurl = baseurl
    self.url = url
    self.variantFolder = variantFolder
  }
}

extension Site.FileHook {
  /// Whether a picture of a page's folder may have other bytes.
  package func mayBeLighter(_ source: String, of post: String) -> Bool {
    let name = post.split(separator: "/").last ?? ""
    let folder = post.dropLast(name.count)
    guard name.hasPrefix("index.") || name.hasPrefix("_index."), source.hasPrefix(folder) else {
      return false
    }
    let inner = source.dropFirst(folder.count).lowercased()
    return !processed.contains { Glob.matches($0, inner) || Glob.matches("*/" + $0, inner) }
  }
}

extension KeyedDecodingContainer {
  /// An oracle; the built-in one where none is named.
  func decode(_ type: Site.Oracle.Type, forKey key: Key) throws -> Site.Oracle {
    try decodeIfPresent(type, forKey: key) ?? .builtIn
  }
}

extension KeyedEncodingContainer {
  /// An oracle, as what may be missing: it is read as that, and one form tells it from the other.
  mutating func encode(_ value: Site.Oracle, forKey key: Key) throws {
    try encodeIfPresent(Optional(value), forKey: key)
  }
}

extension Site.Kind {
  /// The folder that a generator builds into where nobody says otherwise; nil where that differs from site to site.
  package var builtFolder: String? {
    switch self {
    case .eleventy, .jekyll, .quarto: "_site"
    case .hexo, .hugo, .zola: "public"
    case .astro: "dist"
    case .docusaurus: "build"
    case .mkdocs: "site"
    case .nikola, .pelican: "output"
    case .sphinx: "_build/html"
    case .html, .lektor, .markdown: nil
    }
  }
}
