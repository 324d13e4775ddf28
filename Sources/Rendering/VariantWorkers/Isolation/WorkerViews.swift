import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Cuts views for reports, in workers where there is a program for them.
package struct WorkerViews: Sendable {
  /// The result for one variant: a pair of pictures, nil if there is nothing to compare, or the error.
  package typealias Cut = Result<ViewStep.Pair?, ViewStep.Failure>

  private let site: SiteRoot
  private let output: SiteRoot
  private let limits: SourceLimits
  private let folder: String?
  private let program: WorkerProgram?

  /// - Parameters:
  ///   - site: the folder that sources lie in.
  ///   - output: the folder of the variants.
  ///   - folder: where workers are given a folder to write to; nil for the system's temporary folder.
  ///   - program: what opens the files in a process of its own; nil to open them in this one.
  package init(
    site: SiteRoot, output: SiteRoot, limits: SourceLimits, folder: String?, program: WorkerProgram?
  ) {
    self.site = site
    self.output = output
    self.limits = limits
    self.folder = folder
    self.program = program
  }

  /// Cuts the views of variants, each of which shows all of its source.
  ///
  /// - Parameters:
  ///   - memory: bytes that may be used; nil for no limit.
  ///   - progress: called with how many are done.
  /// - Throws: `Cancelled`
  package func cut(
    _ variants: [Variant], jobs: Int, memory: Int?, cancellation: Cancellation,
    progress: @escaping @Sendable (Int) -> Void
  ) throws(Cancelled) -> [Cut] {
    guard let program else {
      let step = ViewStep(site: site, output: output, limits: limits)
      let done = Shared(0)
      return try Parallel.map(variants, jobs: jobs, cancellation: cancellation) { variant in
        let cut = Cut { () throws(ViewStep.Failure) in try step.pair(of: variant) }
        progress(
          done.withLock { value in
            value += 1
            return value
          })
        return cut
      }
    }
    guard !variants.isEmpty else { return [] }
    let listener = Listener(variants, progress)
    let formats = limits.reads.union(variants.map(\.format))
    let setup = WorkerSetup(
      site: site.absolute(""), output: output.absolute(""), scratch: "", folder: "", limits: limits,
      jobs: jobs,
      memory: memory, opened: formats.sorted { $0.rawValue < $1.rawValue })
    do throws(EngineError) {
      try WorkerSupervisor(program: program, setup: setup, folder: folder).run(
        variants.map { .view($0) }, cancellation: cancellation, listener: listener
      ) { _ in }
    } catch {
      let failure = ViewStep.Failure(description: "\(error)")
      for index in variants.indices where listener.cuts[index] == nil {
        listener.cuts[index] = .failure(failure)
      }
    }
    let complete = listener.cuts.compactMap(\.self)
    guard complete.count == variants.count else { throw Cancelled() }
    return complete
  }

  private final class Listener: WorkerListener {
    private let variants: [Variant]
    private let progress: @Sendable (Int) -> Void
    var cuts: [Cut?]

    init(_ variants: [Variant], _ progress: @escaping @Sendable (Int) -> Void) {
      self.variants = variants
      self.progress = progress
      cuts = variants.map { _ in nil }
    }

    func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply {
      guard case .viewed(_, let pair, let failure) = event else { return .nonsense }
      let files = [pair?.before, pair?.after].compactMap(\.self)
      guard files.allSatisfy({ ReturnedFile.isSound($0, .webp, pair?.width ?? 0, pair?.height ?? 0) }) else {
        return .nonsense
      }
      take(failure.map { .failure(ViewStep.Failure(description: $0)) } ?? .success(pair), of: task)
      return .done
    }

    private func take(_ cut: Cut, of task: Int) {
      cuts[task] = cut
      progress(cuts.count { $0 != nil })
    }

    func remembered(_ task: Int) -> WorkerDeath? { nil }

    func lost(_ task: Int, _ death: WorkerDeath) {
      take(.failure(ViewStep.Failure(description: death.message)), of: task)
    }

    func weight(of task: Int) -> (cost: Double, memory: Int) {
      let variant = variants[task]
      let cost = RenderCost.encode(width: variant.width, height: variant.height, variant.settings)
      return (cost, ViewStep.memory)
    }
  }
}
