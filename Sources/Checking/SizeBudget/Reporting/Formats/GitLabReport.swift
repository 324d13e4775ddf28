import AssetModel

/// GitLab's code quality report.
///
/// Source of the fields: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
enum GitLabReport {
  private struct Issue: Encodable {
    struct Location: Encodable {
      struct Lines: Encodable { var begin: Int }
      var path: String
      var lines: Lines
    }
    var description: String
    var checkName: String
    var fingerprint: String
    var severity: String
    var location: Location

    enum CodingKeys: String, CodingKey {
      case checkName = "check_name"
      case description, fingerprint, severity, location
    }
  }

  static func text(_ result: CheckResult, prefix: String) throws -> String {
    var counts: [String: Int] = [:]
    let issues = result.entries.map { finding in
      let severity =
        switch finding.severity {
        case .error: "major"
        case .warning: "minor"
        case .note: "info"
        }
      return Issue(
        description: finding.text, checkName: finding.rule.rawValue,
        fingerprint: Fingerprint.of(finding, counts: &counts), severity: severity,
        location: .init(path: finding.path(prefix: prefix), lines: .init(begin: finding.line ?? 1)))
    }
    return try ReportJSON.text(issues)
  }
}

/// What makes a finding the same one in the next report.
enum Fingerprint {
  /// A digest of the rule, the file and how many such findings came before it in the file: a line or a figure that changes
  /// makes no new finding of an old one.
  static func of(_ finding: Diagnostic, counts: inout [String: Int]) -> String {
    let key = "\(finding.rule.rawValue)\u{0}\(finding.file)"
    let number = counts[key, default: 0]
    counts[key] = number + 1
    return ContentDigest.sha256("\(key)\u{0}\(number)")
  }
}
