import AssetModel
import AssetPipeline
import Foundation

/// What a build came to, as text for people.
struct BuildText {
  var result: SiteBuild.Result
  var options: SiteBuild.Options
  /// Whether the configuration has budgets.
  var hasBudgets: Bool

  var text: String {
    let summary = result.pages.summary
    let whose = result.generator == result.command ? "" : " of \(result.generator)"
    var lines = ["Pages\(whose), built by: \(result.command)".printable]
    lines.append(line("pages", "\(summary.posts) read, \(summary.postsRewritten) with new markup"))
    let variants = summary.variants.counted("variant")
    let detail = options.isDryRun ? "\(variants) to make" : "\(variants), \(size(summary.variantBytes))"
    if summary.variants == 0, let offered = (try? result.pages.manifest)?.variantsOfTheGenerator,
      offered.count > 0
    {
      let all = "\(offered.count.counted("variant")), \(size(offered.bytes))"
      lines.append(line("images", "\(all), which the generator's pages offer"))
    } else {
      lines.append(line("images", "\(summary.images.counted("file")); \(detail)"))
    }
    if let originals = summary.originals {
      lines.append(line("originals", Self.originalsText(originals, "at their own URLs")))
    }
    let table = BuildTable(summary: summary, heaviest: result.figures.heaviest)
    lines += table.rows.enumerated().map { number, row in line(number == 0 ? "downloads" : "", row) }
    lines += Report.unchangedLines(of: summary)
    if let budgetText { lines.append(line("budgets", budgetText)) }
    lines.append(line("problems", Report.problemsText(of: summary)))
    let generator = String(format: "%.1f", result.generatorSeconds)
    let all = String(
      format: "%.1f s, of which the generator took %@ s", result.seconds, generator as NSString)
    lines.append(line("time", all))
    lines.append(line("output", outputText))
    return lines.joined(separator: "\n") + "\n"
  }

  static func originalsText(_ originals: Summary.Originals, _ location: String) -> String {
    let sizes = [originals.before, originals.after].map { ByteSize(bytes: $0).description }
    let change = originals.lighter == 0 ? "" : ", \(sizes[0]) → \(sizes[1])"
    return "\(originals.lighter) of \(originals.files) lighter \(location)\(change)"
  }

  private var budgetText: String? {
    guard !options.isDryRun, hasBudgets || options.checks else { return nil }
    let figures = result.figures
    let findings = (options.checks ? figures.findings : figures.passedBudgets).filter { $0.severity != .note }
    let what = options.checks ? "findings of budgets and lints" : "budgets are passed"
    let verdict = findings.isEmpty ? "kept" : "\(findings.count) \(what), told above"
    return verdict
      + (figures.isIncomplete ? "; some files could not be read, so they are not all counted" : "")
  }

  private var outputText: String {
    if options.isDryRun { return "nothing was published (dry run)" }
    if result.isHeldBack {
      return "nothing was published because of --check; \(result.destination) is as it was"
    }
    let files = result.filesPublished
    return files == 0
      ? "\(result.destination), where nothing changed"
      : "\(result.destination), \(files.counted("file")) new or changed"
  }

  private func line(_ name: String, _ text: String) -> String {
    SummaryLine.text(name, text.printable)
  }

  private func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }
}
