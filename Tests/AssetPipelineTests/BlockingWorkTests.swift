import AssetModel
import Foundation
import SystemResources
import Testing
import TestSupport

@testable import AssetPipeline

/// The calls for programs with async and await.
@Suite(.endsAtLast) struct BlockingWorkTests {
  /// A site with one image, and no cache beside the output.
  private static func site() throws -> (folder: TemporaryFolder, pipeline: Pipeline) {
    let folder = try TemporaryFolder([
      "site/_config.yml": "", "site/_posts/2026-01-02-a.md": "---\n---\n![a](/settings.png)\n",
    ])
    try folder.copy(Project.sampleBlog + "/assets/images/screens/settings.png", to: "site/settings.png")
    var configuration = Configuration()
    configuration.cache = .off
    configuration.effort = .fast
    return (folder, try Pipeline(site: folder("site"), configuration: configuration))
  }

  @Test("each call gives what the one that blocks gives")
  func results() async throws {
    let (folder, pipeline) = try Self.site()
    let manifest = try await pipeline.scan()
    #expect(manifest.references.map(\.source) == ["settings.png"])
    let result = try await pipeline.optimize(output: folder("out"))
    #expect(result.summary.postsRewritten == 1)
    let before = try folder.text("site/_posts/2026-01-02-a.md")
    #expect(try await pipeline.optimizeInPlace().summary.postsRewritten == 1)
    #expect(try folder.text("site/_posts/2026-01-02-a.md") != before)
    #expect(try await pipeline.restore().restored == ["_posts/2026-01-02-a.md"])
    #expect(try folder.text("site/_posts/2026-01-02-a.md") == before)
  }

  @Test("what the work throws is thrown")
  func errors() async throws {
    let folder = try TemporaryFolder(["a.txt": ""])
    let pipeline = try Pipeline(site: folder.path, configuration: Configuration())
    await #expect(throws: PipelineError.self) { try await pipeline.scan() }
  }

  @Test("a task that is canceled raises the wish to stop")
  func cancellation() async throws {
    let (began, goOn) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await BlockingWork.run { cancellation in
        goOn.yield()
        while !cancellation.isRaised { usleep(1_000) }
        throw PipelineError.cancelled
      }
    }
    for await _ in began { break }
    task.cancel()
    await #expect(throws: PipelineError.cancelled) { try await task.value }
  }

  @Test("a task that was canceled before writes nothing")
  func canceledBefore() async throws {
    let (folder, pipeline) = try Self.site()
    let task = Task {
      // Until this task is canceled, which it is right away.
      while !Task.isCancelled { await Task.yield() }
      return try await pipeline.optimize(output: folder("out"))
    }
    task.cancel()
    await #expect(throws: PipelineError.cancelled) { try await task.value }
    #expect(!FileManager.default.fileExists(atPath: folder("out")))
  }

  /// More calls than there are threads for tasks all wait, and the one task that lets them go on still gets its turn.
  @Test("calls that wait keep no task from running")
  func cooperation() async throws {
    let count = 2 * ProcessInfo.processInfo.activeProcessorCount + 2
    let gate = DispatchSemaphore(value: 0)
    let (waiting, begin) = AsyncStream<Void>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count {
        group.addTask {
          try await BlockingWork.run { _ in
            begin.yield()
            gate.wait()
          }
        }
      }
      group.addTask {
        var seen = 0
        for await _ in waiting {
          seen += 1
          if seen == count { break }
        }
        for _ in 0..<count { gate.signal() }
      }
      try await group.waitForAll()
    }
  }
}
