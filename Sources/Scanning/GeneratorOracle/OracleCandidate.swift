import AssetModel

/// A position in a post that may be an image: the generator decides whether it is.
struct OracleCandidate: Hashable, Sendable {
  /// The syntax of a candidate.
  enum Kind: Hashable, Sendable {
    /// `![…](…)` or `![…][…]`
    case markdown
    /// `![…][]` or `![…]`: the token changes the label, so the id is written out.
    case markdownByLabel
    /// `<img …>` or `<image …>`
    case tag
    /// A front-matter value.
    case value
  }

  var kind: Kind
  /// The offset of `!`, of `<`, or of the value's first byte.
  var offset: Int
  /// The line, from 1.
  var line: Int
  /// The column in Unicode scalars, from 1.
  var column: Int
  /// Where the token goes.
  var insertion: Int
  /// How the token is written there.
  var form: TokenForm
  /// An id to write out: where, and its bytes in the post.
  var label: (offset: Int, range: Range<Int>)? {
    get { labelRange.map { (labelOffset, $0) } }
    set {
      labelOffset = newValue?.offset ?? 0
      labelRange = newValue?.range
    }
  }
  /// Whether the id needs brackets of its own.
  var labelNeedsBrackets = false
  private var labelOffset = 0
  private var labelRange: Range<Int>?

  init(
    _ kind: Kind, offset: Int, at position: (line: Int, column: Int), insertion: Int, form: TokenForm
  ) {
    self.kind = kind
    self.offset = offset
    line = position.line
    column = position.column
    self.insertion = insertion
    self.form = form
  }
}

/// How a token is written, so that it can be taken out of the built page again.
enum TokenForm: UInt8, Hashable, Sendable, CaseIterable {
  /// In front of an image's alternative text.
  case glued = 101  // e
  /// The same with a space behind it, where the text begins with a character that a letter in front would change
  /// the meaning of.
  case spaced = 115  // s
  /// As an attribute without a value: no quotes that template code or a script around it could trip over.
  case attribute = 104  // h
  /// At the end of a URL, behind `?`.
  case query = 102  // f
  /// The same behind `&`.
  case parameter = 103  // g
}
