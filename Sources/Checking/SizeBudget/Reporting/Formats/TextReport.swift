import AssetModel

/// For the terminal: a line for each finding, worst first, and a table of the heaviest pages.
enum TextReport {
  static func text(_ result: CheckResult) -> String {
    let shown = result.findings.filter { $0.severity != .note }
    let notes = result.findings.count - shown.count
    var lines: [String] = []
    for (finding, count) in grouped(shown) {
      lines.append(
        finding.description + (count > 1 ? ", and in \((count - 1).counted("more place"))" : ""))
    }
    if !shown.isEmpty { lines.append("") }
    lines += pages(result)
    let weight = result.weight
    if weight.pages.allSatisfy({ $0.images.isEmpty }), weight.files.isEmpty {
      lines.append("There is no image in the site.")
    } else if weight.files.isEmpty, weight.problems.isEmpty,
      !weight.pages.contains(where: { $0.images.contains(where: \.isMissing) })
    {
      lines.append("No image is a file of the site: those on other hosts are not weighed.")
    }
    // What could not be checked at all is an error, and no finding.
    let unread = Set(weight.problems.filter { $0.severity == .error }).subtracting(shown).count
    let errors = shown.count { $0.severity == .error } + unread
    lines.append(
      "\(weight.pages.count.counted("page")), \(weight.files.count.counted("image file")) of "
        + "\(BudgetCheck.bytes(Double(weight.total))): \(errors.counted("error")), "
        + "\((shown.count + unread - errors).counted("warning")), \(notes.counted("note"))")
    lines.append(
      result.isIncomplete
        ? "Something could not be checked." : result.isOver ? "Over budget." : "Within budget.")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Findings that say the same of several places, as of a layout's image on each page: the first of each, and how many there
  /// are.
  private static func grouped(_ findings: [Diagnostic]) -> [(finding: Diagnostic, count: Int)] {
    var groups: [(finding: Diagnostic, count: Int)] = []
    var indices: [String: Int] = [:]
    for finding in findings {
      let key = [finding.severity.rawValue, finding.rule.rawValue, finding.message].joined(separator: "\n")
      if let index = indices[key] {
        groups[index].count += 1
      } else {
        indices[key] = groups.count
        groups.append((finding, 1))
      }
    }
    return groups
  }

  /// The heaviest pages, at most ten.
  private static func pages(_ result: CheckResult) -> [String] {
    let devices = result.weight.devices
    let rows = PageRows(result).rows.prefix(10)
    guard !rows.isEmpty else { return [] }
    var lines = [devices.map { $0.name.leftPadded(11) }.joined() + "  page"]
    for row in rows {
      lines.append(
        row.totals.map { BudgetCheck.bytes(Double($0)).leftPadded(11) }.joined() + "  " + row.path.printable)
    }
    return lines + [""]
  }
}

extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
