import AssetModel

/// Workflow commands that become annotations of a pull request's files.
///
/// Source of the syntax and the escapes: `@actions/core`, `command.ts` (`escapeData`, `escapeProperty`).
enum GitHubReport {
  static func text(_ result: CheckResult, prefix: String) -> String {
    result.entries.map { finding in
      let command = finding.severity == .note ? "notice" : finding.severity.rawValue
      var properties: [String] = []
      if finding.file != "." { properties.append("file=\(property(finding.path(prefix: prefix)))") }
      if let line = finding.line { properties.append("line=\(line)") }
      if let column = finding.column { properties.append("col=\(column)") }
      properties.append("title=\(property(finding.rule.rawValue))")
      return "::\(command) \(properties.joined(separator: ","))::\(data(finding.text))\n"
    }.joined()
  }

  private static func data(_ text: String) -> String {
    escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escape(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(\.printable)
    return lines.joined(separator: "\n").unicodeScalars.reduce(into: "") { result, scalar in
      if let escaped = table[scalar] { result += escaped } else { result.unicodeScalars.append(scalar) }
    }
  }
}
