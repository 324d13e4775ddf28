import AssetModel
import Dispatch
import SystemResources

// The calls of `Pipeline`, `Verifier` and `Calibrator` for programs that are written with async and await. Each does what
// its namesake does, on a thread of its own, and ends with ``PipelineError/cancelled`` where its task is canceled.

extension Pipeline {
  /// Finds every image reference of the site, and reads the headers of the files they lead to. Nothing is decoded.
  ///
  /// ```swift
  /// let manifest = try await Pipeline(site: site, configuration: Configuration()).scan()
  /// for reference in manifest.references where reference.status == .missing {
  ///   print("\(reference.post):\(reference.line): \(reference.url) leads to no file")
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - output: where a staged copy is or will be, which is not part of the site.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func scan(
    output: String? = nil, progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) async throws -> AssetManifest {
    try await BlockingWork.run { cancellation in
      try scan(output: output, cancellation: cancellation, progress: progress)
    }
  }

  /// Makes a staged copy of the site whose posts carry lighter images. The site itself is only read.
  ///
  /// ```swift
  /// let configuration = try Configuration(site: site, file: nil)
  /// let pipeline = try Pipeline(site: site, configuration: configuration)
  /// let result = try await pipeline.optimize(output: output)
  /// for problem in result.problems where problem.severity != .note { print(problem) }
  /// print(result.summary.variants, "variants,", result.summary.downloads?["phone"] ?? 0, "bytes on a phone")
  /// ```
  ///
  /// - Parameters:
  ///   - output: the folder to fill, relative to the working folder; nil for the configuration's, in the site.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func optimize(
    output: String? = nil, dryRun: Bool = false,
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) async throws -> Result {
    try await BlockingWork.run { cancellation in
      try optimize(output: output, dryRun: dryRun, cancellation: cancellation, progress: progress)
    }
  }

  /// Gives a site lighter images where it stands.
  ///
  /// ```swift
  /// _ = try await pipeline.optimizeInPlace()
  /// let restoration = try await pipeline.restore()
  /// print(restoration.restored.count, "posts have their author's bytes again")
  /// ```
  ///
  /// - Parameters:
  ///   - force: whether files are edited that have uncommitted changes, or are marked as read-only.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func optimizeInPlace(
    force: Bool = false, dryRun: Bool = false,
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) async throws -> Result {
    try await BlockingWork.run { cancellation in
      try optimizeInPlace(force: force, dryRun: dryRun, cancellation: cancellation, progress: progress)
    }
  }

  /// Gives back what runs in place replaced, and removes the variants that they made.
  ///
  /// A task that is canceled once this has begun does not stop it: half of a site restored helps nobody.
  ///
  /// - Parameters:
  ///   - only: a pattern for the posts' paths, as a line of `.gitignore`; nil for all.
  ///   - dryRun: whether to say what would be done, and do nothing.
  /// - Throws: ``PipelineError``
  public func restore(only: String? = nil, dryRun: Bool = false) async throws -> Restoration {
    try await BlockingWork.run { _ in try restore(only: only, dryRun: dryRun) }
  }
}

extension Verifier {
  /// Makes the lighter state, where the site was not edited in place, builds both, and compares them.
  ///
  /// - Parameter progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, ``ConfigurationError``
  public func verify(
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) async throws -> VerifyReport {
    try await BlockingWork.run { try verify(cancellation: $0, progress: progress) }
  }
}

extension Calibrator {
  /// Builds the site once and measures its pages. Nothing of the site is written to.
  ///
  /// - Parameter progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, ``ConfigurationError``
  public func calibrate(
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) async throws -> CalibrationReport {
    try await BlockingWork.run { try calibrate(cancellation: $0, progress: progress) }
  }
}

/// Work that blocks its thread, for callers that must not block theirs.
enum BlockingWork {
  /// Does the work on a Dispatch queue of its own, which is none of the threads that tasks share.
  ///
  /// - Parameter body: is given what is raised where the task is canceled.
  /// - Throws: what `body` throws; ``PipelineError/cancelled`` where the task was canceled before it began.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable (Cancellation) throws -> Value
  ) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "optimize-assets.blocking").async {
          continuation.resume(
            with: Swift.Result {
              guard !cancellation.isRaised else { throw PipelineError.cancelled }
              return try body(cancellation)
            })
        }
      }
    } onCancel: {
      cancellation.raise()
    }
  }
}
