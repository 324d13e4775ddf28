/// The markup that carries an image's candidates into a post.
public enum MarkupForm: String, Codable, Sendable, CaseIterable {
  /// The author's image stays and gains attributes: `![](…){: srcset="…"}` in kramdown, `srcset` on `<img>`.
  /// It keeps every CSS selector working, and can offer one format only.
  case srcset
  /// A `<picture>` with a `<source>` for each format replaces a Markdown image. HTML images gain attributes.
  case picture
}
