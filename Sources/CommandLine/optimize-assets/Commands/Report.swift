import AssetModel
import AssetPipeline
import Foundation

/// A run's result as a person or a program reads it.
struct Report: Encodable {
  var manifest: AssetManifest
  var summary: Summary
  /// Whether the author says that HTML in his Markdown reaches the pages, where nothing else tells.
  var isVouched = false

  private enum CodingKeys: CodingKey { case manifest, summary }

  func printJSON() throws { try Terminal.printJSON(self) }

  /// Writes the problems to standard error: errors always, warnings unless quiet, notes when asked for.
  ///
  /// - Parameter isSummary: whether warnings of one rule are summed up where there are many, which `scan` lists.
  func printProblems(quiet: Bool, verbose: Bool, isSummary: Bool = false) {
    Self.print(manifest.problems, quiet: quiet, verbose: verbose, isSummary: isSummary)
  }

  static func print(_ problems: [Diagnostic], quiet: Bool, verbose: Bool, isSummary: Bool = false) {
    var lines = ProblemLines(problems, isSummary: isSummary && !verbose)
    for problem in problems {
      switch problem.severity {
      case .error: break
      case .warning: if quiet || !lines.shows(problem) { continue }
      case .note: if !verbose { continue }
      }
      Terminal.print(problem)
    }
    if !quiet { for line in lines.rest { Terminal.printError(line) } }
  }

