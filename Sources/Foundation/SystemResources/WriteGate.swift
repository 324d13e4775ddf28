import Dispatch
import Synchronization

/// A gate in front of every write of a piece of work that may be abandoned.
///
/// Computing can be left to itself when a run is stopped, for nobody sees it. A write cannot: it is waited for when it
/// is under way, and does not begin any more once the gate is closed.
package final class WriteGate: Sendable {
  private let isClosed = Mutex(false)
  private let writes = DispatchGroup()

  package init() {}

  /// Writes.
  ///
  /// - Returns: what `body` returns; nil where the gate is closed and `body` was not called.
  package func pass<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    let isOpen = isClosed.withLock { isClosed in
      if !isClosed { writes.enter() }
      return !isClosed
    }
    guard isOpen else { return nil }
    defer { writes.leave() }
    return try body()
  }

  /// Lets nothing more through and waits for the writes that are under way. Not to be called by one of them.
  package func close() {
    isClosed.withLock { $0 = true }
    writes.wait()
  }
}
