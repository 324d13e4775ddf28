import AssetModel
import AssetPipeline
import Foundation

/// What was measured, for people.
struct CalibrationText {
  let report: CalibrationReport
  let isDryRun: Bool

  /// How many notes are told.
  private static let listed = 10
  /// From which error on an image is said to be shown otherwise than its layout's rule says.
  private static let tolerance = 0.01

  var text: String {
    let widths = report.widths.map(String.init).joined(separator: ", ")
    var lines = [
      "\(report.site): \(report.images.count.counted("image")) on \(report.pages.counted("page"))"
        + " measured in windows \(widths) px wide"
    ]
    lines.append(line("browser", report.browser))
    let single = report.layouts.rules.filter { $0.glob != nil && $0.slot != nil }
    for rule in report.layouts.rules where rule.glob == nil {
      if let layout = rule.layout {
        let which =
          [layout.isEmpty ? "no layout" : layout, rule.selector].compactMap(\.self)
          + (rule.images.isEmpty ? [] : ["\(rule.images.count.counted("image")) in another place"])
        lines.append(line("layout", which.joined(separator: ", ") + ": " + text(of: rule)))
      } else if let selector = rule.selector {
        lines.append(line("images", selector + ": " + text(of: rule)))
      }
    }
    if !single.isEmpty {
      let count = single.reduce(0) { $0 + $1.images.count }
      lines.append(line("single", "\(count.counted("image")) of a width that no rule for their layout gives"))
    }
    let others = report.layouts.rules.count { $0.largest?.isEmpty == false }
    if others > 0 {
      lines.append(line("largest", "\(others.counted("post")) whose largest image is not their first"))
    }
    for trial in report.trials {
      lines.append(
        line(
          "breaks",
          "\(trial.form) on \(trial.page) at \(trial.viewport): \(trial.changes.counted("change")), \(trial.first)"
        ))
    }
    let measured = report.images.filter { !$0.stated.isEmpty }
    let off = measured.filter { $0.error > Self.tolerance }
    let worst = measured.map(\.error).max() ?? 0
    lines.append(
      line(
        "sizes",
        "\(measured.count - off.count) of \(measured.count.counted("image")) right within 1 % in every window"
          + String(format: ", the worst off by %.1f %%", 100 * worst)))
    for image in off.prefix(Self.listed) {
      lines.append(
        line("off", String(format: "%.0f %%: ", 100 * image.error) + "\(image.source) in \(image.post)"))
    }
    lines += report.notes.prefix(Self.listed).map { line("note", $0) }
    if report.notes.count > Self.listed {
      lines.append(
        "  and \((report.notes.count - Self.listed).counted("more note")) (--format json lists all)")
    }
    lines.append(line(isDryRun ? "not written" : "written", report.file))
    lines.append(line("time", String(format: "%.0f s", report.seconds)))
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(of rule: MeasuredLayouts.Rule) -> String {
    var parts: [String] = []
    switch rule.slot {
    case .own?: parts.append("each image at its own width")
    case .upTo(let widths)?: parts.append("up to \(widths.text)")
    case .filled(let widths)?: parts.append(widths.text)
    case nil: break
    }
    if let markup = rule.markup { parts.append(markup.rawValue) }
    if rule.hints == false { parts.append("no width and height") }
    if rule.largest?.isEmpty == true { parts.append("no image of a post is painted largest") }
    return parts.joined(separator: "; ")
  }

  private func line(_ name: String, _ text: String) -> String {
    "  " + name.padding(toLength: max(14, name.count + 1), withPad: " ", startingAt: 0) + text
  }
}