  /// - Parameter isCopy: whether the run makes a copy of the site, of which another command makes more.
  func optimizeText(isDryRun: Bool, isCopy: Bool) -> String {
    var lines = [siteLine]
    lines.append(line(things, "\(summary.posts) read, \(summary.postsRewritten) rewritten\(provenText)"))
    lines.append(line("references", referencesText + ", \(summary.referencesRewritten) rewritten"))
    if isDryRun {
      lines[1] = line(things, "\(summary.posts) read")
      lines[2] = line("references", referencesText)
      lines.append(
        line(
          "images",
          "\(summary.images.counted("file")), at least \(summary.variants.counted("variant")) to make"))
    } else {
      lines.append(
        line(
          "images",
          "\(summary.images.counted("file")); \(summary.variants.counted("variant")), \(size(summary.variantBytes))"
            + " (\(summary.encoded) encoded, \(summary.variants - summary.encoded) there already)"))
      if let originals = summary.originals {
        lines.append(line("originals", BuildText.originalsText(originals, "in the copy")))
      }
      lines += downloadLines
    }
    lines += unchangedLines
    if let markup = summary.markup { lines.append(line("markup", markupText(markup))) }
    if let door = summary.door { lines.append(line("door", door)) }
    lines.append(line("oracle", oracleText))
    lines.append(line("problems", Self.problemsText(of: summary)))
    let seconds = String(format: "%.1f s", summary.seconds)
    lines.append(
      isDryRun
        ? line("output", "nothing was written (dry run), \(seconds)")
        : line("output", "\(summary.output), \(seconds)"))
    if let heavier { lines.append(heavier) }
    let left = LeftImages(summary, of: manifest.site)
    let namesReasonsAbove = manifest.site.kind == .html || manifest.site.kind == .markdown
    lines += namesReasonsAbove ? left.wayOut : left.lines
    if !isDryRun, summary.variants == 0,
      manifest.site.kind == .markdown || (namesReasonsAbove ? summary.kept.isEmpty : left.isEmpty),
      manifest.site.keepsImages == nil,
      !manifest.problems.contains(where: { $0.rule == .unreadFormat || $0.rule == .postSkipped })
    {
      lines.append(nothingDone)
    }
    // What stays has named the way already.
    let isLighter = !isDryRun && summary.referencesRewritten > 0
    if isCopy, left.isEmpty, let remark = BuildRemark.text(of: manifest.site, isLighter: isLighter) {
      lines.append(remark)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func scanText() -> String {
    [
      siteLine, line(things, "\(summary.posts)"), line("references", referencesText),
      line(
        "images", "\(summary.images.counted("file")), \(size(manifest.sources.reduce(0) { $0 + $1.bytes }))"),
      line("oracle", oracleText), line("problems", Self.problemsText(of: summary)),
    ].joined(separator: "\n") + "\n"
  }

  /// Why nothing was made, and what can be done instead.
  private var nothingDone: String {
    guard manifest.site.kind == .markdown, summary.images > 0 else {
      return "Nothing to do: no local image of a \(things.dropLast()) can be made lighter."
    }
    let which =
      !isVouched && !summary.kept.isEmpty
      ? ": it is not known whether HTML in the posts reaches their pages. Where it does, write markdown: {html: true} into "
        + "optimize-assets.yml" : ""
    return """
      Nothing was rewritten\(which). 'optimize-assets shrink' makes the pictures lighter where they lie; 'optimize-assets \
      build' runs what makes pages of them, where there is something, and makes the pages light.
      """
  }

  private var things: String { manifest.site.kind.things }

  /// What was found when the pages were read again.
  private var provenText: String {
    guard summary.pagesProven > 0 else { return "" }
    return "; \(summary.pagesProven) read again: all as they were but for what their images load"
  }

  /// The images of built pages, or of posts of no known generator, that stay as they are, one line for each reason.
  private var unchangedLines: [String] {
    manifest.site.kind == .html || manifest.site.kind == .markdown ? Self.unchangedLines(of: summary) : []
  }

  static func unchangedLines(of summary: Summary) -> [String] {
    summary.kept.enumerated().map { number, group in
      SummaryLine.text(
        number == 0 ? "left" : "",
        "\(group.references.counted("image")): \(group.reason)".printable)
    }
  }

  private var siteLine: String {
    let what =
      switch manifest.site.kind {
      case .html: "Built site"
      case .markdown: "Folder of posts"
      default: "\(manifest.site.kind.name) site"
      }
    return "\(what) \(manifest.site.root) (\(manifest.site.reason))".printable
  }

  private var referencesText: String {
    let counts = Reference.Status.allCases.compactMap { status in
      summary.references[status.rawValue].map { "\($0) \(status.rawValue)" }
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  private func markupText(_ markup: Summary.Markup) -> String {
    let location = markup.file.map { file in file + (markup.line.map { ":\($0)" } ?? "") + ": " } ?? ""
    let hints = markup.hints.map { "; some images without width and height: \($0)" } ?? ""
    let frontMatter = markup.frontMatter.map { "; front-matter images keep their pixels: \($0)" } ?? ""
    return "\(markup.form.rawValue) (\(location)\(markup.reason))\(hints)\(frontMatter)"
  }

  private var oracleText: String {
    guard manifest.site.oracle == .generator else { return manifest.site.oracle.rawValue }
    let differing = manifest.problems.count { $0.rule == .oraclesDiffer }
    let open = manifest.problems.count { $0.rule == .notJudged }
    return "the site's generator: \((summary.posts - open).counted("post")) judged, \(open) not;"
      + " \(differing.counted("reference")) on which the built-in oracle differs"
  }

  static func problemsText(of summary: Summary) -> String {
    let notes = summary.notes == 0 ? "" : " (--verbose lists the notes)"
    return [
      summary.errors.counted("error"), summary.warnings.counted("warning"),
      summary.notes.counted("note") + notes,
    ].joined(separator: ", ")
  }

  private func line(_ name: String, _ text: String) -> String {
    SummaryLine.text(name, text.printable)
  }

  private var downloadLines: [String] {
    DownloadTable(summary: summary).rows.enumerated().map { number, row in
      line(number == 0 ? "downloads" : "", row)
    }
  }

  /// What to know where a screen downloads more than before.
  private var heavier: String? {
    let more = summary.downloadsBefore.filter { (summary.downloads?[$0.key] ?? 0) > $0.value }
    let screens = DownloadTable.screens(Set(more.keys))
    guard !screens.isEmpty else { return nil }
    return """
      Heavier than before on \(screens.joined(separator: ", ")): a picture that a page shows more than once, by an image that \
      gained candidates and by one that stays, is downloaded in two files.
      """
  }

  private func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }
}
