/// A reference in a post to an image.
///
/// It is passed around a lot, so that it is one word in memory: copies share what they say until one of them says another thing.
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

  /// What references that are copies of each other say.
  private final class Shared: Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
  }

  private var shared: Shared

  /// What it says: its properties.
  private var content: Content {
    get { shared.content }
    set { shared = Shared(newValue) }
  }

  /// The post that contains the reference.
  public var post: String {
    get { shared.content.post }
    set { content.post = newValue }
  }
  /// The syntax of the reference.
  public var kind: Kind {
    get { shared.content.kind }
    set { content.kind = newValue }
  }
  /// The bytes of the whole construct: `![`…`)` or `]`, `<img`…`>`, or the front-matter value without its
  /// quotes.
  public var range: ByteRange {
    get { shared.content.range }
    set { content.range = newValue }
  }
  /// The bytes of the URL as written. For ``Kind/markdownReference``: those of the definition's URL.
  public var urlRange: ByteRange {
    get { shared.content.urlRange }
    set { content.urlRange = newValue }
  }
  /// The bytes of the span IALs that follow a Markdown image directly (`{:.right}`), where there are any.
  public var attributeListRange: ByteRange? {
    get { shared.content.attributeListRange }
    set { content.attributeListRange = newValue }
  }
  /// The line of the first byte of ``range``, from 1.
  public var line: Int {
    get { shared.content.line }
    set { content.line = newValue }
  }
  /// The column of the first byte of ``range`` in Unicode scalars, from 1.
  public var column: Int {
    get { shared.content.column }
    set { content.column = newValue }
  }
  /// The URL as written, template code included.
  public var url: String {
    get { shared.content.url }
    set { content.url = newValue }
  }
  /// The alternative text as rendered; nil where the author gave none.
  public var alt: String? {
    get { shared.content.alt }
    set { content.alt = newValue }
  }
  /// The title as rendered.
  public var title: String? {
    get { shared.content.title }
    set { content.title = newValue }
  }
  /// What the URL leads to.
  public var status: Status {
    get { shared.content.status }
    set { content.status = newValue }
  }
  /// For a status other than ``Status/local``: why, and what to do about it.
  public var reason: String? {
    get { shared.content.reason }
    set { content.reason = newValue }
  }
  /// The image file, where ``status`` is ``Status/local``.
  public var source: String? {
    get { shared.content.source }
    set { content.source = newValue }
  }
  /// How another file's URL is written here so that it reads like the author's.
  public var link: LinkForm? {
    get { shared.content.link }
    set { content.link = newValue }
  }
  /// How it is written in raw HTML here, if the generator reads the two differently; nil if ``link`` serves both.
  public var htmlLink: LinkForm? {
    get { shared.content.htmlLink }
    set { content.htmlLink = newValue }
  }
  /// Why the reference stays unchanged although its file was resolved; nil if it may be edited.
  public var keptBecause: String? {
    get { shared.content.keptBecause }
    set { content.keptBecause = newValue }
  }
  /// Of a ``Kind/templateTag``: whether the tag prints its path as the `src` of an `<img>` and does nothing else with
  /// it, so that the path may be another file's.
  public var printsPath: Bool? {
    get { shared.content.printsPath }
    set { content.printsPath = newValue }
  }
  /// Whether the renderer changes signs of the alternative text (quotes, dashes), so that only it can write it.
  public var changesText: Bool? {
    get { shared.content.changesText }
    set { content.changesText = newValue }
  }
  /// Whether a feed may print it where the generator gives a `srcset` without spaces the host once, so that it may have one
  /// candidate.
  public var isInSummary: Bool? {
    get { shared.content.isInSummary }
    set { content.isInSummary = newValue }
  }
  /// The attributes that the author gave this image: those of the HTML tag, or of the image's span IALs (an ALD
  /// named there included). Values as rendered, names in lower case.
  public var attributes: [String: String] {
    get { shared.content.attributes }
    set { content.attributes = newValue }
  }
  /// The front-matter key path, such as `header.image` or `gallery.0.path`; of ``Kind/css``: the property.
  public var field: String? {
    get { shared.content.field }
    set { content.field = newValue }
  }
  /// Of a picture that is inside the post itself, as in a notebook: how many bytes it has; nil for any other.
  public var embeddedBytes: Int? {
    get { shared.content.embeddedBytes }
    set { content.embeddedBytes = newValue }
  }
  /// The file that ``line`` and ``column`` are in, where the post takes that in; nil for the post itself.
  public var file: String? {
    get { shared.content.file }
    set { content.file = newValue }
  }
  /// What surrounds the reference, in alphabetical order.
  public var context: [Context] {
    get { shared.content.context }
    set { content.context = newValue }
  }
  /// Of an image of a built page: how the page shows it.
  public var display: ImageDisplay? {
    get { shared.content.display }
    set { content.display = newValue }
  }
  /// What the user requests for this reference alone; nil if the settings apply unchanged.
  public var imageOverride: ImageOverride? {
    get { shared.content.imageOverride }
    set { content.imageOverride = newValue }
  }
  /// What is known of a place in a built page; nil in a source.
  public var page: PageUse? {
    get { shared.content.page }
    set { content.page = newValue }
  }

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
    shared = Shared(
      Content(
        post: post, kind: kind, range: range, urlRange: urlRange, attributeListRange: attributeListRange,
        line: line, column: column, url: url, alt: alt, title: title, status: status, reason: reason,
        source: source, link: link, htmlLink: htmlLink, keptBecause: keptBecause, printsPath: printsPath,
        changesText: changesText, attributes: attributes, field: field, context: context,
        imageOverride: imageOverride))
  }

  // In JSON and for equality it is what it says.

  /// Reads a reference.
  public init(from decoder: any Decoder) throws { shared = Shared(try Content(from: decoder)) }

  /// Writes the reference.
  public func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }

  /// Whether two references say the same.
  public static func == (a: Reference, b: Reference) -> Bool {
    a.shared === b.shared || a.content == b.content
  }

  /// Hashes what it says.
  public func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }
}

