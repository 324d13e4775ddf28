import Dispatch
import Foundation
import SystemResources
import Vips

/// A piece of work for one worker, which may turn out to need more pieces.
struct WorkUnit: Sendable {
  /// Which of two units goes first: encodes before sources, so that pixels in memory are used up before more are
  /// decoded and at most as many sources as there are workers are open at once.
  enum Stage: Int, Sendable {
    case source
    case encode
  }

  var stage: Stage
  /// Within a stage the costliest goes first; see ``RenderCost``.
  var cost: Double
  /// The memory that it asks for.
  var memory = Reservation()
  /// Does the work.
  var run: @Sendable () -> [WorkUnit]
}

/// Runs work on a number of threads of its own and returns when all of it is done, or somebody wishes to stop.
///
/// A worker takes the first unit, in the order of ``WorkUnit/stage-swift.property`` and ``WorkUnit/cost``, for which there is
/// memory. A source that needs more than there is at all waits until nothing else is in work.
///
/// The threads are Dispatch's and never those of Swift's cooperative pool, because libvips blocks them.
final class WorkQueue: @unchecked Sendable {
  // Safe to share: everything that changes is touched only with `condition` locked.
  private let condition = NSCondition()
  private var sources: [WorkUnit] = []
  private var encodes: [Encode] = []
  private var admission: Admission
  private var running = 0
  /// Workers that have not ended.
  private var workers = 0
  private var isStopped = false
  private var isAbandoned = false

  /// An encode, and what it belongs to.
  private struct Encode {
    var unit: WorkUnit
    var source: OpenSource
  }

  /// A unit that was taken from the queue.
  private enum QueuedUnit {
    case source(WorkUnit)
    case encode(Encode)

    var unit: WorkUnit {
      switch self {
      case .source(let unit): unit
      case .encode(let encode): encode.unit
      }
    }
  }

  /// - Parameter budget: the memory that all units together may ask for.
  init(budget: MemoryBudget = .unlimited) { admission = Admission(budget: budget.bytes) }

  /// What units write goes through this gate, because a unit may go on after ``run(_:workers:cancellation:)`` has
  /// returned.
  let gate = WriteGate()

  /// Runs units, and what they ask for, on `workers` threads. Blocks the caller.
  ///
  /// When `cancellation` is raised it returns at once: units that run are left to themselves, because an encoder cannot
  /// be interrupted, and ``gate`` is closed.
  func run(_ units: [WorkUnit], workers: Int, cancellation: Cancellation? = nil) {
    let registration = cancellation?.onRaise { [self] in abandon() }
    defer { if let registration { cancellation?.forget(registration) } }
    condition.withLock {
      add(units, to: nil)
      self.workers = max(1, workers)
    }
    for number in 1...max(1, workers) {
      DispatchQueue(label: "optimize-assets.worker-\(number)").async { [self] in
        while let queued = next() { finish(queued, with: autoreleased(queued.unit.run)) }
        VipsLibrary.finishThread()
        end()
      }
    }
    let isAbandoned = condition.withLock {
      while self.workers > 0, !self.isAbandoned { condition.wait() }
      return self.isAbandoned
    }
    if isAbandoned { gate.close() }
  }

  /// Starts nothing more; what runs is finished.
  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }

  private func abandon() {
    condition.withLock {
      (isStopped, isAbandoned) = (true, true)
      // The units' memory is released, which is mostly pixels.
      (sources, encodes) = ([], [])
      condition.broadcast()
    }
  }

  private func next() -> QueuedUnit? {
    condition.withLock {
      while true {
        if isStopped { return nil }
        if let queued = take() {
          running += 1
          return queued
        }
        if running == 0 { return nil }
        condition.wait()
      }
    }
  }

  /// Takes the first unit that may start. Both lists have their costliest unit at the end.
  private func take() -> QueuedUnit? {
    for index in encodes.indices.reversed() {
      let encode = encodes[index]
      guard admission.admits(encode.unit.memory, of: encode.source) else { continue }
      admission.start(encode.unit.memory, of: encode.source)
      return .encode(encodes.remove(at: index))
    }
    for index in sources.indices.reversed() where admission.admits(source: sources[index].memory) {
      admission.start(source: sources[index].memory)
      return .source(sources.remove(at: index))
    }
    return nil
  }

  private func finish(_ queued: QueuedUnit, with more: [WorkUnit]) {
    condition.withLock {
      running -= 1
      let more = isStopped ? [] : more
      switch queued {
      case .source(let unit):
        admission.end(source: unit.memory)
        add(more, to: nil)
      case .encode(let encode):
        // Before the unit ends, because what follows holds what it held.
        add(more, to: encode.source)
        admission.end(encode.unit.memory, of: encode.source)
      }
      condition.broadcast()
    }
  }

  private func end() {
    condition.withLock {
      workers -= 1
      condition.broadcast()
    }
  }

  /// - Parameter source: what encodes belong to; nil where they are the first of theirs.
  private func add(_ more: [WorkUnit], to source: OpenSource?) {
    let further = more.filter { $0.stage == .encode }
    if !further.isEmpty {
      let source = source ?? OpenSource()
      admission.open(further.map(\.memory), of: source)
      encodes += further.map { Encode(unit: $0, source: source) }
      encodes.sort { $0.unit.cost < $1.unit.cost }
    }
    guard further.count < more.count else { return }
    sources += more.filter { $0.stage == .source }
    sources.sort { $0.cost < $1.cost }
  }
}

/// Foundation's temporary objects are freed after each unit where there is an Objective-C runtime.
private func autoreleased(_ body: () -> [WorkUnit]) -> [WorkUnit] {
  #if canImport(ObjectiveC)
  return autoreleasepool(invoking: body)
  #else
  return body()
  #endif
}
