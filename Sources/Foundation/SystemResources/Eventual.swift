import Dispatch
import Synchronization

/// A value that is computed on a queue of its own while its owner goes on. Whoever needs it first waits for it.
///
/// ```swift
/// let digest = Eventual { slowDigest() }
/// startSomethingElse()
/// use(digest.value)
/// ```
package final class Eventual<Value: Sendable>: Sendable {
  private let computed = Mutex<Value?>(nil)
  private let compute: @Sendable () -> Value

  /// - Parameter compute: called once.
  package init(_ compute: @escaping @Sendable () -> Value) {
    self.compute = compute
    DispatchQueue(label: "optimize-assets.eventual").async { [self] in _ = value }
  }

  /// Blocks the caller until it is there.
  package var value: Value {
    computed.withLock { known in
      if let known { return known }
      let new = compute()
      known = new
      return new
    }
  }
}
