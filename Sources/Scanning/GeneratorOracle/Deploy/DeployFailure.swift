import AssetModel

/// Why a site could not be built for a deploy, with what helps there.
package struct DeployFailure: Error, Hashable, Sendable {
  /// What is wrong.
  package var error: GeneratorOracleError
  /// What to do; nil for what helps everywhere.
  package var advice: String?

  /// Makes a failure.
  package init(error: GeneratorOracleError, advice: String? = nil) {
    (self.error, self.advice) = (error, advice)
  }

  /// The failure of a run that printed some lines, which were shown when they came.
  static func of(_ error: GeneratorOracleError) -> DeployFailure {
    switch error {
    case .failed(let command, let status, let output):
      let advice =
        isQuestion(output.last)
        ? "it asks, and nobody answers in a build: give the answer on its command line with build: in"
          + " optimize-assets.yml"
        : status == 127
          ? "a program that it starts is not installed (see the lines above): install it" : nil
      return DeployFailure(
        error: .failed(command: command, status: status, output: []), advice: advice)
    case .timedOut(let command, let seconds, let output):
      let advice =
        isQuestion(output.last)
        ? "it asks, and nobody answers in a build: give the answer on its command line with build: in"
          + " optimize-assets.yml"
        : "give it longer with buildSeconds: in optimize-assets.yml, or see what it waits for: run the command by"
          + " itself"
      return DeployFailure(
        error: .timedOut(command: command, seconds: seconds, output: []), advice: advice)
    default: return DeployFailure(error: error)
    }
  }

  /// What is wrong and what to do, for a command that cannot do without a build.
  package var diagnostic: Diagnostic {
    var diagnostic = error.withoutAlternative
    if let advice { diagnostic.advice = advice }
    return diagnostic
  }

  /// Whether the last line that a program printed waits for an answer.
  static func isQuestion(_ line: String?) -> Bool {
    guard let line = line?.lowercased() else { return false }
    let end = line.reversed().drop { " :>›…_\u{1B}".contains($0) }.first
    return end == "?" || ["(y/n", "[y/n", "y/n)", "(yes/no", "password:"].contains { line.contains($0) }
  }
}
