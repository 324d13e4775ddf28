import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Has tasks done by workers, whatever these make of it: a worker that ends too early costs the one task that ended it.
struct WorkerSupervisor {
  let program: WorkerProgram
  /// The setup of workers, except for the folder of each.
  let setup: WorkerSetup
  /// Where their folders are created; nil for the system's temporary folder.
  let folder: String?

  /// How often workers may end, one after the other, without anything having been done.
  private static let mostStarts = 3

  /// Runs all tasks, as far as possible. Blocks the caller.
  ///
  /// - Parameter listener: receives the scratch folder of each worker first.
  /// - Throws: ``EngineError/noWorker(_:)`` where no worker starts, or none stays; a `FileError` is reported in this
  ///   way, too.
  func run(
    _ tasks: [WorkerTask], cancellation: Cancellation?, listener: some WorkerListener,
    scratch: (ScratchFolder) -> Void
  ) throws(EngineError) {
    var open = Set(tasks.indices)
    var failures = 0
    while !open.isEmpty {
      let end = try session(open.sorted().map { ($0, tasks[$0]) }, cancellation, listener, scratch)
      if end.isStopped { return }
      guard let cause = end.cause else { return }
      failures = end.open.count < open.count || !end.inHand.isEmpty ? 0 : failures + 1
      open = end.open
      if failures >= Self.mostStarts {
        throw .noWorker("\(program.path): \(WorkerDeath(cause: cause).message)")
      }
      // The tasks that it had started are tried one at a time, so that the one that ended it can be identified.
      for suspect in end.inHand.keys.sorted() where open.contains(suspect) {
        if let death = listener.remembered(suspect) {
          listener.lost(suspect, death)
        } else if try !alone(suspect, tasks[suspect], cancellation, listener, scratch) {
          return
        }
        open.remove(suspect)
      }
    }
  }

  /// Has a task done by a worker of its own.
  ///
  /// - Returns: false where nothing more is wanted.
  private func alone(
    _ number: Int, _ task: WorkerTask, _ cancellation: Cancellation?, _ listener: some WorkerListener,
    _ scratch: (ScratchFolder) -> Void
  ) throws(EngineError) -> Bool {
    // What comes from outside may have hit it by chance, twice hardly.
    for isLast in [false, true] {
      let end = try session([(number, task)], cancellation, listener, scratch)
      if end.isStopped { return false }
      guard let cause = end.cause else { return true }
      let death = WorkerDeath(cause: cause, operation: end.inHand[number] ?? "")
      guard isLast || death.isOfTheSource else { continue }
      listener.lost(number, death)
      return true
    }
    return true
  }

  private func session(
    _ tasks: [(number: Int, task: WorkerTask)], _ cancellation: Cancellation?,
    _ listener: some WorkerListener, _ scratch: (ScratchFolder) -> Void
  ) throws(EngineError) -> WorkerSession.End {
    let scratchFolder: ScratchFolder
    do throws(FileError) { scratchFolder = try ScratchFolder(in: folder) } catch {
      throw .noWorker("\(error)")
    }
    scratch(scratchFolder)
    var setup = setup
    setup.scratch = scratchFolder.path
    let session = try WorkerSession(program, setup)
    let end = session.run(tasks, listener, cancellation: cancellation)
    withExtendedLifetime(scratchFolder) {}
    return end
  }
}

extension Confinement {
  /// What a worker of a program says that it is held to.
  ///
  /// - Throws: ``EngineError/noWorker(_:)``
  package static func of(_ program: WorkerProgram) throws(EngineError) -> Confinement {
    let scratch: ScratchFolder
    do throws(FileError) { scratch = try ScratchFolder(in: nil) } catch { throw .noWorker("\(error)") }
    let setup = WorkerSetup(
      site: scratch.path, scratch: scratch.path, folder: "", limits: SourceLimits(), jobs: 1, opened: [])
    let end = try WorkerSession(program, setup).run([], Nobody(), cancellation: nil)
    withExtendedLifetime(scratch) {}
    guard let held = end.confinement else {
      throw .noWorker(WorkerDeath(cause: end.cause ?? .nonsense).message)
    }
    return held
  }

  /// Listens to a worker that has nothing to do.
  private final class Nobody: WorkerListener {
    func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply { .nonsense }
    func remembered(_ task: Int) -> WorkerDeath? { nil }
    func lost(_ task: Int, _ death: WorkerDeath) {}
    func weight(of task: Int) -> (cost: Double, memory: Int) { (0, 0) }
  }
}
