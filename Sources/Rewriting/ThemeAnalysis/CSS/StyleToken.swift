/// A token of a stylesheet.
struct StyleToken: Hashable {
  /// What a token is (CSS Syntax 3, section 4), with what SCSS adds.
  enum Kind: Hashable {
    case whitespace
    /// A name, escapes resolved. In SCSS a name may hold interpolations and then is ``unknown``.
    case ident
    /// A name and the `(` behind it; the text is the name.
    case function
    /// `@name`; the text is the name.
    case atKeyword
    /// `#name`; the text is the name.
    case hash
    /// A text in quotes, without them.
    case string
    /// `url(…)` without quotes; the text is the URL.
    case url
    /// A number, and its unit or `%` where it has one: the text is all of it.
    case number
    /// `$name` of SCSS; the text is the name.
    case variable
    /// `#{…}` of SCSS, or a name that holds one: a value that only a compiler knows.
    case unknown
    /// Any other single character, brackets, `:`, `;` and `,` among them.
    case delim
  }

  var kind: Kind
  var text: String
  /// The line of the first character, from 1.
  var line: Int

  func isDelim(_ text: String) -> Bool { kind == .delim && self.text == text }
}
