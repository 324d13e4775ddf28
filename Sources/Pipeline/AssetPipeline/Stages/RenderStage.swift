import AssetModel
import SystemResources
import VariantPlanner
import VariantWorkers

/// A site whose variants are there.
struct RenderedSite {
  var planned: PlannedSite
  /// The site with the variants, and what the pixels told that headers could not.
  var manifest: AssetManifest
  /// What came of each job, by source.
  var outcomes: [String: RenderOutcome] = [:]
  /// Pictures that are published lighter at their own URLs; nil where that is not asked for.
  var originals: PublishedOriginals?
  /// Variants that were encoded now; the others were there already.
  var encoded = 0

  init(_ planned: PlannedSite) {
    self.planned = planned
    manifest = planned.manifest
  }

  /// Adds what came of jobs.
  mutating func add(_ outcomes: [RenderOutcome]) {
    let rendered = Dictionary(
      outcomes.map { ($0.source.sha256, $0.source) }, uniquingKeysWith: { first, _ in first })
    for index in manifest.sources.indices {
      guard let source = rendered[manifest.sources[index].sha256] else { continue }
      manifest.sources[index].content = source.content
      manifest.sources[index].contentReason = source.contentReason
      manifest.sources[index].alpha = source.alpha
      manifest.sources[index].placeholder = source.placeholder
    }
    for outcome in outcomes {
      manifest.variants += outcome.variants
      manifest.problems += outcome.problems
      encoded += outcome.encoded
    }
  }
}

/// The render stage: has the planned files made, or takes them from the cache.
enum RenderStage {
  static var stage: Stage<PlannedSite, RenderedSite> {
    Stage("render", render) { site in
      let count = site.outcomes.values.reduce(0) { $0 + $1.variants.count }
      return "\(count.counted("file")), \(site.encoded) of them encoded now"
    }
  }

  /// - Throws: `FileError`, ``PipelineError/engine(_:)``, and `Cancelled` when nothing more is written.
  private static func render(_ planned: PlannedSite, _ context: StageContext) throws -> RenderedSite {
    let configuration = planned.configuration
    let pool = RenderPool(
      root: context.pipeline.root, output: context.variants, folder: configuration.plan.folder,
      jobs: context.pipeline.jobs,
      memory: MemoryBudget(limit: configuration.memoryLimit?.bytes ?? MemoryBudget.defaultLimit),
      limits: configuration.sourceLimits, program: context.pipeline.workerProgram)
    let jobs = planned.plan.jobs.filter { planned.existing[$0.source.path] == nil }
    let progress = context.progress
    progress(.rendering(done: 0, of: jobs.count))
    let result = pool.render(jobs, cache: context.pipeline.cache, cancellation: context.cancellation) {
      progress(.rendering(done: $0.finished, of: $0.total))
    }
    try context.cancellation.check()
    if let failure = result.writeFailure { throw failure }
    if let failure = result.engineFailure { throw PipelineError.engine(failure.diagnostic) }
    var site = RenderedSite(planned)
    site.add(result.outcomes)
    site.add(Array(planned.existing.values))
    for (job, outcome) in zip(jobs, result.outcomes) { site.outcomes[job.source.path] = outcome }
    site.outcomes.merge(planned.existing) { first, _ in first }
    if site.manifest.site.kind == .html {
      site.manifest.problems += PageMarkupFit.suggestion(site.manifest, options: configuration.plan)
    }
    return site
  }
}
