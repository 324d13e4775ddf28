import Machine
import Testing

@Suite("Work spread over threads")
struct ParallelTests {
  @Test("Results are in the order of the input", arguments: [1, 2, 7])
  func order(jobs: Int) {
    let numbers = Array(0..<500)
    #expect(Parallel.map(numbers, jobs: jobs) { $0 * 2 } == numbers.map { $0 * 2 })
  }

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
