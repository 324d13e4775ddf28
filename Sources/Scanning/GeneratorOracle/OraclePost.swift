import AssetModel

/// A post as the oracle needs it: where it is, which syntax its images have, and where its page should be.
///
/// The oracle knows no generator's front matter or folders, so any scanner can hand it posts.
package struct OraclePost: Hashable, Sendable {
  /// How images are written in a post.
  package enum Syntax: Hashable, Sendable {
    /// Markdown as kramdown reads it.
    case kramdown
    /// Markdown as goldmark, markdown-it and other readers of CommonMark read it.
    case commonMark
    /// Markdown as Python-Markdown reads it.
    case pythonMarkdown
    /// HTML only.
    case html

    var hasMarkdown: Bool { self != .html }
    /// Whether `![a] [r]` is a reference.
    var allowsSpaceBeforeID: Bool { self == .kramdown || self == .pythonMarkdown }
  }

  /// A front-matter value that names an image.
  package struct Value: Hashable, Sendable {
    /// The bytes of the URL in the file.
    package var range: ByteRange
    /// The URL.
    package var url: String

    package init(range: ByteRange, url: String) {
      self.range = range
      self.url = url
    }
  }

  /// The file, relative to the site's root.
  package var path: String
  /// How images are written in its body.
  package var syntax: Syntax
  /// Where the body begins and ends; nil to have front matter recognized by its marks.
  package var body: ByteRange?
  /// The page's URL path below baseurl; nil if unknown.
  package var url: String?
  /// The front-matter values to follow.
  package var values: [Value]

  package init(
    path: String, syntax: Syntax, body: ByteRange? = nil, url: String? = nil, values: [Value] = []
  ) {
    self.path = path
    self.syntax = syntax
    self.body = body
    self.url = url
    self.values = values
  }
}
