import Foundation
import SystemResources
import Testing

@testable import VariantWorkers

@Suite("The queue of work")
struct WorkQueueTests {
  /// Records names as units come to be run.
  private final class Log: Sendable {
    let names = Shared<[String]>([])

    func unit(
      _ name: String, _ stage: WorkUnit.Stage, cost: Double, then more: [WorkUnit] = []
    ) -> WorkUnit {
      WorkUnit(stage: stage, cost: cost) { [self] in
        names.withLock { $0.append(name) }
        return more
      }
    }
  }

  @Test("Encodes come before sources, and the costliest first")
  func order() {
    let log = Log()
    let units = [
      log.unit("a", .source, cost: 1),
      log.unit(
        "b", .source, cost: 3,
        then: [log.unit("b1", .encode, cost: 1), log.unit("b2", .encode, cost: 2)]),
      log.unit("c", .source, cost: 2, then: [log.unit("c1", .encode, cost: 5)]),
    ]
    WorkQueue().run(units, workers: 1)
    #expect(log.names.withLock { $0 } == ["b", "b2", "b1", "c", "c1", "a"])
  }

  @Test("Every unit is run, whatever the number of workers", arguments: [1, 2, 7])
  func all(workers: Int) {
    let log = Log()
    let units = (0..<40).map { number in
      let more = (0..<3).map { log.unit("\(number)-\($0)", .encode, cost: Double($0)) }
      return log.unit("\(number)", .source, cost: Double(number), then: more)
    }
    WorkQueue().run(units, workers: workers)
    let names = log.names.withLock { $0 }
    #expect(names.count == 160)
    #expect(Set(names).count == 160)
  }

  @Test("Nothing starts after a wish to stop")
  func raisedBefore() {
    let (log, cancellation) = (Log(), Cancellation())
    cancellation.raise()
    WorkQueue().run([log.unit("a", .source, cost: 1)], workers: 2, cancellation: cancellation)
    #expect(log.names.withLock { $0 } == [])
  }

  @Test("A unit in work is abandoned: the call returns, the unit writes nothing and nothing follows it")
  func abandoned() {
    let (log, cancellation, queue) = (Log(), Cancellation(), WorkQueue())
    let (returned, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let written = Shared<Bool?>(nil)
    let unit = WorkUnit(stage: .encode, cost: 1) {
      cancellation.raise()
      // Were it waited for, this would never end.
      returned.wait()
      let passed: Void? = queue.gate.pass {}
      written.withLock { $0 = passed != nil }
      ended.signal()
      return [log.unit("more", .encode, cost: 1)]
    }
    queue.run([unit, log.unit("next", .source, cost: 1)], workers: 1, cancellation: cancellation)
    returned.signal()
    ended.wait()
    #expect(written.withLock { $0 } == false)
    #expect(log.names.withLock { $0 } == [])
  }

  @Test("A write that is under way is waited for")
  func writesEnd() {
    let (cancellation, queue) = (Cancellation(), WorkQueue())
    let isWhole = Shared(false)
    let unit = WorkUnit(stage: .encode, cost: 1) {
      _ = queue.gate.pass {
        cancellation.raise()
        // Time for a call that does not wait to return too early.
        usleep(50_000)
        isWhole.withLock { $0 = true }
      }
      return []
    }
    queue.run([unit], workers: 2, cancellation: cancellation)
    #expect(isWhole.withLock { $0 })
  }

  @Test("A wish to stop that comes after the work has nothing to do with it")
  func raisedAfter() {
    let (log, cancellation, queue) = (Log(), Cancellation(), WorkQueue())
    queue.run([log.unit("a", .source, cost: 1)], workers: 2, cancellation: cancellation)
    cancellation.raise()
    let passed: Void? = queue.gate.pass {}
    #expect(passed != nil)
    #expect(log.names.withLock { $0 } == ["a"])
  }
}
