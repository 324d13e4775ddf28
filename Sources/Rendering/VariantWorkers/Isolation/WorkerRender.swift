import AssetModel
import Foundation
import SiteFiles

/// A render whose decoders and encoders run in workers: what they say is checked here before it counts.
final class WorkerRender: WorkerListener {
  private let run: RenderRun
  /// The numbers of the jobs that the tasks are.
  private let numbers: [Int]
  /// Where the files of the worker lie that is listened to.
  var scratch: ScratchFolder?

  init(run: RenderRun, numbers: [Int]) {
    self.run = run
    self.numbers = numbers
  }

  func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply {
    let reply = take(event, task, of: numbers[task])
    return run.journal.hasFailed ? .stop : reply
  }

  private func take(_ event: WorkerEvent, _ task: Int, of job: Int) -> WorkerReply {
    switch event {
    case .decoded(_, let facts):
      return run.decoded(job, facts).map { .orders($0) } ?? .stop
    case .refused(_, let problem):
      guard problem.file == run.jobs[job].source.path else { return .nonsense }
      run.refused(job, problem)
      return .done
    case .searched(_, let quality, let key):
      guard run.searches(job, key) else { return .nonsense }
      run.searched(quality, for: key)
      return .goOn
    case .rendered(_, let position, let file):
      guard let planned = run.wanted(job, position), let scratch,
        case let name = ReturnedFile.name(task: task, position: position),
        let data = ReturnedFile.take(scratch.path + "/" + name, planned, file)
      else { return .nonsense }
      return run.rendered(job, position, RenderedFile(result: .file(file), data: data)) ? .done : .goOn
    case .superfluous(_, let position, let bytes):
      guard run.wanted(job, position) != nil else { return .nonsense }
      let file = RenderedFile(result: .dropped(reason: .notSmaller, bytes: bytes))
      return run.rendered(job, position, file) ? .done : .goOn
    case .failed(_, let position, let message):
      guard run.wanted(job, position) != nil else { return .nonsense }
      return run.failed(job, position, message) ? .done : .goOn
    case .unwritable(let code):
      run.journal.fail(FileError("write", scratch?.path ?? "", code: code))
      return .stop
    case .ready, .began, .ended, .inspected, .viewed: return .nonsense
    }
  }

  func remembered(_ task: Int) -> WorkerDeath? { run.crashes.death(of: run.jobs[numbers[task]]) }

  func lost(_ task: Int, _ death: WorkerDeath) { run.lost(numbers[task], death) }

  func weight(of task: Int) -> (cost: Double, memory: Int) {
    let job = run.jobs[numbers[task]]
    return (RenderCost.all(of: job), MemoryCost.source(job).working)
  }
}
