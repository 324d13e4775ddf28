import Dispatch

/// Work spread over Dispatch's threads, with results in the order of the input.
package enum Parallel {
  /// Maps with at most `jobs` elements in work at once. Blocks the caller.
  package static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, _ transform: @Sendable (Input) -> Output
  ) -> [Output] {
    guard jobs > 1, inputs.count > 1 else { return inputs.map(transform) }
    let next = Shared(0)
    let outputs = Shared([Output?](repeating: nil, count: inputs.count))
    DispatchQueue.concurrentPerform(iterations: min(jobs, inputs.count)) { _ in
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
    return outputs.withLock { $0.compactMap(\.self) }
  }

  /// The same, but gives up between two elements when somebody wishes to stop.
  ///
  /// - Throws: ``Cancelled``; of an array that is not complete, nothing is given back.
  package static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, cancellation: Cancellation, _ transform: @Sendable (Input) -> Output
  ) throws(Cancelled) -> [Output] {
    let outputs = map(inputs, jobs: jobs) { input in cancellation.isRaised ? nil : transform(input) }
    let complete = outputs.compactMap(\.self)
    guard complete.count == inputs.count else { throw Cancelled() }
    return complete
  }
}
