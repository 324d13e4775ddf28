import AssetModel

extension CheckResult {
  /// What makes the check fail and what else there is to say: first what could not be looked at, then the findings.
  var entries: [Finding] { unchecked + findings }

  /// What could not be looked at, as findings that are errors.
  var unchecked: [Finding] {
    weight.problems.filter { $0.severity == .error }.map { problem in
      Finding(
        problem.code.rawValue, .error, file: problem.file.isEmpty ? "." : problem.file, line: problem.line,
        column: problem.column, message: problem.message, advice: problem.advice ?? "")
    }
  }
}

extension Finding {
  /// What is wrong, and what to do about it.
  var text: String { advice.isEmpty ? message : "\(message) (\(advice))" }

  /// The file below the repository's root.
  ///
  /// - Parameter prefix: what comes in front of a path below the site's root; empty, or with a slash at its end.
  func path(prefix: String) -> String {
    guard file == "." else { return prefix + file }
    return prefix.isEmpty ? file : String(prefix.dropLast())
  }
}
