import AssetModel
import Foundation

/// JUnit's XML: a test case for each page or file; one with errors has failed, and one that could not be looked at is in
/// error.
enum JUnitReport {
  static func text(_ result: CheckResult, prefix: String) -> String {
    let findings = Dictionary(grouping: result.findings.filter { $0.severity != .note }, by: \.file)
    let unchecked = Dictionary(grouping: result.unchecked, by: \.file)
    let files = Set(result.weight.pages.map(\.path)).union(findings.keys).union(unchecked.keys).sorted()
    let failed = files.count { file in
      unchecked[file] == nil && findings[file]?.contains { $0.severity == .error } ?? false
    }
    let counts = "tests=\"\(files.count)\" failures=\"\(failed)\" errors=\"\(unchecked.count)\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"optimize-assets\" \(counts)>",
      "  <testsuite name=\"image weight\" \(counts)>",
    ]
    for file in files {
      let fileFindings = findings[file] ?? []
      let path = (unchecked[file] ?? fileFindings).first?.path(prefix: prefix) ?? prefix + file
      lines.append(
        "    <testcase classname=\"image weight\" name=\"\(escape(file))\" file=\"\(escape(path))\">")
      let errors = fileFindings.filter { $0.severity == .error }
      if let unknown = unchecked[file] {
        lines.append(element("error", unknown + errors))
      } else if !errors.isEmpty {
        lines.append(element("failure", errors))
      }
      let warnings = fileFindings.filter { $0.severity == .warning }
      if !warnings.isEmpty {
        lines.append(
          "      <system-out>\(escape(warnings.map(\.description).joined(separator: "\n")))</system-out>")
      }
      lines.append("    </testcase>")
    }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func element(_ name: String, _ findings: [Diagnostic]) -> String {
    let (id, message) = (findings.first?.rule.rawValue ?? "", findings.first?.message ?? "")
    return "      <\(name) type=\"\(escape(id))\" message=\"\(escape(message))\">"
      + escape(findings.map(\.description).joined(separator: "\n")) + "</\(name)>"
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
      // What no log should hold: controls, and what turns the direction of letters.
      case "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    // Two of them begin a command of some build services, in any place of a line.
    .replacingOccurrences(of: "##", with: "&#35;#")
  }
}
