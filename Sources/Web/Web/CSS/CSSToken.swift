/// A token of a stylesheet.
package struct CSSToken: Hashable, Sendable {
  /// What a token is (CSS Syntax 3, section 4), with what SCSS adds.
  package enum Kind: Hashable, Sendable {
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

  package var kind: Kind
  package var text: String
  /// What a number comes to without its unit; 0 of all else.
  package var value = 0.0
  /// The unit of a number in small letters, `%` among them; empty for a plain one, and for all else.
  package var unit = ""
  /// The line of the first character, from 1.
  package var line: Int
  /// The bytes of the token; of a string those between its quotes, of a URL those between its brackets.
  package var range: Range<Int>
  /// Whether the text of a string or URL ends before the quote or bracket that closes it.
  package var isOpen = false

  package func isDelim(_ text: String) -> Bool { kind == .delim && self.text == text }

  /// The token as it would be written.
  var written: String {
    switch kind {
    case .whitespace: " "
    case .atKeyword: "@" + text
    case .hash: "#" + text
    case .function: text + "("
    case .string: "\"\(text)\""
    case .url: "url(\(text))"
    case .variable: "$" + text
    case .unknown: text + "#{}"
    case .delim, .ident, .number: text
    }
  }

  /// A resolution in device pixels for one CSS pixel (CSS Values 4, section 7.4); nil for what is none.
  var resolution: Double? {
    guard kind == .number else { return nil }
    switch unit {
    case "dppx", "x": return value
    case "dpi": return value / 96
    case "dpcm": return value * 2.54 / 96
    default: return nil
    }
  }
}
