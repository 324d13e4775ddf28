import AssetModel

/// A comment for a pull request: a table of pages, before and after, with a bar for each.
package enum MarkdownReport {
  /// GitHub takes comments of 65 536 characters; no reader goes through more rows than these.
  private static let rows = 30
  private static let barWidth = 20

  static func text(_ result: CheckResult) -> String {
    let state =
      result.isIncomplete ? "could not be checked in full" : result.isOver ? "over budget" : "within budget"
    var lines = ["## Image weight: \(state)", ""]
    lines.append(
      result.baseline.map {
        "The site's images take \(size(result.weight.total)), before \(size($0.total))."
      } ?? "The site's images take \(size(result.weight.total)).")
    lines += pages(result)
    let findings = result.entries.filter { $0.severity != .note }
    if !findings.isEmpty {
      lines += ["", "| | Where | What | What to do |", "| --- | --- | --- | --- |"]
      for finding in findings.prefix(rows) {
        lines.append(
          "| \(finding.severity.rawValue) | \(escape(finding.location)) | \(escape(finding.message)) | \(escape(finding.advice ?? "")) |"
        )
      }
      if findings.count > rows { lines += ["", "… and \(findings.count - rows) more"] }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func pages(_ result: CheckResult) -> [String] {
    var rows = PageRows(result).rows
    if result.baseline != nil { rows = rows.filter { $0.before != $0.totals } }
    guard let largest = rows.map({ max($0.worst, $0.before?.max() ?? 0) }).max(), largest > 0 else {
      return []
    }
    let hasBaseline = result.baseline != nil
    var lines = [
      "", hasBaseline ? "| Page | Before | After | Change | |" : "| Page | Heaviest device | |",
      hasBaseline ? "| --- | ---: | ---: | ---: | --- |" : "| --- | ---: | --- |",
    ]
    for row in rows.prefix(Self.rows) {
      let filled = Int((Double(row.worst) / Double(largest) * Double(barWidth)).rounded(.up))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
      let before = row.before?.max() ?? 0
      let sign = row.worst >= before ? "+" : ""
      lines.append(
        hasBaseline
          ? "| \(escape(row.path)) | \(size(before)) | \(size(row.worst)) | \(sign)\(size(row.worst - before)) | `\(bar)` |"
          : "| \(escape(row.path)) | \(size(row.worst)) | `\(bar)` |")
    }
    if rows.count > Self.rows { lines += ["", "… and \(rows.count - Self.rows) more"] }
    return lines
  }

  private static func size(_ bytes: Int) -> String { BudgetCheck.bytes(Double(bytes)) }

  /// Text that stays text in a table's cell.
  package static func escape(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if character.isNewline { return result += " " }
      if character == "<" { return result += "&lt;" }
      if "\\`*_[]|~#@&".contains(character) { result.append("\\") }
      result.append(character)
    }.printable
  }
}
