import SystemResources
import Testing

@Suite struct EventualTests {
  /// However many ask, and whoever comes first.
  @Test func aValueIsComputedOnce() {
    let count = Shared(0)
    let eventual = Eventual {
      count.withLock { count in
        count += 1
        return count
      }
    }
    let values = Parallel.map(Array(0..<20), jobs: 4) { _ in eventual.value }
    #expect(values == Array(repeating: 1, count: 20))
    #expect(count.withLock(\.self) == 1)
  }
}
