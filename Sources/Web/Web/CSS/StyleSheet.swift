/// A stylesheet as rules in their order, nested ones written out.
package struct StyleSheet: Hashable, Sendable {
  /// No stylesheet that a person wrote is longer, in bytes; the longest frameworks have half of it. What is longer is not parsed,
  /// which takes many times its memory.
  package static let mostBytes = 4_000_000
  /// The same of a `style` attribute.
  static let mostInline = 100_000

  /// What is set for the elements that a list of selectors matches.
  package struct Rule: Hashable, Sendable {
    package var selectors: [Selector]
    package var declarations: [Declaration] = []
    /// The media conditions around it; all of them have to hold.
    package var media: [MediaQueryList] = []
    /// Whether it stands where only a compiler or a browser knows if it counts: in a mixin, an `@if`, `@supports`.
    package var isUncertain = false
    /// The cascade layer that it stands in, `base.forms`; nil for none.
    package var layer: String?
    /// Whether a mixin or another rule (`@include`, `@extend`) puts further declarations into it.
    package var hasUnknown = false
    /// The text of the selectors.
    package var text: String
    package var file: String
    /// The line of the first selector, from 1.
    package var line: Int
  }

  package struct Declaration: Hashable, Sendable {
    /// The property in small letters; a custom property as it is written.
    package var name: String
    package var value: [ComponentValue]
    package var isImportant = false

    /// The value as one text, with single spaces.
    package var text: String { ComponentValue.text(value) }
  }

  /// A stylesheet that another one takes in.
  package struct Import: Hashable, Sendable {
    package var target: String
    package var line: Int
    /// What stands behind the target: media queries, `layer(…)`; empty for nothing.
    package var condition = ""
  }

  package var rules: [Rule] = []
  package var imports: [Import] = []
  /// The cascade layers in the order in which they are first named; of layers in layers the outer ones as well.
  package var layers: [String] = []
  /// The variables of SCSS at the top of the file.
  package var variables: [String: [ComponentValue]] = [:]
}
