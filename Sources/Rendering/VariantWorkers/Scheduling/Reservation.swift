/// The memory that a unit of work asks for before it starts.
struct Reservation: Hashable, Sendable {
  /// Bytes that it needs while it runs, beside what it holds. Of a source that is all there is: it has to be enough for
  /// its decode, and afterwards for the pixels of all of its encodes and the costliest of them.
  var working = 0
  /// Bytes of pixels that it holds from its creation until it ends. Several units can share them.
  var holds: [ObjectIdentifier: Int] = [:]
}

/// The unfinished encodes of one source, and the memory reserved for them.
///
/// That is enough for what they hold and for the costliest of them to run, so an encode of an open source can always
/// start, and no two sources wait for each other's memory.
final class OpenSource {
  private var held: [ObjectIdentifier: (bytes: Int, count: Int)] = [:]
  /// What each of the units that have not ended needs to run.
  private var workings: [Int: Int] = [:]
  private var running = 0
  private var heldBytes = 0

  /// Reserved bytes.
  var claim: Int { claim(running) }

  /// Reserved bytes once a further unit runs.
  func claim(starting unit: Reservation) -> Int { claim(running + unit.working) }

  private func claim(_ running: Int) -> Int { heldBytes + max(running, workings.keys.max() ?? 0) }

  var isDone: Bool { workings.isEmpty }

  func add(_ unit: Reservation) {
    workings[unit.working, default: 0] += 1
    for (image, bytes) in unit.holds {
      held[image, default: (bytes, 0)].count += 1
      if held[image]?.count == 1 { heldBytes += bytes }
    }
  }

  func start(_ unit: Reservation) { running += unit.working }

  /// Takes a unit out that has ended.
  func end(_ unit: Reservation) {
    running -= unit.working
    if let count = workings[unit.working] { workings[unit.working] = count > 1 ? count - 1 : nil }
    for (image, bytes) in unit.holds {
      guard let old = held[image] else { continue }
      held[image] = old.count > 1 ? (old.bytes, old.count - 1) : nil
      if old.count == 1 { heldBytes -= bytes }
    }
  }
}

/// Who may start, by the memory that there is.
struct Admission {
  /// Bytes that all units together may need.
  let budget: Int
  /// What running sources and open ones have been given.
  private(set) var reserved = 0
  /// Sources that run, and those that are open.
  private var inWork = 0

  init(budget: Int) { self.budget = budget }

  /// Whether a source may start: it fits, or nothing is in work that could be waited for.
  func admits(source: Reservation) -> Bool { inWork == 0 || source.working <= budget - reserved }

  /// Whether an encode may start: it fits, or runs within the reservation of its source.
  func admits(_ unit: Reservation, of source: OpenSource) -> Bool {
    let more = source.claim(starting: unit) - source.claim
    return more <= 0 || more <= budget - reserved
  }

  mutating func start(source: Reservation) {
    reserved += source.working
    inWork += 1
  }

  mutating func start(_ unit: Reservation, of source: OpenSource) {
    change(source) { $0.start(unit) }
  }

  /// A source has been decoded; its encodes are added next.
  mutating func end(source: Reservation) {
    reserved -= source.working
    inWork -= 1
  }

  /// Encodes are there that belong to a source.
  mutating func open(_ units: [Reservation], of source: OpenSource) {
    if source.isDone { inWork += 1 }
    change(source) { source in units.forEach(source.add) }
  }

  /// An encode has ended.
  mutating func end(_ unit: Reservation, of source: OpenSource) {
    change(source) { $0.end(unit) }
    if source.isDone { inWork -= 1 }
  }

  private mutating func change(_ source: OpenSource, _ body: (OpenSource) -> Void) {
    reserved -= source.claim
    body(source)
    reserved += source.claim
  }
}
