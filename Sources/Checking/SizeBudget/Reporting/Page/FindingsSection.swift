import AssetModel

/// What budgets and lints say, worst first, after what could not be looked at.
struct FindingsSection {
  let report: SiteReport
  let images: [ImageRow]

  /// How many are shown without being asked for.
  private static let shown = 10

  var html: HTML {
    let links = Dictionary(images.map { ($0.file.path, $0.id) }, uniquingKeysWith: { first, _ in first })
    let findings = report.result.findings
    func items(_ findings: [Diagnostic]) -> [HTML] {
      findings.map { FindingItem($0).html(link: links[$0.file]) }
    }
    let worst =
      report.result.weight.problems.map { FindingItem($0).html(link: links[$0.file]) }
      + items(findings.filter { $0.severity != .note })
    let notes = items(findings.filter { $0.severity == .note })
    return """
      <section aria-labelledby="findings">
      <h2 id="findings">Findings</h2>
      \(worst.isEmpty ? "<p>Nothing is over budget, and no lint warns.</p>" : list(worst.prefix(Self.shown)))
      \(folded(worst.dropFirst(Self.shown), "\(worst.count - Self.shown) more"))
      \(folded(notes[...], notes.count.counted("note")))
      </section>
      """
  }

  private func list(_ items: ArraySlice<HTML>) -> HTML {
    "<ul class=\"findings\">\n\(Array(items))</ul>"
  }

  private func folded(_ items: ArraySlice<HTML>, _ summary: String) -> HTML? {
    items.isEmpty ? nil : "<details><summary>\(summary)</summary>\n\(list(items))\n</details>"
  }
}

/// One thing that deserves a look, as an item of a list.
struct FindingItem {
  private let finding: Diagnostic
  private var file: String { finding.file }

  init(_ finding: Diagnostic) { self.finding = finding }

  /// - Parameters:
  ///   - subject: a file that the list is about, which needs no name.
  ///   - link: the image that the file is.
  func html(subject: String? = nil, link: String? = nil) -> HTML {
    let hint = finding.advice.map { advice -> HTML in "<span class=\"advice\">\(advice)</span>" }
    // Many messages begin with the file that they are about.
    let prefix = file + " "
    let text =
      finding.message.hasPrefix(prefix) ? String(finding.message.dropFirst(prefix.count)) : finding.message
    return """
      <li><span class="badge \(finding.severity.rawValue)">\(finding.severity.rawValue)</span> \
      <div>\(file == subject ? nil : location(link)) <span>\(text)</span> \(hint)</div></li>

      """
  }

  private func location(_ link: String?) -> HTML {
    if file == "." { return "<span class=\"place\">The site</span>" }
    guard let link else { return Self.location(file, finding.line) }
    return "<a class=\"place\" href=\"#\(link)\">\(Self.location(file, finding.line))</a>"
  }

  /// A file and a line in it.
  static func location(_ file: String, _ line: Int?) -> HTML {
    "<code>\(file + (line.map { ":\($0)" } ?? ""))</code>"
  }
}
