import AssetModel
import AssetPipeline
import Foundation

/// A verification for people: the worst page first, and what to do.
struct VerifyText {
  let report: VerifyReport

  /// How many pages are told in full.
  private static let listed = 20

  var text: String {
    var lines = [headline]
    if let command = report.command { lines.append(line("build", command)) }
    if let browser = report.browser { lines.append(line("browser", browser)) }
    for total in report.totals { lines.append(line(total.viewport, totalText(total))) }
    lines += report.journeys.flatMap(journeyLines)
    lines += report.loads.map(loadLine)
    if !report.unstable.isEmpty {
      lines.append(
        line(
          "not counted",
          "\(report.unstable.count.counted("page that differs", "pages that differ"))"
            + " between two builds of the same sources"))
    }
    lines += report.gone.map { line("gone", "\($0): only the build before has it") }
    lines += report.added.map { line("added", "\($0): only the build after has it") }
    lines += report.feeds.map { line("feed differs", "\($0.feed): \($0.difference)") }
    let worst = report.worst
    for page in worst.prefix(Self.listed) { lines += pageLines(page) }
    if worst.count > Self.listed {
      lines.append("  and \((worst.count - Self.listed).counted("more page")) (--format json lists all)")
    }
    for post in report.repaired { lines.append(line("put back", "\(post): it has its author's bytes again")) }
    lines += report.notes.map { line("note", $0) }
    lines += advice
    lines.append(line("time", String(format: "%.0f s", report.seconds)))
    return lines.map(\.printable).joined(separator: "\n") + "\n"
  }

  private var headline: String {
    let differing =
      report.pages.count { !$0.isSame } + report.gone.count + report.added.count
      + report.feeds.count
    let journeys = report.journeys.count { !$0.isSame }
    let looked = report.pages.count { !$0.views.isEmpty }
    let browserText = report.browser == nil ? "" : ", \(looked) of them looked at in a browser"
    return "\(report.site): \(report.pages.count.counted("page")) compared\(browserText): "
      + (differing == 0 ? "all the same" : differing.counted("differs", "differ"))
      + (journeys == 0 ? "" : "; a reader who follows links sees another site")
  }

  private func totalText(_ total: VerifyReport.Total) -> String {
    let counts = [
      "moved", "restyled", "broken", "elements", "rescaled", "blurry", "shifts", "lateLargestPaint",
      "complaints", "wasteful",
    ].compactMap {
      kind -> String? in
      let count = total.counts[kind] ?? 0
      return count > 0 || kind == "moved" || kind == "broken" ? "\(count) \(Self.name(of: kind))" : nil
    }
    return
      "\(total.pages.counted("page")), \(total.elements.counted("element")): \(counts.joined(separator: ", "));"
      + " images \(size(total.bytesBefore)) -> \(size(total.bytesAfter))\(percent(total.bytesAfter, of: total.bytesBefore)),"
      + " those rewritten \(size(total.rewrittenBefore)) -> \(size(total.rewrittenAfter))"
      + percent(total.rewrittenAfter, of: total.rewrittenBefore)
  }

  private func journeyLines(_ journey: VerifyReport.Journey) -> [String] {
    if let failure = journey.failure { return [line("journey", "from \(journey.page): \(failure)")] }
    let counts = ["wrong", "broken", "missing", "moved"].map { "\(journey.counts[$0] ?? 0) \($0)" }
    let first = line(
      "journey",
      "\(journey.steps.counted("step")) from \(journey.page), \(journey.pictures.counted("picture")): "
        + counts.joined(separator: ", ")
        + "; images \(size(journey.bytesBefore)) -> \(size(journey.bytesAfter))"
        + percent(journey.bytesAfter, of: journey.bytesBefore))
    return [first]
      + journey.changes.map { "      \($0.kind): \($0.path): \($0.before) -> \($0.after)" }
      + journey.errors.prefix(5).map { "      console: \($0)" }
      + journey.notFound.prefix(5).map { "      not found: \($0)" }
  }

  private func loadLine(_ load: VerifyReport.Load) -> String {
    guard let before = load.before, let after = load.after, let bare = load.withoutImages else {
      return line("slow phone", "\(load.page): \(load.failure ?? "")")
    }
    let paint = String(
      format: "largest paint %.2f -> %.2f s (%.2f s without images), layout shift %.3f -> %.3f",
      before.largestPaint, after.largestPaint, bare, before.shift, after.shift)
    return line(
      "slow phone",
      "\(load.page): \(paint), \(before.unsized) -> \(after.unsized) images without a size,"
        + " \(before.offscreen) -> \(after.offscreen) fetched below the window,"
        + " images \(size(before.bytes)) -> \(size(after.bytes))")
  }

  private func pageLines(_ page: VerifyReport.Page) -> [String] {
    var lines = [line("differs", page.page + (page.post.map { " (\($0))" } ?? ""))]
    if let difference = page.difference { lines.append("      HTML \(difference)") }
    lines += page.missing.prefix(5).map { "      missing \($0)" }
    for view in page.views where !view.isSame {
      if let failure = view.failure { lines.append("      \(view.viewport): \(failure)") }
      for kind in view.counts.keys.sorted() where kind != "wasteful" {
        lines.append("      \(view.viewport): \(view.counts[kind] ?? 0) \(Self.name(of: kind))")
        for change in view.changes where change.kind == kind {
          lines.append(
            "        \(change.path.isEmpty ? "" : change.path + ": ")\(change.before) -> \(change.after)")
        }
      }
    }
    return lines
  }

  /// A kind of change as people say it.
  private static func name(of kind: String) -> String {
    switch kind {
    case "elements": "elements added or gone"
    case "rescaled": "backgrounds of another size"
    case "lateLargestPaint": "lazy largest paint"
    case "shifts": "more layout shift"
    case "complaints": "new console errors"
    default: kind
    }
  }

  private var advice: [String] {
    var lines: [String] = []
    let counts = report.totals.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) }
    if counts["restyled"] != nil || counts["moved"] != nil || counts["elements"] != nil {
      lines.append(
        line(
          "advice", "run calibrate, which tries the forms of markup in a browser, or set markup: and sizes:"))
    }
    if counts["wasteful"] ?? 0 > 0 || counts["blurry"] ?? 0 > 0 {
      lines.append(
        line("advice", "run calibrate: it measures the slots, so that files of the right width are chosen"))
    }
    if !report.isSame, report.repaired.isEmpty {
      lines.append(
        line(
          "advice",
          "--repair gives the posts of pages that differ their own bytes again, in place or in the copy of --output"
        ))
    }
    return lines
  }

  private func line(_ name: String, _ text: String) -> String {
    "  " + name.padding(toLength: max(14, name.count + 1), withPad: " ", startingAt: 0) + text
  }

  private func percent(_ bytes: Int, of all: Int) -> String {
    all > 0 ? String(format: " (%.0f %%)", 100 * Double(bytes) / Double(all)) : ""
  }

  private func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }
}
