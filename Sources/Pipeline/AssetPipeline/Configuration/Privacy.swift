/// What becomes of the position in an original that is published.
public enum Privacy: String, Hashable, Sendable, CaseIterable {
  /// The copy of an original has none; in place, where originals are not touched, each that has one is told.
  case remove
  /// Originals are published as they are.
  case keep
}
