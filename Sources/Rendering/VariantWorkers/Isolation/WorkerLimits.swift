import Foundation

/// How long a piece of work may take, and how much memory, before its worker counts as broken.
package struct WorkerLimits: Sendable {
  /// Seconds that a unit may run: by what it costs, as ``RenderCost`` has it, and by the load of the machine, 1 being one
  /// process a core.
  package var seconds: @Sendable (_ cost: Double, _ load: Double) -> Double
  /// Bytes that parent and worker may have in memory together: by the user's limit, and by what the costliest source in work
  /// is thought to need. Beyond them an estimate was not a little wrong.
  package var memory: @Sendable (_ limit: Int, _ needed: Int) -> Int

  package init(
    seconds: @escaping @Sendable (_ cost: Double, _ load: Double) -> Double,
    memory: @escaping @Sendable (_ limit: Int, _ needed: Int) -> Int
  ) {
    self.seconds = seconds
    self.memory = memory
  }

  /// Two minutes and sixty times what work costs: nothing that ends took a tenth of that. A search tries some ten encodes.
  package static let standard = WorkerLimits(
    seconds: { (120 + 60 * $0) * max(1, $1) },
    memory: { limit, needed in max(limit, needed) / 2 * 3 + (256 << 20) })

  /// How many processes want a core, for each core.
  static var load: Double {
    var average = 0.0
    let cores = Double(max(1, ProcessInfo.processInfo.activeProcessorCount))
    return getloadavg(&average, 1) == 1 ? average / cores : 1
  }
}