extension Reference {
  /// The properties of a reference, as ``Reference`` documents them.
  fileprivate struct Content: Codable, Hashable, Sendable {
    var post: String
    var kind: Kind
    var range: ByteRange
    var urlRange: ByteRange
    var attributeListRange: ByteRange?
    var line: Int
    var column: Int
    var url: String
    var alt: String?
    var title: String?
    var status: Status
    var reason: String?
    var source: String?
    var link: LinkForm?
    var htmlLink: LinkForm?
    var keptBecause: String?
    var printsPath: Bool?
    var changesText: Bool?
    var isInSummary: Bool?
    var attributes: [String: String]
    var field: String?
    var embeddedBytes: Int?
    var file: String?
    var context: [Context]
    var display: ImageDisplay?
    var imageOverride: ImageOverride?
    var page: PageUse?
  }
}

extension Reference {
  /// The file that ``line`` and ``column`` are in.
  package var writtenIn: String { file ?? post }
}

extension Reference: CompactRecord {
  package static let blank = Reference(
    post: "", kind: .htmlImage, range: .blank, urlRange: .blank, line: 0, column: 0, url: "", status: .local)

  package mutating func exchange(with fields: CompactFields) throws {
    var content = content
    try content.exchange(with: fields)
    if fields.areRead { self.content = content }
  }
}

extension Reference.Content {
  fileprivate mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&post)
    try fields.exchange(&kind)
    try fields.exchange(&range)
    try fields.exchange(&urlRange)
    try fields.exchange(&attributeListRange)
    try fields.exchange(&line)
    try fields.exchange(&column)
    try fields.exchange(&url)
    try fields.exchange(&alt)
    try fields.exchange(&title)
    try fields.exchange(&status)
    try fields.exchange(&reason)
    try fields.exchange(&source)
    try fields.exchange(&link)
    try fields.exchange(&htmlLink)
    try fields.exchange(&keptBecause)
    try fields.exchange(&printsPath)
    try fields.exchange(&changesText)
    try fields.exchange(&isInSummary)
    try fields.exchange(&attributes)
    try fields.exchange(&field)
    try fields.exchange(&embeddedBytes)
    try fields.exchange(&file)
    try fields.exchange(&context, blank: .heading) { try fields.exchange(&$0) }
    try fields.exchange(&display)
    try fields.exchange(derived: &imageOverride)
    try fields.exchange(&page)
  }
}
