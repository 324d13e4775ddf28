import Foundation
import SystemResources
import Testing

@testable import VariantWorkers

@Suite("Work waits for memory")
struct AdmissionTests {
  /// Counts the bytes that units use, and notes when they are too many.
  private final class Meter: Sendable {
    struct State {
      var held = 0
      var peak = 0
      var ran: [String] = []
      var running: Set<String> = []
      /// The names of units beside which others ran.
      var accompanied: Set<String> = []
    }

    let state = Shared(State())
    private let images = Shared<[Pixels]>([])

    /// Stands for pixels: something that units can hold together.
    final class Pixels: Sendable {}

    func pixels() -> ObjectIdentifier {
      let pixels = Pixels()
      images.withLock { $0.append(pixels) }
      return ObjectIdentifier(pixels)
    }

    func unit(
      _ name: String, _ stage: WorkUnit.Stage, cost: Double, _ memory: Reservation, then more: [WorkUnit] = []
    ) -> WorkUnit {
      WorkUnit(stage: stage, cost: cost, memory: memory) { [self] in
        state.withLock { state in
          state.ran.append(name)
          state.running.insert(name)
          if state.running.count > 1 { state.accompanied.formUnion(state.running) }
          state.held += memory.working
          state.peak = max(state.peak, state.held)
        }
        // Time for others to start that should not.
        usleep(300)
        state.withLock { state in
          state.running.remove(name)
          state.held -= memory.working
          // Pixels that its encodes hold are there from now on.
          state.held += more.reduce(0) { $0 + $1.memory.holds.values.reduce(0, +) }
          state.held -= memory.holds.values.reduce(0, +)
          state.peak = max(state.peak, state.held)
        }
        return more
      }
    }

    /// Sources with three encodes each, of which each has pixels of its own.
    func sources(_ count: Int, decode: Int, pixels bytes: Int, encode: Int) -> [WorkUnit] {
      (0..<count).map { number in
        let encodes = (0..<3).map { index in
          unit(
            "\(number)-\(index)", .encode, cost: Double(index),
            Reservation(working: encode, holds: [pixels(): bytes]))
        }
        let whole = max(decode, 3 * bytes + encode)
        return unit(
          "\(number)", .source, cost: Double(number % 5), Reservation(working: whole), then: encodes)
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var decode: Int
    var pixels: Int
    var encode: Int
    var budget: Int
    var workers: Int
    var testDescription: String {
      "decode \(decode), pixels \(pixels), encode \(encode), budget \(budget), \(workers) workers"
    }
  }

  @Test(
    "All units are run, and together they need no more than there is",
    arguments: [
      Case(decode: 100, pixels: 10, encode: 50, budget: 1000, workers: 4),
      Case(decode: 100, pixels: 10, encode: 50, budget: 130, workers: 4),
      // Two sources fit side by side only while neither has more than one encode in work.
      Case(decode: 10, pixels: 10, encode: 70, budget: 200, workers: 6),
      Case(decode: 80, pixels: 10, encode: 70, budget: 100, workers: 3),
      Case(decode: 100, pixels: 0, encode: 100, budget: 100, workers: 2),
    ])
  func budget(_ test: Case) {
    let meter = Meter()
    let units = meter.sources(12, decode: test.decode, pixels: test.pixels, encode: test.encode)
    WorkQueue(budget: MemoryBudget(bytes: test.budget)).run(units, workers: test.workers)
    let state = meter.state.withLock { $0 }
    #expect(Set(state.ran).count == 48)
    #expect(state.ran.count == 48)
    #expect(state.peak <= test.budget)
    #expect(state.held == 0)
  }

  @Test("What needs more than there is runs alone, and everything is run", arguments: [1, 2, 5])
  func alone(workers: Int) {
    let meter = Meter()
    let small = meter.sources(6, decode: 30, pixels: 5, encode: 20)
    let large = meter.unit(
      "large", .source, cost: 9, Reservation(working: 500),
      then: (0..<3).map { index in
        meter.unit(
          "large-\(index)", .encode, cost: 1, Reservation(working: 400, holds: [meter.pixels(): 300]))
      })
    WorkQueue(budget: MemoryBudget(bytes: 100)).run([large] + small, workers: workers)
    let state = meter.state.withLock { $0 }
    #expect(state.ran.count == 28)
    #expect(state.accompanied.allSatisfy { !$0.hasPrefix("large") })
  }

  @Test("The first unit in order that fits is taken")
  func order() {
    let meter = Meter()
    // The encode that follows is too large to run beside anything, so no source starts before it has ended.
    let encode = meter.unit("a-0", .encode, cost: 1, Reservation(working: 90))
    let units = [
      meter.unit("a", .source, cost: 3, Reservation(working: 90), then: [encode]),
      meter.unit("b", .source, cost: 2, Reservation(working: 50)),
      meter.unit("c", .source, cost: 1, Reservation(working: 10)),
    ]
    WorkQueue(budget: MemoryBudget(bytes: 100)).run(units, workers: 2)
    let state = meter.state.withLock { $0 }
    // "c" fits beside all of them, so it may come at any time; "b" fits beside neither "a" nor its encode.
    let order = state.ran.filter { $0 != "c" }
    #expect(order == ["a", "a-0", "b"])
    #expect(state.ran.count == 4)
    #expect(state.peak <= 100)
  }

  @Test("Pixels that several units hold count once")
  func shared() {
    final class Pixels {}
    let (one, other) = (Pixels(), Pixels())
    let source = OpenSource()
    let unit = Reservation(working: 10, holds: [ObjectIdentifier(one): 100])
    source.add(unit)
    source.add(unit)
    source.add(Reservation(working: 30, holds: [ObjectIdentifier(one): 100, ObjectIdentifier(other): 7]))
    #expect(source.claim == 107 + 30)
    source.start(unit)
    #expect(source.claim == 107 + 30)
    #expect(source.claim(starting: Reservation(working: 30)) == 107 + 40)
    source.end(unit)
    source.start(Reservation(working: 30))
    source.end(Reservation(working: 30, holds: [ObjectIdentifier(one): 100, ObjectIdentifier(other): 7]))
    #expect(source.claim == 100 + 10)
    source.start(unit)
    source.end(unit)
    #expect(source.claim == 0)
    #expect(source.isDone)
  }

  @Test(
    "A limit leaves what the process does not have yet, less a part for fragments",
    arguments: [(limit: 1000, resident: 0, expected: 800), (1000, 500, 400), (100, 500, 1)])
  func limit(_ test: (limit: Int, resident: Int, expected: Int)) {
    #expect(MemoryBudget(limit: test.limit, resident: test.resident).bytes == test.expected)
  }
}
