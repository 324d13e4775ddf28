/// What a shell offers for a value. Values with few words, such as enumerations, are offered without asking.
package enum Completion: Hashable, Sendable {
  /// Nothing: a number, or a name that the shell cannot know.
  case none
  /// Files, and the folders that lead to them. With extensions (`["yml", "yaml"]`) only files that have one.
  case file([String] = [])
  /// Folders.
  case folder
}
