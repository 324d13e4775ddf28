extension Int {
  /// The number with what it counts: `1 file`, `2 files`.
  ///
  /// - Parameter many: the word for other numbers than 1, where an `s` does not make it.
  package func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}
