import Manifest

/// What a person should know about references that lead nowhere.
enum ReferenceProblems {
  static func problems(of references: [Reference]) -> [Problem] {
    references.compactMap { reference in
      switch reference.status {
      case .local, .remote, .data, .unsupported: return nil
      case .missing: return problem(.warning, .missingFile, reference, "no such file: \(reference.url)")
      case .outsideSite:
        return problem(.warning, .outsideSite, reference, "leaves the site: \(reference.url)")
      case .templated: return problem(.note, .templated, reference, "template code: \(reference.url)")
      }
    }
  }

  private static func problem(
    _ severity: Problem.Severity, _ code: Problem.Code, _ reference: Reference, _ message: String
  ) -> Problem {
    Problem(
      severity, code, file: reference.post, line: reference.line, column: reference.column,
      message: message, advice: reference.reason)
  }
}
