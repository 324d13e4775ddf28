import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SizeBudget
import SystemResources
import VariantWorkers

extension Pipeline {
  /// Puts together what there is to say about a site's images. Nothing is written.
  ///
  /// - Parameters:
  ///   - staged: the staged copy of a run; nil for what a run in place left, or else the configuration's folder.
  ///   - weight: what the site weighs, where that is known.
  ///   - budgets: the limits to hold the images against.
  ///   - pairs: how many of the heaviest images are shown before and after.
  ///   - file: the file that the report goes to, absolute, which is no page of the site.
  ///   - cancellation: stops the work when it is raised.
  ///   - progress: called as the work goes on.
  /// - Throws: ``PipelineError``
  package func report(
    staged: String? = nil, present weight: SiteWeight? = nil, budgets: [Budget], pairs: Int, file: String,
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> SiteReport {
    let (journal, _) = try relocatedJournal()
    let weight = try weight ?? weigh(cancellation: cancellation, progress: progress)
    let present = weight.without(page: file, in: root)
    let existing = try existingVariants(staged: staged, journal: journal, files: present.files.map(\.path))
    var before: SiteWeight?
    var after = present
    switch existing.record {
    case .nothing, .unrecorded: break
    case .staged:
      before = present
      // The stages were told once; their second time is of the same pages.
      after = try sibling(at: existing.root.path)
        .weigh(cancellation: cancellation).without(page: file, in: existing.root)
    case .inPlace:
      var author = self
      author.text = journal.overlay
      var weight = try author.weigh(cancellation: cancellation)
      let created = journal.createdFiles
      weight.files.removeAll { created[$0.path] != nil }
      before = weight
    }
    var report = SiteReport(
      name: siteName, result: CheckResult(after, budgets: budgets, levels: configuration.lints),
      before: before, record: existing.record, variants: existing.variants)
    let files = (before ?? after).files
    report.outdated = Set(
      files.filter { file in existing.digests[file.path].map { $0 != file.digest } ?? false }.map(\.path))
    try addPairs(
      to: &report, files: files, root: existing.root, atMost: pairs, cancellation: cancellation,
      progress: progress)
    return report
  }

  /// Cuts views before and after for the heaviest images that have any.
  private func addPairs(
    to report: inout SiteReport, files: [PublishedImage], root variantsRoot: SiteRoot, atMost: Int,
    cancellation: Cancellation, progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws {
    let variants = Dictionary(grouping: report.variants, by: \.source)
    let chosen = files.filter { [outdated = report.outdated] in !outdated.contains($0.path) }
      .sorted { ($1.bytes, $0.path) < ($0.bytes, $1.path) }
      .compactMap { SiteReport.representative(of: variants[$0.path] ?? []) }.prefix(max(0, atMost))
    let views = WorkerViews(
      site: root, output: variantsRoot, limits: configuration.sourceLimits, folder: cache.folder,
      program: workerProgram)
    let count = chosen.count
    let limit = configuration.memoryLimit?.bytes ?? MemoryBudget.defaultLimit
    let jobs = max(1, min(jobs, limit / ViewStep.memory))
    let cuts = try PipelineError.whenStopped {
      try views.cut(Array(chosen), jobs: jobs, memory: limit, cancellation: cancellation) {
        progress(.looking(done: $0, of: count))
      }
    }
    for (variant, cut) in zip(chosen, cuts) {
      switch cut {
      case .success(let pair?): report.pairs[variant.source] = SiteReport.Pair(variant.path, pair)
      case .success(nil): break
      case .failure(let failure):
        report.result.weight.problems.append(
          Diagnostic(
            .warning, .undecodable, file: variant.source,
            message: "cannot be compared with \(variant.path): \(failure)",
            advice: "run optimize-assets again"))
      }
    }
  }
}

extension SiteReport.Pair {
  fileprivate init(_ variant: String, _ pair: ViewStep.Pair) {
    func url(_ data: Data) -> String { "data:\(pair.format.mediaType);base64,\(data.base64EncodedString())" }
    self.init(
      variant: variant, width: pair.width, height: pair.height, before: url(pair.before),
      after: url(pair.after)
    )
  }
}

extension SiteWeight {
  /// The same without a page, where the path is one of the folder's.
  fileprivate func without(page path: String, in root: SiteRoot) -> SiteWeight {
    var copy = self
    copy.pages.removeAll { root.absolute($0.path) == path }
    return copy
  }
}
