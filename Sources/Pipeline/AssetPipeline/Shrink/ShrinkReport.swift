import AssetModel
import Foundation
import SizeBudget

/// What a run that makes pictures lighter has to say, in each format that `check` writes.
package struct ShrinkReport {
  private let account: ShrinkAccount
  private let isCheck: Bool

  /// - Parameter isCheck: whether what could be made lighter is a finding, and not what was done.
  package init(_ account: ShrinkAccount, isCheck: Bool) {
    self.account = account
    self.isCheck = isCheck
  }

  /// Whether something could not be looked at.
  package var isIncomplete: Bool { account.problems.contains { $0.severity == .error } }

  /// A report, with a line feed at its end where it has any text.
  ///
  /// - Throws: an encoder's error.
  package func text(_ format: ReportFormat, prefix: String = "") throws -> String {
    switch format {
    case .text: return plainText
    case .markdown: return markdown
    case .json: return try json
    case .github, .gitlab, .junit, .sarif: return try format.text(result, prefix: prefix)
    }
  }

  /// The findings of a check.
  package var findings: [Diagnostic] {
    account.lighter.map { picture in
      Diagnostic(
        .error, .heavyOriginal, file: picture.path,
        message: "could have \(Self.size(picture.after)) in place of \(Self.size(picture.before))"
          + " (\(Self.change(picture.before, picture.after)), score \(Self.score(picture.score)))",
        advice: "optimize-assets shrink \(ShellWord.quoted(picture.path))",
        figures: [
          "bytes": Double(picture.before), "over": Double(picture.before - picture.after),
          "score": picture.score,
        ])
    }
  }

  private var result: CheckResult {
    let weight = SiteWeight(
      devices: [], pages: [], files: [], problems: account.problems.filter { $0.severity == .error })
    var result = CheckResult(weight, budgets: [], levels: [:])
    result.findings = isCheck ? findings : []
    return result
  }

  // MARK: Text

  private var plainText: String {
    var lines: [String] = []
    if isCheck {
      lines += findings.map(\.description)
    } else {
      lines += account.lighter.map { picture in
        let what = picture.isOriginal ? "its original again" : "score \(Self.score(picture.score))"
        return
          "  \(picture.path.printable): \(Self.size(picture.before)) → \(Self.size(picture.after)), \(what)"
      }
    }
    lines.append(
      account.root.printable + (account.isDry && !isCheck ? " (dry run, nothing was written)" : ""))
    lines.append(Self.row("pictures", "\(account.pictures) looked at, \(account.known) made lighter before"))
    lines.append(Self.row("lighter", summary))
    for left in account.leftOut {
      let what =
        PictureSelection.Reason(rawValue: left.reason)?.counted(left.count) ?? "\(left.count) \(left.reason)"
      lines.append(Self.row("left out", "\(what): \(left.first.printable)\(left.count > 1 ? ", …" : "")"))
    }
    if !account.lighter.isEmpty, !account.isDry {
      lines.append(
        Self.row("undo", "optimize-assets restore; commit .optimize-assets.originals.jsonl with the pictures")
      )
    }
    lines.append(Self.row("time", String(format: "%.1f s", account.seconds)))
    return lines.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    guard !account.lighter.isEmpty else { return "nothing to win" }
    let scores = account.lighter.map(\.score).sorted()
    return
      "\(account.lighter.count.counted("file")), \(Self.size(account.before)) → \(Self.size(account.after))"
      + " (\(Self.change(account.before, account.after))), scores from \(Self.score(scores[0])),"
      + " half of them \(Self.score(scores[scores.count / 2])) and more"
  }

  private static func row(_ name: String, _ text: String) -> String {
    "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0) + text
  }

  // MARK: Markdown

  private static let rows = 50

  private var markdown: String {
    let (verb, heading) =
      isCheck || account.isDry ? ("could be", "can be made lighter") : ("were", "were made lighter")
    guard !account.lighter.isEmpty else { return "## Pictures: nothing to win\n" + markdownProblems }
    var lines = [
      "## Pictures: \(account.lighter.count) \(heading)", "",
      "\(Self.size(account.before)) \(verb) \(Self.size(account.after)) (\(Self.change(account.before, account.after))).",
      "", "| File | Before | After | Change | Score |", "| --- | ---: | ---: | ---: | ---: |",
    ]
    let heaviest = account.lighter.sorted {
      ($0.before - $0.after, $1.path) > ($1.before - $1.after, $0.path)
    }
    for picture in heaviest.prefix(Self.rows) {
      lines.append(
        "| \(MarkdownReport.escape(picture.path)) | \(Self.size(picture.before)) | \(Self.size(picture.after))"
          + " | \(Self.change(picture.before, picture.after)) | \(Self.score(picture.score)) |")
    }
    if heaviest.count > Self.rows { lines += ["", "… and \(heaviest.count - Self.rows) more"] }
    return lines.joined(separator: "\n") + "\n" + markdownProblems
  }

  private var markdownProblems: String {
    let errors = account.problems.filter { $0.severity == .error }
    guard !errors.isEmpty else { return "" }
    return "\n" + errors.map { "- \(MarkdownReport.escape($0.description))\n" }.joined()
  }

  // MARK: JSON

  private struct Document: Encodable {
    var version = 1
    var account: ShrinkAccount
    var findings: [Diagnostic]
  }

  private var json: String {
    get throws { try ReportJSON.text(Document(account: account, findings: isCheck ? findings : [])) }
  }

  // MARK: Figures

  private static func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }

  private static func score(_ score: Double) -> String { String(format: "%.1f", score) }

  private static func change(_ before: Int, _ after: Int) -> String {
    guard before > 0 else { return "–" }
    let percent = 100 * (Double(after) - Double(before)) / Double(before)
    return String(format: "%+.0f %%", percent).replacing("-", with: "−")
  }
}
