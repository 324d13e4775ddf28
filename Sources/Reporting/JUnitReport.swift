import Foundation
import SizeBudget

/// JUnit's XML: a test case for each page or file; one with errors has failed.
enum JUnitReport {
  static func text(_ result: CheckResult) -> String {
    let byFile = Dictionary(grouping: result.findings.filter { $0.severity != .note }, by: \.file)
    let files = Set(result.weight.pages.map(\.path)).union(byFile.keys).sorted()
    let failed = files.count { byFile[$0]?.contains { $0.severity == .error } ?? false }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"optimize-assets\" tests=\"\(files.count)\" failures=\"\(failed)\" "
        + "errors=\"\(result.weight.problems.count { $0.severity == .error })\">",
      "  <testsuite name=\"image weight\" tests=\"\(files.count)\" failures=\"\(failed)\" errors=\"0\">",
    ]
    for file in files {
      lines.append(
        "    <testcase classname=\"image weight\" name=\"\(escape(file))\" file=\"\(escape(file))\">")
      let findings = byFile[file] ?? []
      let errors = findings.filter { $0.severity == .error }
      if let first = errors.first {
        lines.append(
          "      <failure type=\"\(escape(first.id))\" message=\"\(escape(first.message))\">"
            + escape(errors.map(line).joined(separator: "\n")) + "</failure>")
      }
      let warnings = findings.filter { $0.severity == .warning }
      if !warnings.isEmpty {
        lines.append("      <system-out>\(escape(warnings.map(line).joined(separator: "\n")))</system-out>")
      }
      lines.append("    </testcase>")
    }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ finding: Finding) -> String {
    let place = [finding.file, finding.line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return "\(place): \(finding.message) (\(finding.advice)) [\(finding.id)]"
  }

  /// Text for an attribute or an element. Characters that XML 1.0 has no place for become U+FFFD.
  private static func escape(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
