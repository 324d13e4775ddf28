import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantWorkers

extension Pipeline {
  /// The folder whose pictures are meant: the work tree that the first path is in, or else the first folder that is named,
  /// or else the working folder. It is what a ``Pipeline`` for ``shrink(_:cancellation:progress:)`` is to be opened with.
  ///
  /// - Parameter paths: files and folders, relative to the working folder or absolute.
  public static func shrinkRoot(of paths: [String]) -> String { ShrinkPaths.root(of: paths) }

  /// Makes pictures lighter where they lie: the fewest bytes in their own format, name and pixel size that meet what
  /// `originals:` of the configuration asks for.
  ///
  /// What is replaced can be had back with `restore`. A picture that was made lighter is never taken for an
  /// original: the ledger knows it by its digest.
  ///
  /// - Parameters:
  ///   - options: what is asked for.
  ///   - cancellation: stops the work when it is raised. Each file is then whole, old or new.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, and ``ConfigurationError`` where `changedSince` names no commit.
  public func shrink(
    _ options: ShrinkOptions, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> ShrinkAccount {
    let start = ContinuousClock.now
    defer { cache.finish() }
    let lock = options.isDry ? nil : try lockSite()
    defer { withExtendedLifetime(lock) {} }
    do {
      // Where no picture could be opened, that is told before anything else.
      _ = try Engine.loaded()
      let context = StageContext(self, cancellation, progress)
      var account = try PipelineError.whenStopped { try ShrinkStages.all.run(options, context) }
      account.problems += try NaturalSizePosts.problems(account.lighter, context)
      cache.finish()
      account.problems += cache.problems
      account.seconds = (ContinuousClock.now - start).seconds
      return account
    } catch let error as EngineError {
      throw PipelineError.engine(error.diagnostic)
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)",
        advice:
          "every picture is whole, as it was or lighter; make room and run again, or have it undone with"
          + " optimize-assets restore")
    }
  }
}
