import Dispatch
import Foundation
import Synchronization
import SystemResources

/// What is done about what a worker says.
protocol WorkerListener: AnyObject {
  /// An event of a task.
  ///
  /// - Parameter task: among all tasks of the call, not of this worker.
  func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply
  /// How an earlier run ended with the same task; nil for one that may be tried.
  func remembered(_ task: Int) -> WorkerDeath?
  /// A task has ended a worker that had nothing else to do.
  func lost(_ task: Int, _ death: WorkerDeath)
  /// What a task costs, as ``RenderCost`` has it, and the bytes of memory that it is thought to need.
  func weight(of task: Int) -> (cost: Double, memory: Int)
}

/// What follows an event.
enum WorkerReply {
  case goOn
  /// To a source that is decoded; without a file that is missing the task is done.
  case orders(RenderOrders)
  /// The task is done.
  case done
  /// Nothing more is wanted of any task.
  case stop
  /// No sound worker sends that.
  case nonsense
}

/// One worker process and the tasks that it is given, until they are done or it has ended.
final class WorkerSession: Sendable {
  /// How it ended.
  struct End {
    /// Tasks that are not done.
    var open: Set<Int>
    /// Tasks that a unit was running of, and what it was doing.
    var inHand: [Int: String] = [:]
    /// Why it ended before its time; nil where all is done, or somebody wished to stop.
    var cause: WorkerDeath.Cause?
    var isStopped = false
    /// Its report about itself at the start.
    var confinement: Confinement?
  }

  /// What tasks cost, and the memory that they are thought to need.
  private typealias Weights = [Int: (cost: Double, memory: Int)]

  private struct Unit {
    var task: Int
    var operation: String
    var seconds = 0.0
  }

  private struct State {
    var units: [Int: Unit] = [:]
    /// Whether the parent waits for a word. While it does something itself, a worker may have to wait.
    var isListening = false
    /// Seconds in which nothing ran.
    var idle = 0.0
    var isStopped = false
    /// Why the watch has ended it.
    var verdict: WorkerDeath.Cause?
  }

  private let process: WorkerProcess
  private let setup: WorkerSetup
  private let limits: WorkerLimits
  private let state = Mutex(State())

  /// Starts a worker.
  ///
  /// - Throws: ``EngineError/noWorker(_:)``
  init(_ program: WorkerProgram, _ setup: WorkerSetup) throws(EngineError) {
    process = try WorkerProcess(program, scratch: setup.scratch)
    self.setup = setup
    limits = program.limits
  }

  /// Has tasks done. Blocks the caller, on whose thread the listener is called.
  func run(
    _ tasks: [(number: Int, task: WorkerTask)], _ listener: some WorkerListener, cancellation: Cancellation?
  ) -> End {
    let registration = cancellation?.onRaise { [self] in
      state.withLock { $0.isStopped = true }
      process.kill()
    }
    let weights = tasks.reduce(into: Weights()) { $0[$1.number] = listener.weight(of: $1.number) }
    let watch = watch(weights)
    var end = End(open: Set(tasks.map(\.number)))
    tell(tasks)
    do throws(MessageChannel.Nonsense) {
      while !(end.open.isEmpty && end.confinement != nil), let event = try next() {
        guard take(event, listener, weights, &end) else { break }
      }
    } catch {
      end.cause = .nonsense
    }
    watch.cancel()
    process.kill()
    // Nothing is wanted of it any more, so its end says something only where it came before ours.
    let status = process.wait()
    if let registration { cancellation?.forget(registration) }
    let left = state.withLock(\.self)
    end.isStopped = end.isStopped || left.isStopped
    guard !end.isStopped, !end.open.isEmpty || end.confinement == nil else { return end }
    for unit in left.units.values {
      let others = end.inHand[unit.task].map { $0 == unit.operation ? "" : $0 + " or " } ?? ""
      end.inHand[unit.task] = others + unit.operation
    }
    end.cause = end.cause ?? left.verdict ?? Self.cause(status)
    return end
  }

  private func tell(_ tasks: [(number: Int, task: WorkerTask)]) {
    let channel = process.channel
    // A worker that has ended is noticed when it is listened to.
    channel.send(WorkerCommand.setUp(setup))
    for (number, task) in tasks { channel.send(WorkerCommand.task(number, task)) }
    channel.send(WorkerCommand.start)
  }

