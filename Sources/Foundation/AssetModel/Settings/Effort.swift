/// How much time encoders take for fewer bytes, in one word.
public enum Effort: String, CaseIterable, Hashable, Sendable {
  /// For previews and large archives.
  case fast
  /// The knee of the curve: more time buys little.
  case balanced
  /// The fewest bytes that are worth their time.
  case small
}
