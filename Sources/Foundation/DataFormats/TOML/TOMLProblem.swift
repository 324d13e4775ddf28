/// Why a text is no TOML.
package struct TOMLProblem: Error, Equatable, CustomStringConvertible {
  /// The line of the mistake, from 1.
  package var line: Int
  /// Its column, from 1, counted in Unicode scalars.
  package var column: Int
  /// What is wrong, such as "expected '=', saw ':'".
  package var message: String

  package var description: String { "line \(line): \(message)" }
}