  private func next() throws(MessageChannel.Nonsense) -> WorkerEvent? {
    state.withLock { $0.isListening = true }
    defer {
      state.withLock { state in
        (state.isListening, state.idle) = (false, 0)
      }
    }
    return try process.channel.next(WorkerEvent.self)
  }

  /// - Returns: whether to go on.
  private func take(
    _ event: WorkerEvent, _ listener: some WorkerListener, _ weights: Weights, _ end: inout End
  ) -> Bool {
    let reply: WorkerReply
    switch event {
    case .ready(let confinement):
      end.confinement = confinement
      return true
    case .began(let task, let unit, let operation):
      guard end.open.contains(task) else { return nonsense(&end) }
      let started = Unit(task: task, operation: String(operation.prefix(40)))
      let hasTime = limits.seconds(weights[task]?.cost ?? 0, 1) > 0
      let count = state.withLock { state in
        state.units[unit] = started
        if !hasTime { (state.units, state.verdict) = ([unit: started], .hung(seconds: 0)) }
        return state.units.count
      }
      // As many as there are threads.
      return count <= setup.jobs ? hasTime : nonsense(&end)
    case .ended(let unit):
      state.withLock { $0.units[unit] = nil }
      return true
    case .inspected(let task, _), .viewed(let task, _, _), .decoded(let task, _), .refused(let task, _),
      .searched(let task, _, _), .rendered(let task, _, _), .superfluous(let task, _, _),
      .failed(let task, _, _):
      guard end.open.contains(task) else { return nonsense(&end) }
      reply = listener.receive(event, of: task)
      switch reply {
      case .orders(let orders):
        process.channel.send(WorkerCommand.orders(task, orders))
        if orders.missing.isEmpty { end.open.remove(task) }
      case .done: end.open.remove(task)
      default: break
      }
    case .unwritable:
      reply = end.open.first.map { listener.receive(event, of: $0) } ?? .stop
    }
    switch reply {
    case .goOn, .orders, .done: return true
    case .nonsense: return nonsense(&end)
    case .stop:
      end.isStopped = true
      return false
    }
  }

  private func nonsense(_ end: inout End) -> Bool {
    end.cause = .nonsense
    return false
  }

  private static func cause(_ status: Int32?) -> WorkerDeath.Cause {
    guard let status else { return .nonsense }
    let signal = status & 0x7F
    guard signal != 0 else { return .exited(status: status >> 8 & 0xFF) }
    return [SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT].contains(signal)
      ? .killed(signal: signal) : .crashed(signal: signal)
  }

  // MARK: The watch

  /// Looks twice a second at how long units take, and at the memory. A program that was stopped for a while, as a notebook
  /// that is closed, does not count the time.
  private func watch(_ weights: Weights) -> DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "optimize-assets.watch"))
    let last = Shared(ContinuousClock.now)
    timer.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(500))
    timer.setEventHandler { [self] in
      let passed = last.withLock { last in
        let now = ContinuousClock.now
        defer { last = now }
        return min(1, (now - last) / .seconds(1))
      }
      look(after: passed, weights)
    }
    timer.resume()
    return timer
  }

  private func look(after passed: Double, _ weights: Weights) {
    let load = WorkerLimits.load
    let resident = setup.memory.flatMap { _ in process.resident }
    let verdict = state.withLock { state -> WorkerDeath.Cause? in
      var verdict: WorkerDeath.Cause?
      var needed = 0
      let passed = state.isListening ? passed : 0
      if state.units.isEmpty {
        state.idle += passed
        let limit = limits.seconds(0, load)
        if state.idle > limit { verdict = .hung(seconds: Int(limit)) }
      }
      for (number, unit) in state.units {
        state.units[number]?.seconds += passed
        let limit = limits.seconds(weights[unit.task]?.cost ?? 0, load)
        if unit.seconds + passed > limit {
          verdict = .hung(seconds: Int(limit))
          // The others were not in the way.
          state.units = state.units.filter { $0.key == number }
          break
        }
        needed = max(needed, weights[unit.task]?.memory ?? 0)
      }
      if verdict == nil, let resident, let memory = setup.memory, !state.units.isEmpty {
        let ours = MemoryAllowance.resident ?? 0
        let limit = limits.memory(memory + ours, needed + ours)
        if resident + ours > limit { verdict = .memory(limit: limit) }
      }
      if let verdict { state.verdict = verdict }
      return verdict
    }
    if verdict != nil { process.kill() }
  }
}
