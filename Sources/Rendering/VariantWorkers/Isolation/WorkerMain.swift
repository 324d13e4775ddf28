import AssetModel
import CConfinement
import Dispatch
import Foundation
import SiteFiles
import Synchronization
import SystemResources
import Vips

/// A worker's end of the channel: what the program does where it was started as one.
package enum WorkerMain {
  /// Does what a parent asks for, and ends the process.
  ///
  /// - Parameter parent: the process that started this one.
  package static func run(parent: pid_t) -> Never {
    confinement_close_from(3)
    umask(0o077)
    let channel = MessageChannel(0)
    guard Confinement.begin(parent: parent), case .setUp(let setup) = try? channel.next(WorkerCommand.self),
      let root = try? SiteRoot(setup.site), chdir(setup.scratch) == 0
    else { _exit(64) }
    // The libraries are loaded before anything is refused, and before anything of the site is read.
    try? VipsLibrary.started()
    for format in ImageFormat.allCases where !setup.opened.contains(format) { format.loader?.close() }
    let readable = [setup.site] + [setup.output].compactMap(\.self)
    let held = Confinement.holding(readable: readable, writable: setup.scratch)
    channel.send(WorkerEvent.ready(held))
    var tasks: [(Int, WorkerTask)] = []
    while let command = try? channel.next(WorkerCommand.self) {
      switch command {
      case .task(let number, let task): tasks.append((number, task))
      case .start:
        Worker(setup: setup, root: root, channel: channel).run(tasks)
        // The parent ends this process once it has heard enough.
        while true { pause() }
      case .setUp, .orders: _exit(64)
      }
    }
    _exit(0)
  }
}

/// The work itself.
private final class Worker: Sendable {
  private let setup: WorkerSetup
  private let root: SiteRoot
  private let channel: MessageChannel
  private let answers = Mutex<[Int: Answer]>([:])
  private let units = Shared(0)

  /// What a decoded source waits for.
  private final class Answer: Sendable {
    let arrival = DispatchSemaphore(value: 0)
    let orders = Shared<RenderOrders?>(nil)
  }

  init(setup: WorkerSetup, root: SiteRoot, channel: MessageChannel) {
    self.setup = setup
    self.root = root
    self.channel = channel
  }

  func run(_ tasks: [(Int, WorkerTask)]) {
    listen()
    let budget = setup.memory.map { MemoryBudget(limit: $0) } ?? .unlimited
    let engine = RenderEngine(root: root, folder: setup.folder, budget: budget, listener: self)
    let work = tasks.map { number, task -> WorkUnit in
      switch task {
      case .render(let job): engine.unit(for: job, number: number)
      case .inspect(let path): inspection(of: path, number)
      case .shrink(let job):
        ShrinkEngine(root: root, originals: setup.output.flatMap { try? SiteRoot($0) }, listener: self)
          .unit(for: job, number: number)
      case .view(let variant): view(of: variant, number)
      }
    }
    WorkQueue(budget: budget).run(work, workers: setup.jobs)
  }

  /// Receives the parent's replies on a separate thread, so that the parent never waits for this process to listen. If
  /// the parent has ended, this process ends too.
  private func listen() {
    DispatchQueue(label: "optimize-assets.commands").async { [self] in
      while case .orders(let task, let orders) = try? channel.next(WorkerCommand.self) {
        guard let answer = answers.withLock({ $0[task] }) else { continue }
        answer.orders.withLock { $0 = orders }
        answer.arrival.signal()
      }
      _exit(0)
    }
  }

  private func inspection(of path: String, _ number: Int) -> WorkUnit {
    WorkUnit(stage: .source, cost: 0) { [self] in
      let inspector = SourceInspector(root: root, limits: setup.limits)
      let operation = ImageFormat(fileName: path)?.decoder ?? ""
      let unit = began(number, operation)
      let inspection = inspector.inspect(path)
      ended(unit)
      channel.send(WorkerEvent.inspected(number, inspection))
      return []
    }
  }

  private func view(of variant: Variant, _ number: Int) -> WorkUnit {
    WorkUnit(stage: .source, cost: 0, memory: Reservation(working: ViewStep.memory)) { [self] in
      let unit = began(number, ImageFormat(fileName: variant.source)?.decoder ?? "")
      defer { ended(unit) }
      do throws(ViewStep.Failure) {
        guard let output = setup.output, let folder = try? SiteRoot(output) else {
          throw ViewStep.Failure(description: "the folder of variants is not there")
        }
        let step = ViewStep(site: root, output: folder, limits: setup.limits)
        channel.send(WorkerEvent.viewed(number, try step.pair(of: variant), failure: nil))
      } catch {
        channel.send(WorkerEvent.viewed(number, nil, failure: error.description))
      }
      return []
    }
  }
}

extension Worker: RenderListener {
  func began(_ job: Int, _ operation: String) -> Int {
    let unit = units.withLock { number in
      number += 1
      return number
    }
    channel.send(WorkerEvent.began(task: job, unit: unit, operation: operation))
    return unit
  }

  func ended(_ unit: Int) { channel.send(WorkerEvent.ended(unit: unit)) }

  func decoded(_ job: Int, _ facts: RenderRecord.Facts) -> RenderOrders? {
    let answer = Answer()
    answers.withLock { $0[job] = answer }
    defer { answers.withLock { $0[job] = nil } }
    channel.send(WorkerEvent.decoded(job, facts))
    answer.arrival.wait()
    return answer.orders.withLock(\.self)
  }

  func refused(_ job: Int, _ problem: Diagnostic) { channel.send(WorkerEvent.refused(job, problem)) }

  func searched(_ quality: RenderRecord.Quality, for key: String, of job: Int) {
    channel.send(WorkerEvent.searched(job, quality, key: key))
  }

  func rendered(_ job: Int, _ position: Int, _ file: RenderedFile) {
    switch file.result {
    case .file(let record):
      let path = setup.scratch + "/" + ReturnedFile.name(task: job, position: position)
      let code = Self.write(file.data ?? Data(), to: path)
      channel.send(
        code == 0 ? WorkerEvent.rendered(job, position: position, record) : WorkerEvent.unwritable(code))
    case .dropped(_, let bytes):
      channel.send(WorkerEvent.superfluous(job, position: position, bytes: bytes ?? 0))
    }
  }

  func failed(_ job: Int, _ position: Int, _ message: String) {
    channel.send(WorkerEvent.failed(job, position: position, message))
  }

  /// - Returns: 0, or an errno.
  private static func write(_ data: Data, to path: String) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var offset = 0
    while offset < data.count {
      let put = data.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Foundation.write(descriptor, $0 + offset, data.count - offset) } ?? 0
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { return errno }
      offset += put
    }
    return 0
  }
}
