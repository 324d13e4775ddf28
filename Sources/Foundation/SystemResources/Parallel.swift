import Dispatch

/// Work spread over threads, with results in the order of the input.
///
/// The threads are those of serial queues, which Dispatch starts at once, and never those of its global queues
/// (`concurrentPerform` included): on Linux it counts the running threads of global queues in `/proc`, and ends the
/// program with an illegal instruction if they are missing there. That happens in a container that sees another one's
/// `/proc`, or none.
package enum Parallel {
  /// Maps with at most `jobs` elements in work at once, one of them on the caller's thread. Blocks the caller.
  package static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, _ transform: @escaping @Sendable (Input) -> Output
  ) -> [Output] {
    guard jobs > 1, inputs.count > 1 else { return inputs.map(transform) }
    let next = Shared(0)
    let outputs = Shared([Output?](repeating: nil, count: inputs.count))
    let work: @Sendable () -> Void = {
      while true {
        let index = next.withLock { value in
          defer { value += 1 }
          return value
        }
        guard index < inputs.count else { return }
        let output = transform(inputs[index])
        outputs.withLock { $0[index] = output }
      }
    }
    let group = DispatchGroup()
    for _ in 1..<min(jobs, inputs.count) {
      DispatchQueue(label: "optimize-assets.parallel").async(group: group, execute: work)
    }
    work()
    group.wait()
    return outputs.withLock { $0.compactMap(\.self) }
  }

  /// The same, but gives up between two elements when somebody wishes to stop.
  ///
  /// - Throws: ``Cancelled``; of an array that is not complete, nothing is given back.
  package static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, cancellation: Cancellation,
    _ transform: @escaping @Sendable (Input) -> Output
  ) throws(Cancelled) -> [Output] {
    let outputs = map(inputs, jobs: jobs) { input in cancellation.isRaised ? nil : transform(input) }
    let complete = outputs.compactMap(\.self)
    guard complete.count == inputs.count else { throw Cancelled() }
    return complete
  }
}
