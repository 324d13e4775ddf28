import SystemResources

/// One stage of a command: it takes what the stage before it gives, and the compiler checks that it does.
///
/// ``Stages`` lists them.
struct Stage<Input, Output> {
  /// Its name, or the names of the stages that it consists of, in their order.
  let names: [String]
  /// Does the stage's work.
  let run: (Input, StageContext) throws -> Output

  /// - Parameters:
  ///   - name: what `--verbose` calls it.
  ///   - work: what it does.
  ///   - outcome: what it came to, for the log.
  init(
    _ name: String, _ work: @escaping (Input, StageContext) throws -> Output,
    outcome: @escaping (Output) -> String
  ) {
    self.init([name]) { input, context in
      try context.cancellation.check()
      return try context.pipeline.log.stage(name) {
        try work(input, context)
      } outcome: {
        outcome($0)
      }
    }
  }

  private init(_ names: [String], _ run: @escaping (Input, StageContext) throws -> Output) {
    self.names = names
    self.run = run
  }

  /// This stage and the next as one.
  func then<Next>(_ next: Stage<Output, Next>) -> Stage<Input, Next> {
    Stage<Input, Next>(names + next.names) { input, context in
      try next.run(run(input, context), context)
    }
  }
}

/// What all stages of a command are given.
struct StageContext {
  /// The site, what the user chose, the cache and the log.
  let pipeline: Pipeline
  /// The folder of a staged copy, absolute: it is no part of the site.
  let output: String
  /// The folder that the paths of variants are relative to, absolute.
  let variants: String
  let cancellation: Cancellation
  let progress: @Sendable (PipelineProgress) -> Void

  /// - Parameters:
  ///   - output: the folder of a staged copy, absolute; nil for the configuration's.
  ///   - variants: the folder that the paths of variants are relative to, absolute; nil for that of the copy.
  init(
    _ pipeline: Pipeline, output: String? = nil, variants: String? = nil, _ cancellation: Cancellation,
    _ progress: @escaping @Sendable (PipelineProgress) -> Void
  ) {
    self.pipeline = pipeline
    self.output = output ?? pipeline.absoluteOutput(nil)
    self.variants = variants ?? self.output
    self.cancellation = cancellation
    self.progress = progress
  }
}
