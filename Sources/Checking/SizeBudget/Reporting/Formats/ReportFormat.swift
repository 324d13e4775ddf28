import Foundation

/// How a check's result is written.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, json, github, gitlab, sarif, junit, markdown

  /// The report, with a line feed at its end where it has any text.
  ///
  /// - Parameters:
  ///   - prefix: what comes in front of a path below the site's root to make it one below the repository's; empty, or
  ///     with a slash at its end.
  /// - Throws: an encoder's error.
  package func text(_ result: CheckResult, prefix: String = "") throws -> String {
    switch self {
    case .text: TextReport.text(result)
    case .json: try JSONReport.text(result)
    case .github: GitHubReport.text(result, prefix: prefix)
    case .gitlab: try GitLabReport.text(result, prefix: prefix)
    case .sarif: try SARIFReport.text(result, prefix: prefix)
    case .junit: JUnitReport.text(result, prefix: prefix)
    case .markdown: MarkdownReport.text(result)
    }
  }
}
