import Manifest
import SizeBudget

/// What budgets and lints say, worst first, and what could not be looked at.
struct FindingsSection {
  let report: SiteReport
  let images: [ImageRow]

  var html: HTML {
    let result = report.result
    let notes = result.findings.filter { $0.severity == .note }
    let others = result.findings.filter { $0.severity != .note }
    let problems = result.weight.problems.map { problem in
      Self.item(
        problem.severity, place: Self.place(problem.file, problem.line), message: problem.message,
        advice: problem.advice)
    }
    let list: HTML =
      others.isEmpty && problems.isEmpty
      ? "<p>Nothing is over budget, and no lint warns.</p>"
      : "<ul class=\"findings\">\n\(problems)\(others.map(item))</ul>"
    let noteList: HTML = """
      <details><summary>\(ReportText.count(notes.count, "note"))</summary>
      <ul class="findings">
      \(notes.map(item))</ul>
      </details>
      """
    return """
      <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      \(list)
      \(notes.isEmpty ? nil : noteList)
      </section>
      """
  }

  private func item(_ finding: Finding) -> HTML { Self.item(finding, withPlace: true) }

  /// A finding as an item of a list.
  static func item(_ finding: Finding, withPlace: Bool) -> HTML {
    item(
      finding.severity, place: withPlace ? place(finding.file, finding.line) : nil, message: finding.message,
      advice: finding.advice)
  }

  private static func item(
    _ severity: Problem.Severity, place: HTML?, message: String, advice: String?
  ) -> HTML {
    let hint = advice.map { "<span class=\"advice\">\($0)</span>" as HTML }
    return """
      <li><span class="badge \(severity.rawValue)">\(severity.rawValue)</span> <div>\(place)<span>\(message)</span> \
      \(hint)</div></li>

      """
  }

  /// A file and a line in it.
  static func place(_ file: String, _ line: Int?) -> HTML {
    let place = file == "." ? "the site" : file + (line.map { ":\($0)" } ?? "")
    return "<code class=\"place\">\(place)</code> "
  }
}
