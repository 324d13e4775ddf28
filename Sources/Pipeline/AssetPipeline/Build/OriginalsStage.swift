import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources
import VariantWorkers

/// The stage of a build that makes each picture lighter at its own URL, in its own format and pixel size: what pages that
/// scripts render again load after a link, what feeds and stylesheets name, and what a `src` holds beside its candidates.
enum OriginalsStage {
  /// - Parameter survey: what the built site holds.
  static func stage(_ survey: CopySurvey) -> Stage<RenderedSite, RenderedSite> {
    stage { site, context in
      try OriginalsSelection(
        survey.files, site.planned.scripts.texts, site.planned.configuration,
        replaced: Set(site.planned.scripts.paths.keys), context)
    }
  }

  /// The same for the pictures of a copy of sources that a template of the site shows by their own files.
  static var ofResources: Stage<RenderedSite, RenderedSite> {
    stage { site, context in OriginalsSelection(of: site.manifest, site.planned.configuration, context) }
  }

  private static func stage(
    _ selection: @escaping (RenderedSite, StageContext) throws -> OriginalsSelection
  ) -> Stage<RenderedSite, RenderedSite> {
    Stage("originals") { site, context in
      try lighten(site, selection(site, context), context)
    } outcome: { site in
      "\(site.originals?.files.count ?? 0) of \((site.originals?.looked.count ?? 0).counted("picture")) lighter"
    }
  }

  private static func lighten(
    _ site: RenderedSite, _ selection: OriginalsSelection, _ context: StageContext
  ) throws -> RenderedSite {
    let configuration = site.planned.configuration
    guard !selection.all.isEmpty else { return site }
    var site = site
    var originals = try PublishedOriginals(output: context.variants, cache: context.pipeline.cache)
    for source in selection.all { originals.look(at: source) }
    originals.problems = selection.problems
    let tasks = tasks(selection.wanted, configuration)
    let results = try results(of: tasks, originals, configuration, context)
    for (task, result) in zip(tasks, results) {
      switch result {
      case .lighter(let file)?:
        for source in task.sources {
          originals.add(PublishedOriginals.File(original: source, sha256: file.sha256, bytes: file.bytes))
        }
      case .left(let reason)?:
        originals.problems += task.sources.map {
          Diagnostic(.note, .passedThrough, file: $0.path, message: reason)
        }
      case .stays?, nil: break
      }
    }
    site.manifest.problems += originals.problems.sorted().gatheredByMessage
    site.originals = originals
    return site
  }

  // MARK: What is wanted

  /// A picture to be looked at, with all paths that its bytes have.
  private struct Task {
    var job: ShrinkJob
    var sources: [Source]
  }

  private static func tasks(_ sources: [Source], _ configuration: Configuration) -> [Task] {
    var tasks: [Task] = []
    var positions: [ShrinkJob: Int] = [:]
    for source in sources {
      guard let wish = configuration.originals.wish(published: source, configuration) else { continue }
      // The same bytes are looked at once, whatever they are called.
      var same = ShrinkJob(source: source, wish: wish)
      same.source.path = ""
      if let position = positions[same] {
        tasks[position].sources.append(source)
      } else {
        positions[same] = tasks.count
        tasks.append(Task(job: ShrinkJob(source: source, wish: wish), sources: [source]))
      }
    }
    return tasks
  }

  // MARK: What came of it

  /// What came of a picture.
  private enum Outcome: Sendable {
    case lighter(RenderRecord.File)
    case stays
    /// It stays, and this is why.
    case left(String)

    init(_ result: ShrinkResult) {
      switch result {
      case .lighter(let file, _): self = .lighter(file)
      case .stays: self = .stays
      case .refused(let problem): self = .left(problem.message)
      }
    }
  }

  private static func results(
    of tasks: [Task], _ originals: PublishedOriginals, _ configuration: Configuration, _ context: StageContext
  ) throws -> [Outcome?] {
    let (pipeline, progress) = (context.pipeline, context.progress)
    let (cache, jobs) = (ShrinkCache(pipeline.cache), tasks.map(\.job))
    var cached = cache.results(jobs) { _, _ in false }
    for (position, result) in cached {
      guard case .lighter(let file, _) = result else { continue }
      let isThere = tasks[position].sources.allSatisfy { originals.holds($0.path, file.sha256) }
      if !isThere, originals.data(file.sha256) == nil { cached[position] = nil }
    }
    let outcomes = Shared(tasks.indices.map { cached[$0].map(Outcome.init) })
    let open = tasks.indices.filter { cached[$0] == nil }
    guard !open.isEmpty else { return outcomes.withLock { $0 } }
    let (failure, done, keep) = (Shared<FileError?>(nil), Shared(cached.count), originals.keep)
    progress(.rendering(done: cached.count, of: tasks.count))
    let pool = ShrinkPool(
      root: pipeline.root, originals: nil, jobs: pipeline.jobs,
      memory: MemoryBudget(limit: configuration.memoryLimit?.bytes ?? MemoryBudget.defaultLimit),
      limits: configuration.sourceLimits, program: pipeline.workerProgram)
    do {
      try pool.run(open.map { jobs[$0] }, cache: pipeline.cache, cancellation: context.cancellation) {
        number, result in
        cache.record(result, of: jobs[open[number]])
        do throws(FileError) {
          if case .lighter(let file, let data) = result { try keep(data, file.sha256) }
        } catch {
          failure.withLock { $0 = error }
          return false
        }
        outcomes.withLock { $0[open[number]] = Outcome(result) }
        let count = done.withLock { number in
          number += 1
          return number
        }
        progress(.rendering(done: count, of: tasks.count))
        return true
      }
    } catch let error as EngineError {
      throw PipelineError.engine(error.diagnostic)
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return outcomes.withLock { $0 }
  }
}
