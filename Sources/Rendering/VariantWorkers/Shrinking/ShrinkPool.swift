import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantPlanner

/// What came of a picture that was to be made lighter.
package enum ShrinkResult: Sendable {
  /// A new file, with what it is.
  case lighter(RenderRecord.File, Data)
  /// Too little can be won: the fewest bytes that were found.
  case stays(bytes: Int)
  /// Nothing was made of it: a note where it is left alone, and else an error.
  case refused(Diagnostic)
}

/// Makes pictures lighter, in workers where there is a program for them. Nothing is written where the pictures are.
package struct ShrinkPool: Sendable {
  private let root: SiteRoot
  private let originals: SiteRoot?
  private let workers: Int
  private let memory: MemoryBudget
  private let limits: SourceLimits
  private let program: WorkerProgram?

  /// - Parameters:
  ///   - root: the folder that pictures are read from.
  ///   - originals: a folder with the originals of pictures that were made lighter before.
  ///   - jobs: the number of workers.
  ///   - memory: what all of them together may use.
  ///   - program: what opens the files in a process of its own; nil to open them in this one.
  package init(
    root: SiteRoot, originals: SiteRoot?, jobs: Int, memory: MemoryBudget = .unlimited, limits: SourceLimits,
    program: WorkerProgram?
  ) {
    self.root = root
    self.originals = originals
    workers = max(1, jobs)
    self.memory = memory
    self.limits = limits
    self.program = program
  }

  /// Makes what is wanted. Blocks the caller until all is done, or somebody wishes to stop.
  ///
  /// - Parameter each: is given what came of each job, by its position, one at a time; false ends the work.
  /// - Throws: ``EngineError``, and `Cancelled`.
  package func run(
    _ jobs: [ShrinkJob], cache: AssetCache, cancellation: Cancellation,
    each: @escaping @Sendable (_ position: Int, _ result: ShrinkResult) -> Bool
  ) throws {
    let crashes = CrashMemory(cache: cache)
    let deaths = ShrinkListener.deaths(of: jobs, crashes)
    for (position, death) in deaths {
      guard each(position, .refused(death.problem(of: jobs[position].source.path))) else { return }
    }
    let open = jobs.indices.filter { deaths[$0] == nil }
    try run(open.map { jobs[$0] }, cache, crashes, cancellation) { each(open[$0], $1) }
  }

  private func run(
    _ jobs: [ShrinkJob], _ cache: AssetCache, _ crashes: CrashMemory, _ cancellation: Cancellation,
    each: @escaping @Sendable (_ position: Int, _ result: ShrinkResult) -> Bool
  ) throws {
    guard !jobs.isEmpty else { return }
    let listener = ShrinkListener(jobs, crashes: crashes, each: each)
    if let program {
      let opened = limits.reads.union(jobs.map(\.source.format)).sorted { $0.rawValue < $1.rawValue }
      let setup = WorkerSetup(
        site: root.absolute(""), output: originals?.absolute(""), scratch: "", folder: "", limits: limits,
        jobs: min(workers, jobs.count), memory: memory.limit, opened: opened)
      try WorkerSupervisor(program: program, setup: setup, folder: cache.folder).run(
        jobs.map { .shrink($0) }, cancellation: cancellation, listener: listener
      ) { listener.scratch = $0 }
      if let failure = listener.failure { throw failure }
    } else {
      let queue = WorkQueue(budget: memory)
      let inProcess = InProcessShrink(jobs: jobs, queue: queue, each: each)
      let engine = ShrinkEngine(root: root, originals: originals, listener: inProcess)
      let units = jobs.indices.map { engine.unit(for: jobs[$0], number: $0) }
      queue.run(units, workers: min(workers, jobs.count), cancellation: cancellation)
    }
    try cancellation.check()
  }
}

/// Listens to workers, which are not believed unseen.
private final class ShrinkListener: WorkerListener {
  private let jobs: [ShrinkJob]
  private let crashes: CrashMemory
  private let each: (Int, ShrinkResult) -> Bool
  var scratch: ScratchFolder?
  private(set) var failure: FileError?

