/// A rule of a stylesheet that decides something, for a person to read.
package struct ThemeFinding: Hashable, Sendable {
  /// The stylesheet, relative to the site's root.
  package var file: String
  /// The line of the rule, from 1.
  package var line: Int
  /// What it does, such as "`img + em` styles what follows an image".
  package var message: String
}
