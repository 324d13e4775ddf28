import Synchronization
import SystemResources
import Testing

/// What of a log reaches its reader.
@Suite struct LoggerTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private func lines(at level: Logger.Level, _ work: (Logger) -> Void) -> [String] {
    let lines = Lines()
    work(Logger(level: level) { level, line in lines.all.withLock { $0.append("\(level) \(line)") } })
    return lines.all.withLock { $0 }
  }

  @Test(arguments: [
    (Logger.Level.debug, ["debug", "info", "warning", "error"]), (.info, ["info", "warning", "error"]),
    (.warning, ["warning", "error"]), (.error, ["error"]),
  ])
  func aLevelHoldsBackWhatMattersLess(level: Logger.Level, expected: [String]) {
    let lines = lines(at: level) { log in
      for level in Logger.Level.allCases { log(level, "line") }
    }
    #expect(lines == expected.map { "\($0) line" })
  }

  @Test func aLineThatNobodyReadsIsNotMade() {
    var count = 0
    func line() -> String {
      count += 1
      return "line"
    }
    _ = lines(at: .error) { $0(.debug, line()) }
    Logger.off(.error, line())
    #expect(count == 0)
    _ = lines(at: .error) { $0(.error, line()) }
    #expect(count == 1)
  }

  @Test func aStageTellsWhatItCameToWithItsTime() {
    let lines = lines(at: .info) { log in
      #expect(log.stage("scan", { 3 }, outcome: { "\($0) posts" }) == 3)
    }
    #expect(lines.count == 1)
    #expect(lines.first?.wholeMatch(of: /info scan: 3 posts \(\d+ ms\)/) != nil)
  }

  @Test func aStageThatFailsTellsNothing() {
    struct Failure: Error {}
    let lines = lines(at: .debug) { log in
      #expect(throws: Failure.self) {
        try log.stage("scan", { () throws(Failure) -> Int in throw Failure() }, outcome: { "\($0)" })
      }
    }
    #expect(lines.isEmpty)
  }
}
