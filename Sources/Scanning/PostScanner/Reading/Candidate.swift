import AssetModel

/// A possible image, as a lexer reads it, with everything that the post itself says about it.
struct Candidate: Codable, Sendable {
  /// What stands in the way of reading the URL as written.
  enum Syntax: String, Codable, Sendable {
    /// The URL is a value of its own, as in front matter.
    case plain
    /// Entities such as `&amp;` mean characters.
    case html
    /// Entities and backslashes.
    case commonMark
  }

  /// A place in a file that a post takes in.
  struct Included: Codable, Sendable {
    var file: String
    var line: Int
    var column: Int
  }

  var kind: Reference.Kind
  var range: ByteRange
  var urlRange: ByteRange
  var attributeListRange: ByteRange?
  var url: String
  /// The URL that the page gets, where the author's words are only a part of it.
  var target: String?
  /// Of a picture that is inside the post itself: how many bytes it has.
  var embeddedBytes: Int?
  /// Where it stands, if that is not the post itself.
  var included: Included?
  var syntax = Syntax.html
  var alt: String?
  var title: String?
  var attributes: [String: String] = [:]
  var contexts: Set<Reference.Context> = []
  var field: String?
  /// Whether the URL is a variable of the template language.
  var isVariable = false
  /// Whether it is a tag that prints its path as it is.
  var printsPath = false
  /// Whether it is an argument that looks like an image's path, and may be a part of one.
  var isGuess = false
  /// Whether a summary that feeds print may hold it.
  var isInSummary = false
  /// Whether the author's divider ends that summary.
  var isAboveDivider = false
  /// Why the reference stays unchanged.
  var keptBecause: String?

  /// Whether its text holds signs that smart punctuation replaces (goldmark's `typographer`).
  var hasChangingSigns: Bool {
    guard let alt else { return false }
    return ["'", "\"", "--", "...", "<<", ">>"].contains { alt.contains($0) }
  }

  /// The reason of an image that may or may not have the attributes behind it.
  static let hasUnsureAttributes = "followed by an attribute list, which only some sites' Markdown reads"

  /// Keeps a Markdown image whose signs are not all its own: a template tag that prints nothing can stand between
  /// `!` and `[`.
  mutating func keepIfDivided(in file: [UInt8]) {
    let written = file[range.range]
    let close = kind == .markdownInline ? UInt8.closeParen : .closeBracket
    if !written.starts(with: [.bang, .openBracket]) || written.last != close {
      keptBecause = "template code stands between its signs"
    }
  }
}
