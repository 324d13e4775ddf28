import SystemResources

/// Pages that are looked at in a browser, some at once.
enum PageVisits {
  /// Pages that are open at once.
  private static let tabs = 2

  /// Looks at each, and tells how many are done.
  ///
  /// - Throws: `Cancelled` between two pages.
  static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], cancellation: Cancellation, progress: @escaping @Sendable (PipelineProgress) -> Void,
    _ look: @escaping @Sendable (Input) -> Output
  ) throws(Cancelled) -> [Output] {
    let done = Shared(0)
    progress(.looking(done: 0, of: inputs.count))
    return try Parallel.map(inputs, jobs: tabs, cancellation: cancellation) { input in
      let output = look(input)
      let count = done.withLock { count in
        count += 1
        return count
      }
      progress(.looking(done: count, of: inputs.count))
      return output
    }
  }
}

extension Array {
  /// At most so many of the elements, spread evenly; all for nil.
  func sample(_ count: Int?) -> [Element] {
    guard let count, count < self.count else { return self }
    return (0..<count).map { self[$0 * self.count / count] }
  }
}
