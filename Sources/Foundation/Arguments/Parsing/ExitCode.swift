/// Ends the program with a code, after everything was said.
package struct ExitCode: Error, Hashable {
  /// The code that the shell sees.
  package var rawValue: Int32

  /// Makes an end with a code.
  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// All went well.
  package static let success = ExitCode(0)
  /// Something went wrong that has no code of its own.
  package static let failure = ExitCode(1)
  /// The command line is wrong: `EX_USAGE` of sysexits.h.
  package static let usage = ExitCode(64)
}
