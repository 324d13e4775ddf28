import AssetModel

extension CheckResult {
  /// What makes the check fail and what else there is to say: first what could not be looked at, then the findings.
  var entries: [Diagnostic] { unchecked + findings }

  /// What could not be looked at.
  var unchecked: [Diagnostic] {
    weight.problems.filter { $0.severity == .error }.map { problem in
      var problem = problem
      if problem.file.isEmpty { problem.file = "." }
      return problem
    }
  }
}

extension Diagnostic {
  /// The file below the repository's root.
  ///
  /// - Parameter prefix: what comes in front of a path below the site's root; empty, or with a slash at its end.
  func path(prefix: String) -> String {
    guard file == "." else { return prefix + file }
    return prefix.isEmpty ? file : String(prefix.dropLast())
  }
}
