/// A stylesheet as rules in their order, nested ones written out.
struct StyleSheet: Hashable {
  /// What is set for the elements that a list of selectors matches.
  struct Rule: Hashable {
    var selectors: [Selector]
    var declarations: [Declaration] = []
    /// The media conditions around it; all of them have to hold.
    var media: [MediaCondition] = []
    /// Whether it stands where only a compiler or a browser knows if it counts: in a mixin, an `@if`, `@supports`.
    var isUncertain = false
    /// Whether a mixin or another rule (`@include`, `@extend`) puts further declarations into it.
    var hasUnknown = false
    /// The text of the selectors.
    var text: String
    var file: String
    /// The line of the first selector, from 1.
    var line: Int
  }

  struct Declaration: Hashable {
    /// The property in small letters; a custom property as it is written.
    var name: String
    var value: [StyleToken]
    var isImportant = false

    /// The value as one text, with single spaces.
    var text: String { StyleSheet.text(value) }
  }

  /// A stylesheet that another one takes in.
  struct Import: Hashable {
    var target: String
    var line: Int
  }

  var rules: [Rule] = []
  var imports: [Import] = []
  /// The variables of SCSS at the top of the file.
  var variables: [String: [StyleToken]] = [:]

  /// Tokens as they would be written.
  static func text(_ tokens: [StyleToken]) -> String {
    var out = ""
    for token in tokens {
      switch token.kind {
      case .whitespace: out += " "
      case .atKeyword: out += "@" + token.text
      case .hash: out += "#" + token.text
      case .function: out += token.text + "("
      case .string: out += "\"\(token.text)\""
      case .url: out += "url(\(token.text))"
      case .variable: out += "$" + token.text
      case .unknown: out += token.text + "#{}"
      case .delim, .ident, .number: out += token.text
      }
    }
    return out
  }
}
