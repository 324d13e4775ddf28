import AssetModel

/// Why the site's generator could not be used.
package enum GeneratorOracleError: DiagnosticError, Hashable, Sendable {
  /// The site's generator is unknown, and the configuration names no command.
  case unknownGenerator
  /// The program is not installed.
  case notInstalled(program: String)
  /// The build ended with an error.
  case failed(command: String, status: Int32, output: [String])
  /// The build took longer than it may.
  case timedOut(command: String, seconds: Int, output: [String])
  /// The build produced no page.
  case noPages(command: String)
  /// The program could not be started.
  case cannotStart(program: String, reason: String)

  package var diagnostic: Diagnostic {
    diagnostic(need: "--oracle generator", alternative: ", or use --oracle built-in")
  }

  /// The same for a command that cannot do without a build.
  package var withoutAlternative: Diagnostic { diagnostic(need: "this command", alternative: "") }

  private func diagnostic(need: String, alternative: String) -> Diagnostic {
    var (message, advice) = words(need)
    if alternative.isEmpty { advice = advice.replacing(", name ", with: " or name ") }
    return Diagnostic(.error, .generator, message: message, advice: advice + alternative)
  }

  private func words(_ need: String) -> (message: String, advice: String) {
    switch self {
    case .unknownGenerator:
      (
        "no build command is known for this site",
        "name one with build: in optimize-assets.yml, such as"
          + " [npx, eleventy, \"--input={source}\", \"--output={destination}\"]"
      )
    case .notInstalled(let program):
      (
        "\(program) is not installed, and \(need) needs it",
        "install it, name another command with build: in optimize-assets.yml"
      )
    case .failed(let command, let status, let output):
      (
        "the site's generator failed with status \(status): \(command)" + Self.quoted(output),
        "make the site build, name the right command with build: in optimize-assets.yml"
      )
    case .timedOut(let command, let seconds, let output):
      (
        "the site's generator was stopped after \(seconds) s: \(command)" + Self.quoted(output),
        "give it longer with buildSeconds: in optimize-assets.yml"
      )
    case .noPages(let command):
      (
        "the site's generator made no HTML page: \(command)",
        "check that build: in optimize-assets.yml writes to {destination}"
      )
    case .cannotStart(let program, let reason):
      ("\(program) cannot be started: \(reason)", "check build: in optimize-assets.yml")
    }
  }

  private static func quoted(_ output: [String]) -> String { output.map { "\n  | \($0)" }.joined() }
}
