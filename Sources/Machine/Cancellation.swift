import Synchronization

/// A wish to stop, which any thread may express and every stage looks at between two pieces of work.
///
/// It is raised once and stays raised.
public final class Cancellation: Sendable {
  private struct State {
    var isRaised = false
    var handlers: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// Makes one that is not raised.
  public init() {}

  /// Whether work is to stop.
  public var isRaised: Bool { state.withLock(\.isRaised) }

  /// Raises it, and calls what was registered.
  public func raise() {
    let handlers = state.withLock { state in
      guard !state.isRaised else { return [] as [@Sendable () -> Void] }
      state.isRaised = true
      defer { state.handlers = [] }
      return state.handlers
    }
    for handler in handlers { handler() }
  }

  /// Registers what is to be called when it is raised; at once where it is raised already.
  package func onRaise(_ handler: @escaping @Sendable () -> Void) {
    let isRaised = state.withLock { state in
      if !state.isRaised { state.handlers.append(handler) }
      return state.isRaised
    }
    if isRaised { handler() }
  }
}