  init(_ jobs: [ShrinkJob], crashes: CrashMemory, each: @escaping (Int, ShrinkResult) -> Bool) {
    self.jobs = jobs
    self.crashes = crashes
    self.each = each
  }

  func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply {
    let job = jobs[task]
    switch event {
    case .rendered(_, 0, let record):
      guard let scratch, case let name = ReturnedFile.name(task: task, position: 0),
        let data = ReturnedFile.take(scratch.path + "/" + name, job.source.format, job.size, record),
        record.score.map({ $0 >= job.wish.leastTarget || record.settings.loss == .lossless }) == true
      else { return .nonsense }
      return reply(task, .lighter(record, data))
    case .superfluous(_, 0, let bytes): return reply(task, .stays(bytes: bytes))
    case .refused(_, let problem):
      guard problem.file == job.source.path else { return .nonsense }
      return reply(task, .refused(problem))
    case .unwritable(let code):
      failure = FileError("write", scratch?.path ?? "", code: code)
      return .stop
    default: return .nonsense
    }
  }

  private func reply(_ task: Int, _ result: ShrinkResult) -> WorkerReply {
    each(task, result) ? .done : .stop
  }

  func remembered(_ task: Int) -> WorkerDeath? { Self.deaths(of: [jobs[task]], crashes)[0] }

  /// How jobs ended a worker in an earlier run, by their positions: those of which any worker could not open the picture, and
  /// those that ended one here.
  static func deaths(of jobs: [ShrinkJob], _ crashes: CrashMemory) -> [Int: WorkerDeath] {
    let deathsByName = crashes.deaths(of: jobs.flatMap { [$0.source.sha256, name(of: $0)] })
    guard !deathsByName.isEmpty else { return [:] }
    return jobs.indices.reduce(into: [:]) { deaths, index in
      deaths[index] = deathsByName[jobs[index].source.sha256] ?? deathsByName[name(of: jobs[index])]
    }
  }

  /// What a job is remembered by. Encodes in full size and their scores may be too much where variants are not.
  private static func name(of job: ShrinkJob) -> String { job.source.sha256 + " shrink" }

  func lost(_ task: Int, _ death: WorkerDeath) {
    let source = jobs[task].source
    crashes.record(death, of: Self.name(of: jobs[task]))
    _ = each(task, .refused(death.problem(of: source.path)))
  }

  func weight(of task: Int) -> (cost: Double, memory: Int) {
    let job = jobs[task]
    return (job.cost, job.memory(DecoderNeeds(job.source.format)))
  }
}

/// Listens to the work in this process.
private struct InProcessShrink: RenderListener {
  let jobs: [ShrinkJob]
  let queue: WorkQueue
  let each: @Sendable (Int, ShrinkResult) -> Bool
  /// Lets one result through at a time.
  private let turn = Shared(())

  init(jobs: [ShrinkJob], queue: WorkQueue, each: @escaping @Sendable (Int, ShrinkResult) -> Bool) {
    (self.jobs, self.queue, self.each) = (jobs, queue, each)
  }

  func began(_ job: Int, _ operation: String) -> Int { 0 }
  func ended(_ unit: Int) {}
  func decoded(_ job: Int, _ facts: RenderRecord.Facts) -> RenderOrders? { nil }
  func searched(_ quality: RenderRecord.Quality, for key: String, of job: Int) {}

  func refused(_ job: Int, _ problem: Diagnostic) { tell(job, .refused(problem)) }

  func rendered(_ job: Int, _ position: Int, _ file: RenderedFile) {
    switch file.result {
    case .file(let record): tell(job, .lighter(record, file.data ?? Data()))
    case .dropped(_, let bytes): tell(job, .stays(bytes: bytes ?? 0))
    }
  }

  func failed(_ job: Int, _ position: Int, _ message: String) {
    tell(
      job, .refused(Diagnostic(.error, .encodeFailed, file: jobs[job].source.path, message: message)))
  }

  private func tell(_ job: Int, _ result: ShrinkResult) {
    let goesOn = turn.withLock { _ in each(job, result) }
    if !goesOn { queue.stop() }
  }
}
