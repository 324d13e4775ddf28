import Synchronization

/// A wish to stop, which any thread may express and every stage looks at between two pieces of work.
///
/// It is raised once and stays raised.
public final class Cancellation: Sendable {
  private struct State {
    var isRaised = false
    var handlers: [Int: @Sendable () -> Void] = [:]
    var registered = 0
  }

  /// What ``onRaise(_:)`` has registered, to be forgotten again.
  package struct Registration: Sendable {
    fileprivate let number: Int
  }

  private let state = Mutex(State())

  /// Makes one that is not raised.
  public init() {}

  /// Whether work is to stop.
  public var isRaised: Bool { state.withLock(\.isRaised) }

  /// Raises it, and calls what was registered.
  public func raise() {
    let handlers = state.withLock { state in
      guard !state.isRaised else { return [Int: @Sendable () -> Void]() }
      state.isRaised = true
      defer { state.handlers = [:] }
      return state.handlers
    }
    for (_, handler) in handlers.sorted(by: { $0.key < $1.key }) { handler() }
  }

  /// Registers what is to be called when it is raised; at once where it is raised already.
  ///
  /// - Returns: what ``forget(_:)`` takes, because one wish may outlive many pieces of work.
  @discardableResult
  package func onRaise(_ handler: @escaping @Sendable () -> Void) -> Registration {
    let (number, isRaised) = state.withLock { state in
      state.registered += 1
      if !state.isRaised { state.handlers[state.registered] = handler }
      return (state.registered, state.isRaised)
    }
    if isRaised { handler() }
    return Registration(number: number)
  }

  /// Calls no longer what was registered.
  package func forget(_ registration: Registration) {
    state.withLock { $0.handlers[registration.number] = nil }
  }

  /// Goes on only where nobody wishes to stop.
  ///
  /// - Throws: ``Cancelled``
  package func check() throws(Cancelled) {
    if isRaised { throw Cancelled() }
  }
}

/// Work that was given up because somebody wished to stop.
package struct Cancelled: Error, Hashable, Sendable {
  package init() {}
}
