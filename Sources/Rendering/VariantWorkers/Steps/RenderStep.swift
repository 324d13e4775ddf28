import Vips

/// One step of a render: it takes what the step before it gives, and the compiler checks that it does.
///
/// ``RenderSteps`` lists them.
struct RenderStep<Input, Output>: Sendable {
  /// Its name, or the names of the steps that it consists of, in their order.
  let names: [String]
  /// Does the step.
  let run: @Sendable (Input) throws(VipsError) -> Output

  init(_ name: String, _ run: @escaping @Sendable (Input) throws(VipsError) -> Output) {
    self.init([name], run)
  }

  init(_ names: [String], _ run: @escaping @Sendable (Input) throws(VipsError) -> Output) {
    self.names = names
    self.run = run
  }

  /// This step and the next as one.
  func then<Next>(_ next: RenderStep<Output, Next>) -> RenderStep<Input, Next> {
    RenderStep<Input, Next>(names + next.names) { input throws(VipsError) in
      try next.run(run(input))
    }
  }
}
