import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantWorkers

/// The shrink stage: has the planned files made, and puts each in the place of its original as soon as it is there.
enum ShrinkRun {
  static var stage: Stage<PlannedShrink, ShrinkAccount> {
    Stage("shrink", run) { "\($0.lighter.count.counted("file")), \($0.before) bytes to \($0.after)" }
  }

  private static func run(_ plan: PlannedShrink, _ context: StageContext) throws -> ShrinkAccount {
    let (pipeline, selected) = (context.pipeline, plan.inspected.selected)
    var account = ShrinkAccount(root: pipeline.root.path, isDry: selected.options.isDry)
    if !account.isDry { removeLeftovers(of: selected, in: pipeline.root) }
    let originals = try RecoveredOriginals(plan, pipeline, context.cancellation)
    let tasks = originals.tasks
    let writer = ShrinkWriter(tasks, plan, pipeline)
    context.progress(.rendering(done: 0, of: tasks.count))
    let cache = ShrinkCache(pipeline.cache)
    let cached = cache.results(tasks.map(\.job))
    for (position, result) in cached.sorted(by: { $0.key < $1.key }) {
      try context.cancellation.check()
      guard writer.take(position, result) else { break }
    }
    let open = tasks.indices.filter { cached[$0] == nil }
    let done = Shared(cached.count)
    let pool = ShrinkPool(
      root: pipeline.root, originals: originals.folder, jobs: pipeline.jobs,
      memory: MemoryBudget(limit: pipeline.configuration.memoryLimit?.bytes ?? MemoryBudget.defaultLimit),
      limits: pipeline.configuration.sourceLimits, program: pipeline.workerProgram)
    if writer.failure == nil {
      try pool.run(open.map { tasks[$0].job }, cache: pipeline.cache, cancellation: context.cancellation) {
        cache.record($1, of: tasks[open[$0]].job)
        let goesOn = writer.take(open[$0], $1)
        context.progress(
          .rendering(
            done: done.withLock { number in
              number += 1
              return number
            }, of: tasks.count))
        return goesOn
      }
    }
    if let failure = writer.failure { throw failure }
    try writer.addRemembered()
    account.pictures = plan.inspected.sources.count + plan.inspected.settled
    account.known = plan.unchanged + originals.gone
    account.lighter = writer.lighter
    account.leftOut = PictureSelection.Reason.allCases.compactMap { reason in
      selected.selection.leftOut[reason].map {
        ShrinkAccount.LeftOut(reason: reason.rawValue, count: $0.count, first: $0.first)
      }
    }
    let problems = selected.selection.problems + plan.inspected.problems + plan.problems + originals.problems
    account.problems = (problems + writer.problems).sorted().gatheredByMessage
    return account
  }

  private static func removeLeftovers(of selected: SelectedPictures, in root: SiteRoot) {
    for path in selected.selection.leftovers { unlink(root.absolute(path)) }
  }
}

/// The originals of pictures that were made lighter and are asked for differently now, in a folder of their own.
struct RecoveredOriginals {
  /// The planned tasks; those of which the original was found start from it.
  private(set) var tasks: [PlannedShrink.Task] = []
  /// The folder; nil where nothing was recovered.
  private(set) var folder: SiteRoot?
  private(set) var problems: [Diagnostic] = []
  /// How many are left as they are, because nobody has their original.
  private(set) var gone = 0
  private let scratch: TemporaryOriginals?

  init(_ plan: PlannedShrink, _ pipeline: Pipeline, _ cancellation: Cancellation) throws {
    tasks = plan.tasks.filter { $0.record == nil }
    let wanted = plan.tasks.filter { $0.record != nil }
    guard !wanted.isEmpty else {
      scratch = nil
      return
    }
    let originals = try TemporaryOriginals()
    scratch = originals
    let folder = try SiteRoot(originals.path)
    self.folder = folder
    let store = OriginalsStore(
      root: pipeline.root, cache: pipeline.cache, repository: plan.inspected.selected.repository)
    var recovered: [(task: PlannedShrink.Task, name: String)] = []
    for task in wanted {
      guard let record = task.record else { continue }
      guard let data = store.content(of: record) else {
        gone += 1
        problems.append(.originalGone(task.source.path, "made anew as it is asked for now"))
        continue
      }
      let name = record.original + "." + task.source.format.fileExtension
      try FileAccess.write(data, to: folder.absolute(name), mode: 0o600)
      recovered.append((task, name))
    }
    let inspector = InspectionCache(
      root: folder, limits: pipeline.configuration.sourceLimits, cache: pipeline.cache,
      program: pipeline.workerProgram)
    let inspections = try inspector.inspect(
      recovered.map(\.name), jobs: pipeline.jobs, cancellation: cancellation)
    for (original, inspection) in zip(recovered, inspections) {
      guard let source = inspection.source, source.format == original.task.source.format else { continue }
      var task = original.task
      task.job = ShrinkJob(source: source, isOriginal: true, wish: task.job.wish)
      tasks.append(task)
    }
  }
}

/// A folder that goes with the object.
final class TemporaryOriginals: Sendable {
  let path: String

  init() throws(FileError) {
    let template = FileManager.default.temporaryDirectory.path + "/optimize-assets-XXXXXX"
    var name = template.utf8CString.map(\.self)
    guard mkdtemp(&name) != nil else { throw FileError("make the folder", template) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Diagnostic {
  /// Of a picture whose original nobody has.
  static func originalGone(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic(
      .warning, .originalGone, file: path,
      message: "cannot be \(what): neither git nor the cache has its original",
      advice: "fetch the whole history, as with git fetch --unshallow, then run again")
  }
}
