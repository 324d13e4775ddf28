/// A reference in a post to an image.
public struct Reference: Codable, Hashable, Sendable {
  /// The syntax of the reference.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// `![alt](url "title")`
    case markdownInline = "markdown-inline"
    /// `![alt][id]`, `![id][]` or `![id]`, with a definition elsewhere in the post.
    case markdownReference = "markdown-reference"
    /// `<img src>` (and `<image src>`, which browsers read as the same).
    case htmlImage = "html-img"
    /// A candidate of `<source srcset>` or of `<img srcset>` that the author wrote.
    case htmlSource = "html-source"
    /// `<video poster>`
    case videoPoster = "video-poster"
    /// `<meta property="og:image">`, `<meta name="twitter:image">`
    case metaImage = "meta-image"
    /// `<link rel="preload" as="image" href>`
    case preload = "preload"
    /// `url(…)` in `<style>` or in a `style` attribute; ``Reference/field`` holds the property.
    case css = "css-url"
    /// A front-matter field such as `image:`.
    case frontMatter = "front-matter"
    /// An argument of a template tag or shortcode: `{% include figure.html path="…" %}`, `{{< figure src="…" >}}`;
    /// the path of a JavaScript `import`; the `src` of a component; what a note embeds by name. ``Reference/field`` holds
    /// the tag's name.
    case templateTag = "template-tag"
    /// An image in the markup of another format than Markdown and HTML: a directive of reStructuredText, a macro of
    /// AsciiDoc, a link of Org mode.
    case markup
  }

  /// What the URL leads to.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// An image file inside the site.
    case local
    /// A path inside the site where there is no file.
    case missing
    /// Another host.
    case remote
    /// A `data:` URL.
    case data
    /// Template code whose value only the generator knows.
    case templated
    /// A path that leaves the site's root, also through a symbolic link. It is never read.
    case outsideSite = "outside-site"
    /// A local file that is not an image the pipeline reads.
    case unsupported
  }

  /// What surrounds the reference, if that limits how it may be rewritten.
  public enum Context: String, Codable, Sendable, CaseIterable, Comparable {
    /// Inside a heading.
    case heading
    /// Inside a link.
    case link
    /// Inside a `<picture>` that the author wrote.
    case picture
    /// Inside a part that is copied to the page as raw HTML.
    case rawHTML = "raw-html"
    /// A row of a Markdown table, where `|` separates cells.
    case table

    /// Contexts are written in alphabetical order.
    public static func < (a: Context, b: Context) -> Bool { a.rawValue < b.rawValue }
  }

  /// The post that contains the reference.
  public var post: String
  /// The syntax of the reference.
  public var kind: Kind
  /// The bytes of the whole construct: `![`…`)` or `]`, `<img`…`>`, or the front-matter value without its
  /// quotes.
  public var range: ByteRange
  /// The bytes of the URL as written. For ``Kind/markdownReference``: those of the definition's URL.
  public var urlRange: ByteRange
  /// The bytes of the span IALs that follow a Markdown image directly (`{:.right}`), where there are any.
  public var attributeListRange: ByteRange?
  /// The line of the first byte of ``range``, from 1.
  public var line: Int
  /// The column of the first byte of ``range`` in Unicode scalars, from 1.
  public var column: Int
  /// The URL as written, template code included.
  public var url: String
  /// The alternative text as rendered; nil where the author gave none.
  public var alt: String?
  /// The title as rendered.
  public var title: String?
  /// What the URL leads to.
  public var status: Status
  /// For a status other than ``Status/local``: why, and what to do about it.
  public var reason: String?
  /// The image file, where ``status`` is ``Status/local``.
  public var source: String?
  /// How another file's URL is written here so that it reads like the author's.
  public var link: LinkForm?
  /// How it is written in raw HTML here, if the generator reads the two differently; nil if ``link`` serves both.
  public var htmlLink: LinkForm?
  /// Why the reference stays unchanged although its file was resolved; nil if it may be edited.
  public var keptBecause: String?
  /// Of a ``Kind/templateTag``: whether the tag prints its path as the `src` of an `<img>` and does nothing else with
  /// it, so that the path may be another file's.
  public var printsPath: Bool?
  /// Whether the renderer changes signs of the alternative text (quotes, dashes), so that only it can write it.
  public var changesText: Bool?
  /// Whether a feed may print it where the generator gives a `srcset` without spaces the host once, so that it may have one
  /// candidate.
  public var isInSummary: Bool?
  /// The attributes that the author gave this image: those of the HTML tag, or of the image's span IALs (an ALD
  /// named there included). Values as rendered, names in lower case.
  public var attributes: [String: String]
  /// The front-matter key path, such as `header.image` or `gallery.0.path`; of ``Kind/css``: the property.
  public var field: String?
  /// Of a picture that is inside the post itself, as in a notebook: how many bytes it has; nil for any other.
  public var embeddedBytes: Int?
  /// The file that ``line`` and ``column`` are in, where the post takes that in; nil for the post itself.
  public var file: String?
  /// What surrounds the reference, in alphabetical order.
  public var context: [Context]
  /// Of an image of a built page: how the page shows it.
  public var display: ImageDisplay?
  /// What the user requests for this reference alone; nil if the settings apply unchanged.
  public var imageOverride: ImageOverride?
  /// What is known of a place in a built page; nil in a source.
  public var page: PageUse?

  /// Makes a reference.
  public init(
    post: String, kind: Kind, range: ByteRange, urlRange: ByteRange,
    attributeListRange: ByteRange? = nil, line: Int, column: Int, url: String, alt: String? = nil,
    title: String? = nil, status: Status, reason: String? = nil, source: String? = nil,
    link: LinkForm? = nil, htmlLink: LinkForm? = nil, keptBecause: String? = nil, printsPath: Bool? = nil,
    changesText: Bool? = nil, attributes: [String: String] = [:], field: String? = nil,
    context: [Context] = [],
    imageOverride: ImageOverride? = nil
  ) {
    self.post = post
    self.kind = kind
    self.range = range
    self.urlRange = urlRange
    self.attributeListRange = attributeListRange
    self.line = line
    self.column = column
    self.url = url
    self.alt = alt
    self.title = title
    self.status = status
    self.reason = reason
    self.source = source
    self.link = link
    self.htmlLink = htmlLink
    self.keptBecause = keptBecause
    self.printsPath = printsPath
    self.changesText = changesText
    self.attributes = attributes
    self.field = field
    self.context = context
    self.imageOverride = imageOverride
  }
}

extension Reference {
  /// The file that ``line`` and ``column`` are in.
  package var writtenIn: String { file ?? post }
}
