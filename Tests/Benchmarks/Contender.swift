import Foundation

/// Something that is measured several times, in turn with others.
struct Contender {
  var name: String
  /// Makes ready for a run. It is not measured.
  var prepare: () throws -> Void = {}
  /// Why it is not measured; nil where it is.
  var skipped: String?
  var run: () throws -> ChildRun = { throw CancellationError() }
}

/// What several runs of one contender cost.
struct Measurement: Codable {
  var name: String
  var runs: [ChildRun] = []
  /// Why there are no runs, or no more of them.
  var skipped: String?

  var wall: Double { runs.map(\.wall).median }
  var cpu: Double { runs.map(\.cpu).median }
  /// Of all runs, the largest.
  var peak: Int { runs.map(\.peak).max() ?? 0 }

  /// Runs all contenders in turn, `repeats` times over. One that fails is not run again.
  static func interleaved(
    _ contenders: [Contender], repeats: Int, log: (String) -> Void
  ) -> [Measurement] {
    var found = contenders.map { Measurement(name: $0.name, skipped: $0.skipped) }
    for turn in 1...max(1, repeats) {
      for (index, contender) in contenders.enumerated() where found[index].skipped == nil {
        do {
          try contender.prepare()
          let run = try contender.run()
          found[index].runs.append(run)
          log(
            "\(turn)/\(repeats) \(contender.name): \(run.wall.digits(2)) s wall, \(run.cpu.digits(2)) s CPU")
        } catch {
          found[index].skipped = "\(error)"
          log("\(turn)/\(repeats) \(contender.name): \(error)")
        }
      }
    }
    return found
  }
}

extension [Double] {
  /// The middle value, or the mean of the two in the middle; NaN where there is none.
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}

extension Double {
  func digits(_ count: Int) -> String { isFinite ? String(format: "%.\(count)f", self) : "–" }
}
