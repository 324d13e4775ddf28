import AssetCache
import AssetModel
import SystemResources
import Testing

@testable import VariantWorkers

/// Pictures that ended a worker.
@Suite struct ShrinkDeathTests {
  private static let source = Source(
    path: "gone.jpg", sha256: "abc", bytes: 9, format: .jpeg, width: 8, height: 8)

  /// What comes of a picture whose file is not there, when a death is remembered under a name.
  private static func message(_ name: String?) throws -> String {
    let cache = AssetCache(folder: nil)
    let death = WorkerDeath(cause: .crashed(signal: 11), operation: "jpegload")
    if let name { CrashMemory(cache: cache).record(death, of: name) }
    let pool = ShrinkPool(
      root: try TestSite().root, originals: nil, jobs: 1, limits: SourceLimits(), program: nil)
    let told = Shared("")
    let job = ShrinkJob(source: source, wish: ShrinkJob.Wish(target: 70))
    try pool.run([job], cache: cache, cancellation: Cancellation()) { position, result in
      if case .refused(let problem) = result, position == 0 { told.withLock { $0 = problem.message } }
      return true
    }
    return told.withLock { $0 }
  }

  @Test(arguments: ["abc", "abc shrink"])
  func areNotOpenedAgain(_ name: String) throws {
    #expect(try Self.message(name).contains("the decoder crashed: jpegload"))
  }

  @Test func othersAre() throws {
    #expect(try Self.message(nil).contains("cannot be read"))
    #expect(try Self.message("abcd").contains("cannot be read"))
  }
}
