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
/// idle at the end. Results do not depend on the number of workers.
package struct RenderPool: Sendable {
  private let root: SiteRoot
  private let output: String
  private let folder: String
  private let workers: Int
  private let memory: MemoryBudget

  /// - Parameters:
  ///   - root: the site that sources are read from.
  ///   - output: the folder that variants' paths are relative to, absolute.
  ///   - folder: the folder below it that holds variants and nothing else.
  ///   - jobs: the number of workers.
  ///   - memory: what all of them together may use.
  package init(
    root: SiteRoot, output: String, folder: String = "assets/optimized", jobs: Int,
    memory: MemoryBudget = .unlimited
  ) {
    self.root = root
    self.output = output
    self.folder = folder
    self.workers = max(1, jobs)
    self.memory = memory
  }

  /// Makes what the jobs want and is not there yet. Blocks the caller until all is done, so call it on a thread
  /// that may block.
  ///
  /// An image that fails is a problem of its job, and the others go on. A file that cannot be written stops the
  /// run, because the next could not be written either.
  ///
  /// - Parameters:
  ///   - cache: what earlier runs made; what this one makes goes there as well.
  ///   - cancellation: when it is raised the call returns at once: no unit starts any more, those in work are abandoned
  ///     and nothing they make is written.
  ///   - progress: called as each job is finished, from the workers' threads.
  package func render(
    _ jobs: [RenderJob],
    cache: AssetCache = AssetCache(folder: nil),
    cancellation: Cancellation? = nil,
    progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
  ) -> RenderResult {
    let run = RenderRun(
      root: root,
      folder: folder,
      files: OutputFiles(output: output, folder: folder, cache: cache),
      previous: RenderCache(cache, jobs, folder: folder),
      journal: RenderState(jobs),
      queue: WorkQueue(budget: memory),
      budget: memory,
      progress: progress
    )
    let units = jobs.enumerated().compactMap { run.unit(for: $1, number: $0) }
    if !units.isEmpty {
      do throws(EngineError) {
        let wanted = jobs.lazy.flatMap(\.renditions).flatMap { $0.photograph + $0.graphic }
        try Engine.check(writes: wanted.map(\.format))
      } catch {
        return RenderResult(outcomes: [], engineFailure: error)
      }
      let mostUnits = jobs.reduce(0) { $0 + $1.renditions.count }
      run.queue.run(units, workers: min(workers, max(1, mostUnits)), cancellation: cancellation)
    }
    return run.journal.result()
  }
}
