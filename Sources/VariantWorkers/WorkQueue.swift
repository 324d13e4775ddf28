import Dispatch
import Foundation
import Machine
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
  /// Does the work.
  var run: @Sendable () -> [WorkUnit]
}

/// Runs work on a number of threads of its own and returns when all of it is done, or somebody wishes to stop.
///
/// The threads are Dispatch's and never those of Swift's cooperative pool, because libvips blocks them.
final class WorkQueue: @unchecked Sendable {
  // Safe to share: everything that changes is touched only with `condition` locked.
  private let condition = NSCondition()
  private var sources: [WorkUnit] = []
  private var encodes: [WorkUnit] = []
  private var running = 0
  /// Workers that have not ended.
  private var workers = 0
  private var isStopped = false
  private var isAbandoned = false

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
      add(units)
      self.workers = max(1, workers)
    }
    for number in 1...max(1, workers) {
      DispatchQueue(label: "optimize-assets.worker-\(number)").async { [self] in
        while let unit = next() { finish(with: autoreleased(unit.run)) }
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
      // What the units hold is let go: pixels, for the most part.
      (sources, encodes) = ([], [])
      condition.broadcast()
    }
  }

  private func next() -> WorkUnit? {
    condition.withLock {
      while true {
        if isStopped { return nil }
        if let unit = encodes.popLast() ?? sources.popLast() {
          running += 1
          return unit
        }
        if running == 0 { return nil }
        condition.wait()
      }
    }
  }

  private func finish(with more: [WorkUnit]) {
    condition.withLock {
      running -= 1
      if !isStopped { add(more) }
      condition.broadcast()
    }
  }

  private func end() {
    condition.withLock {
      workers -= 1
      condition.broadcast()
    }
  }

  /// Keeps each list with its costliest unit at the end.
  private func add(_ more: [WorkUnit]) {
    for unit in more {
      switch unit.stage {
      case .source: sources.append(unit)
      case .encode: encodes.append(unit)
      }
    }
    if more.contains(where: { $0.stage == .source }) { sources.sort { $0.cost < $1.cost } }
    if more.contains(where: { $0.stage == .encode }) { encodes.sort { $0.cost < $1.cost } }
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
