/// Why a text is no YAML document.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in libyaml's words where it was libyaml that found it.
  package var problem: String
  /// The line, from 1.
  package var line: Int
  /// The column in Unicode scalars, from 1.
  package var column: Int

  /// `3:5: did not find expected key`
  package var description: String { "\(line):\(column): \(problem)" }
}
