import AssetCache
import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import VariantPlanner
import VariantWorkers

/// What the journal knows of the images of a site, so that nothing is made that is there: not even where there is no
/// cache, as on a machine that checks each push, and not even where another version of an encoder would give other
/// bytes.
struct JournalRenderCache {
  private let root: SiteRoot
  private let cache: AssetCache
  private let sources: [String: EditJournal.Source]

  init(root: SiteRoot, cache: AssetCache, journal: EditJournal) {
    self.root = root
    self.cache = cache
    sources = Dictionary(journal.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What came of a job, where the journal knows it and every file of it is there as it was made.
  func outcome(of job: RenderJob) -> RenderOutcome? {
    guard let entry = sources[job.source.path], entry.job == Self.digest(of: job),
      entry.variants.allSatisfy({ digest(of: $0.variant.path) == $0.variant.sha256 })
    else { return nil }
    var outcome = RenderOutcome(
      source: job.source, variants: entry.variants.map(\.variant), problems: entry.problems,
      reused: entry.variants.count)
    outcome.source.content = entry.content
    outcome.source.contentReason = entry.contentReason
    outcome.source.alpha = entry.alpha
    outcome.source.placeholder = entry.placeholder
    return outcome
  }

  /// The digest of a file of the site; nil where there is none, or it leads out of the site.
  func digest(of path: String) -> String? {
    guard case .file = root.resolve(path) else { return nil }
    let absolute = root.absolute(path)
    guard let stamp = FileStamp(of: absolute) else { return nil }
    if let digest = cache.digest(of: absolute, stamp) { return digest }
    guard let data = try? FileAccess.read(absolute) else { return nil }
    let digest = ContentDigest.sha256(data)
    // A stamp that is not settled could be that of other bytes a moment later.
    var now = timespec()
    if clock_gettime(CLOCK_REALTIME, &now) == 0,
      stamp.isStable(at: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
    {
      cache.record(digest: digest, of: absolute, stamp)
    }
    return digest
  }

  /// The digest of everything that decides what a job gives.
  static func digest(of job: RenderJob) -> String {
    var parts = [
      "scores \(job.scores)", "placeholder \(job.placeholder.rawValue)",
      "content \(job.content?.rawValue ?? "")",
    ]
    for rendition in job.renditions {
      parts.append("media \(rendition.media.joined(separator: ";")) choice \(rendition.choice ?? -1)")
      for settings in rendition.photograph + rendition.graphic {
        parts.append(VariantName.key(source: job.source, rendition: rendition, settings: settings))
      }
      parts.append("photograph \(rendition.photograph.count)")
    }
    return ContentDigest.sha256(parts.joined(separator: "\n"))
  }
}

extension EditJournal.Source {
  /// What the journal keeps of a job.
  ///
  /// - Parameter existing: the paths of variants that were there before the first run.
  init(_ job: RenderJob, _ outcome: RenderOutcome, variants: [Variant], existing: Set<String>) {
    let hasFailed = outcome.problems.contains { $0.severity == .error }
    self.init(
      path: job.source.path, job: hasFailed ? nil : JournalRenderCache.digest(of: job),
      content: outcome.source.content,
      contentReason: outcome.source.contentReason, alpha: outcome.source.alpha,
      placeholder: outcome.source.placeholder, problems: hasFailed ? [] : outcome.problems,
      variants: variants.map {
        EditJournal.RecordedVariant($0, found: existing.contains($0.path) ? true : nil)
      })
  }
}
