import Foundation
import SystemResources
import Testing

@Suite("Work spread over threads")
struct ParallelTests {
  @Test("Results are in the order of the input", arguments: [1, 2, 7])
  func order(jobs: Int) {
    let numbers = Array(0..<500)
    #expect(Parallel.map(numbers, jobs: jobs) { $0 * 2 } == numbers.map { $0 * 2 })
  }

  #if os(Linux)
  /// Dispatch names its threads by the end of "com.apple.root.default-qos", with ".overcommit" where it starts them at once.
  /// The others it counts in /proc, and ends the program where they are not found there.
  @Test("No thread is one of those that Dispatch looks for in /proc")
  func threads() {
    let arrived = Shared(0)
    let names = Parallel.map([0, 1, 2], jobs: 3) { _ in
      arrived.withLock { $0 += 1 }
      // Each waits for the others, so that they are on three threads; a machine that starts fewer does not wait for ever.
      for _ in 0..<1000 where arrived.withLock(\.self) < 3 { usleep(10_000) }
      return (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
    }
    // The third is the one of the test itself.
    #expect(names.filter { $0.hasSuffix("overcommit\n") }.count == 2, "\(names)")
  }
  #endif

  @Test("A wish to stop is heard once, also by who comes late")
  func cancellation() {
    let cancellation = Cancellation()
    let heard = Shared(0)
    cancellation.onRaise { heard.withLock { $0 += 1 } }
    cancellation.raise()
    cancellation.raise()
    cancellation.onRaise { heard.withLock { $0 += 10 } }
    #expect(cancellation.isRaised)
    #expect(heard.withLock { $0 } == 11)
  }
}

@Suite("Stopping")
struct StoppingTests {
  @Test("Work over an array is given up between two elements", arguments: [1, 3])
  func map(jobs: Int) {
    let cancellation = Cancellation()
    let started = Shared(0)
    #expect(throws: Cancelled.self) {
      try Parallel.map(Array(0..<1000), jobs: jobs, cancellation: cancellation) { number in
        started.withLock { $0 += 1 }
        if number == 10 { cancellation.raise() }
      }
    }
    // Each thread may have been in the middle of one.
    #expect(started.withLock { $0 } <= 11 + jobs * 10)
  }

  @Test("Work that nobody stops is complete")
  func complete() throws {
    let numbers = Array(0..<100)
    #expect(try Parallel.map(numbers, jobs: 3, cancellation: Cancellation()) { -$0 } == numbers.map { -$0 })
  }

  @Test("What was forgotten is not called")
  func forgotten() {
    let cancellation = Cancellation()
    let called = Shared<[Int]>([])
    let registrations = (0..<3).map { number in
      cancellation.onRaise { called.withLock { $0.append(number) } }
    }
    cancellation.forget(registrations[1])
    cancellation.raise()
    #expect(called.withLock { $0 } == [0, 2])
  }

  @Test("A closed gate lets nothing through")
  func gate() {
    let gate = WriteGate()
    #expect(gate.pass { 1 } == 1)
    gate.close()
    #expect(gate.pass { 2 } == nil)
  }
}
