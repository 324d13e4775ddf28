import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantPlanner
import Vips

/// Makes variants: a pool of workers that decodes each source once for everything that is wanted from it.
///
/// A source is one unit of work and each of its encodes another, so that one huge image does not leave a core
/// idle at the end. Results do not depend on the number of workers, nor on whether they are threads of this process or of
/// one of their own.
package struct RenderPool: Sendable {
  private let root: SiteRoot
  private let output: String
  private let folder: String
  private let workers: Int
  private let memory: MemoryBudget
  private let limits: SourceLimits
  private let program: WorkerProgram?

  /// - Parameters:
  ///   - root: the site that sources are read from.
  ///   - output: the folder that variants' paths are relative to, absolute.
  ///   - folder: the folder below it that holds variants and nothing else.
  ///   - jobs: the number of workers.
  ///   - memory: what all of them together may use.
  ///   - limits: which sources are opened.
  ///   - program: what runs the decoders and encoders in a process of its own; nil to run them in this one, which then ends
  ///     where a hostile file ends one of them.
  package init(
    root: SiteRoot, output: String, folder: String = "assets/optimized", jobs: Int,
    memory: MemoryBudget = .unlimited, limits: SourceLimits = SourceLimits(), program: WorkerProgram? = nil
  ) {
    self.root = root
    self.output = output
    self.folder = folder
    self.workers = max(1, jobs)
    self.memory = memory
    self.limits = limits
    self.program = program
  }

  /// Renders the files of the jobs that do not exist yet. Blocks the caller until all are done, so call it on a thread
  /// that may block.
  ///
  /// An image that fails is a problem of its job, and the others go on. A file that cannot be written stops the
  /// run, because the next could not be written either.
  ///
  /// - Parameters:
  ///   - cache: the results of earlier runs; those of this run are added.
  ///   - cancellation: when it is raised the call returns at once: no unit starts any more, those in work are abandoned
  ///     and their results are discarded.
  ///   - progress: called as each job is finished, from whatever thread has finished it.
  package func render(
    _ jobs: [RenderJob],
    cache: AssetCache = AssetCache(folder: nil),
    cancellation: Cancellation? = nil,
    progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
  ) -> RenderResult {
    let queue = WorkQueue(budget: memory)
    let run = RenderRun(
      jobs: jobs,
      folder: folder,
      files: OutputFiles(output: output, folder: folder, cache: cache),
      previous: RenderCache(cache, jobs, folder: folder),
      crashes: CrashMemory(cache: cache),
      refusals: RefusalMemory(cache: cache),
      journal: RenderState(jobs),
      gate: queue.gate,
      progress: progress
    )
    let open = run.settle(workers: workers, cancellation: cancellation)
    guard !open.isEmpty, !run.journal.hasFailed, cancellation?.isRaised != true else {
      return run.journal.result()
    }
    do throws(EngineError) {
      let wanted = open.lazy.flatMap { jobs[$0].renditions }.flatMap { $0.photograph + $0.graphic }
      try Engine.check(writes: wanted.map(\.format))
      if let program {
        try render(open, of: run, with: program, cache: cache, cancellation)
      } else {
        render(open, of: run, queue, cancellation)
      }
    } catch {
      return RenderResult(outcomes: [], engineFailure: error)
    }
    return run.journal.result()
  }

  /// In this process.
  private func render(_ open: [Int], of run: RenderRun, _ queue: WorkQueue, _ cancellation: Cancellation?) {
    let engine = RenderEngine(
      root: root, folder: folder, budget: memory, listener: InProcessRender(run: run, queue: queue))
    let units = open.map { engine.unit(for: run.jobs[$0], number: $0) }
    let most = open.reduce(0) { $0 + run.jobs[$1].renditions.count }
    queue.run(units, workers: min(workers, max(1, most)), cancellation: cancellation)
  }

  /// In processes of their own.
  private func render(
    _ open: [Int], of run: RenderRun, with program: WorkerProgram, cache: AssetCache,
    _ cancellation: Cancellation?
  ) throws(EngineError) {
    let jobs = open.map { run.jobs[$0] }
    let outputFormats = jobs.flatMap(\.renditions).flatMap { $0.photograph + $0.graphic }.map(\.format)
    let most = jobs.reduce(0) { $0 + $1.renditions.count }
    let setup = WorkerSetup(
      site: root.absolute(""), scratch: "", folder: folder, limits: limits,
      jobs: min(workers, max(1, most)), memory: memory.limit,
      opened: limits.reads.union(outputFormats).sorted { $0.rawValue < $1.rawValue })
    let listener = WorkerRender(run: run, numbers: open)
    try WorkerSupervisor(program: program, setup: setup, folder: cache.folder).run(
      jobs.map { .render($0) }, cancellation: cancellation, listener: listener
    ) { listener.scratch = $0 }
    run.gate.close()
  }
}
