import AssetModel
import Foundation

/// What the two output streams can show.
enum Terminal {
  /// Whether standard error is a terminal that may be drawn on: progress is a bar there and plain lines elsewhere.
  static var drawsProgress: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDERR_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
  }

  /// Writes a message to standard error, whatever the names in it hold.
  static func printError(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    write(lines.map(\.printable).joined(separator: "\n") + "\n")
  }

  /// Writes a diagnostic to standard error.
  static func print(_ diagnostic: Diagnostic) { printError(diagnostic.description) }

  /// Writes to standard error what stopped a command.
  static func print(_ error: any Error) { print(Diagnostic(.fileSystem, of: error)) }

  /// Writes what a program of the site prints to standard error, as it is.
  static func write(_ output: Data) { FileHandle.standardError.write(output) }

  /// Writes text to standard error.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
