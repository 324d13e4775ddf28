import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Renders in a process of their own.
@Suite(.needsOptimizeAssets) struct WorkerRenderTests {
  private func jobs(_ site: TestSite, count: Int = 3) throws -> [RenderJob] {
    try (0..<count).map { number in
      let image = try Drawing.photograph(240 + 40 * number, 200, seed: UInt64(number + 1)).image()
      let source = try site.add(image.jpeg(quality: 92, chroma: .full), "p\(number).jpg")
      return source.job(widths: [source.width, 120], [.webp, .jpeg])
    }
  }

  private func pool(_ site: TestSite, _ program: WorkerProgram?, output: String? = nil) -> RenderPool {
    RenderPool(root: site.root, output: output ?? site.output, jobs: 2, program: program)
  }

  @Test func aWorkerMakesWhatThisProcessMakes() throws {
    let site = try TestSite()
    let jobs = try jobs(site)
    let apart = try pool(site, Workers.real()).render(jobs)
    let files = try site.outputs()
    let within = pool(site, nil, output: site.folder + "/within").render(jobs)
    #expect(apart.engineFailure == nil)
    #expect(apart.outcomes == within.outcomes)
    #expect(files.count == apart.outcomes.reduce(0) { $0 + $1.variants.count })
    for (path, digest) in files {
      #expect(try ContentDigest.sha256(FileAccess.read(site.folder + "/within/" + path)) == digest)
    }
  }

  @Test func nothingIsStartedWhereNothingIsToBeDone() throws {
    let site = try TestSite()
    let jobs = try jobs(site)
    let cache = AssetCache(folder: nil)
    let missing = WorkerProgram(path: site.folder + "/no-such-program", limits: Workers.patient)
    #expect(pool(site, missing).render(jobs, cache: cache).engineFailure != nil)
    _ = pool(site, nil).render(jobs, cache: cache)
    #expect(pool(site, missing).render(jobs, cache: cache).engineFailure == nil)
    // Files that are in the cache alone need no decoder either.
    let other = pool(site, missing, output: site.folder + "/other").render(jobs, cache: cache)
    #expect(other.engineFailure == nil)
    #expect(other.outcomes.allSatisfy { !$0.variants.isEmpty })
  }

  @Test func aSourceThatEndsItsWorkersCostsItself() throws {
    let site = try TestSite()
    let jobs = try jobs(site, count: 6)
    let cost = RenderCost.all(of: jobs[2])
    let limits = WorkerLimits(
      seconds: { actual, _ in actual == cost ? 0 : .infinity }, memory: { _, _ in .max })
    let cache = AssetCache(folder: nil)
    let result = try pool(site, Workers.real(limits)).render(jobs, cache: cache)
    #expect(result.engineFailure == nil)
    for (number, outcome) in result.outcomes.enumerated() {
      guard number == 2 else {
        #expect(outcome.problems.isEmpty && !outcome.variants.isEmpty, "\(number)")
        continue
      }
      #expect(outcome.variants.isEmpty)
      let problem = try #require(outcome.problems.first)
      #expect((problem.severity, problem.rule, problem.file) == (.error, .undecodable, "p2.jpg"))
      #expect(problem.message == "the decoder did not come to an end: jpegload, stopped after 0 s")
    }
    // The next run knows it, and starts nothing.
    let missing = WorkerProgram(path: site.folder + "/no-such-program", limits: limits)
    let next = pool(site, missing).render(jobs, cache: cache)
    #expect(next.outcomes.map(\.problems) == result.outcomes.map(\.problems))
  }

  struct Death: CustomTestStringConvertible, Sendable {
    var end: String
    var message: String
    var isRemembered = true
    var limits = Workers.patient
    var testDescription: String { end }
  }

  @Test(
    "The cause of a worker's end is told",
    arguments: [
      Death(end: "kill -SEGV $$", message: "the decoder crashed: jp2kload, signal 11"),
      Death(end: "kill -ABRT $$", message: "the decoder crashed: jp2kload, signal 6"),
      Death(end: "exit 3", message: "the decoder ended the render worker: jp2kload, exit code 3"),
      Death(
        end: "kill -KILL $$",
        message:
          "the render worker was killed from outside: jp2kload, signal 9, as by a system that is out of memory",
        isRemembered: false),
      Death(
        end: "printf 'what is this' >&0; exec sleep 1000",
        message: "the decoder broke the render worker: jp2kload, it sent what makes no sense"),
      Death(
        end: "exec sleep 1000",
        message: "the decoder did not come to an end: jp2kload, stopped after 0 s",
        limits: WorkerLimits(seconds: { _, _ in 0.1 }, memory: { _, _ in .max })),
    ])
  func causes(_ test: Death) throws {
    let site = try TestSite()
    let job = try jobs(site, count: 1)[0]
    let program = try Workers.scripted(
      [.ready(Confinement()), .began(task: 0, unit: 1, operation: "jp2kload")], then: test.end,
      in: site.folder, limits: test.limits)
    let cache = AssetCache(folder: nil)
    let pool = RenderPool(
      root: site.root, output: site.output, jobs: 2, memory: MemoryBudget(limit: 1 << 30), program: program)
    let outcome = try #require(pool.render([job], cache: cache).outcomes.first)
    #expect(outcome.problems.map(\.message) == [test.message])
    #expect(outcome.problems.map(\.severity) == [.error])
    #expect((CrashMemory(cache: cache).death(of: job) != nil) == test.isRemembered)
  }

  @Test(
    .enabled(if: MemoryAllowance.resident != nil, "the system does not tell the memory of a process"))
  func aWorkerThatTakesTooMuchMemoryIsEnded() throws {
    try causes(
      Death(
        end: "exec sleep 1000",
        message: "the decoder took too much memory: jp2kload, stopped at 0 MiB for the whole program",
        isRemembered: false, limits: WorkerLimits(seconds: { _, _ in .infinity }, memory: { _, _ in 1 })))
  }

  @Test(arguments: [("exit 1", "exit code 1"), ("exec sleep 1000", "did not come to an end")])
  func aWorkerThatDoesNothingIsNoEndlessLoop(_ end: String, _ reason: String) throws {
    let site = try TestSite()
    let limits = WorkerLimits(seconds: { _, _ in 0.1 }, memory: { _, _ in .max })
    let program = try Workers.scripted([], then: end, in: site.folder, limits: limits)
    let result = try pool(site, program).render(jobs(site))
    #expect("\(try #require(result.engineFailure))".contains(reason))
  }

  /// Events that no sound worker sends.
  static let lies: [(String, [WorkerEvent])] = [
    ("a task that is none", [.refused(7, Diagnostic(.note, .passedThrough, file: "p0.jpg", message: "x"))]),
    ("another file's problem", [.refused(0, Diagnostic(.note, .passedThrough, file: "/etc", message: "x"))]),
    ("a file that nobody ordered", [.rendered(0, position: 0, .init(bytes: 1, sha256: "", settings: .webp))]),
    ("a position that is none", [.superfluous(0, position: -1, bytes: 3)]),
    ("an answer to another question", [.inspected(0, Inspection(source: nil, problems: []))]),
  ]

  @Test(arguments: lies.indices) func whatAWorkerSaysIsNotBelieved(_ index: Int) throws {
    let site = try TestSite()
    let program = try Workers.scripted(
      [.ready(Confinement())] + Self.lies[index].1, then: "exec sleep 1000", in: site.folder)
    let result = try pool(site, program).render(jobs(site, count: 1))
    #expect(result.engineFailure != nil || result.outcomes.allSatisfy { $0.variants.isEmpty })
    #expect(try site.outputs().isEmpty)
  }

  /// A whole conversation, about a source with one rendition in two formats.
  private func conversation(_ job: RenderJob) throws -> [[UInt8]] {
    let facts = RenderRecord.Facts(content: .photograph, contentReason: "x", alpha: false, remarks: [])
    let file = RenderRecord.File(
      bytes: 3, sha256: ContentDigest.sha256(Data([1, 2, 3])), settings: .webp, score: 50)
    let events: [WorkerEvent] = [
      .ready(Confinement()), .began(task: 0, unit: 1, operation: "jpegload"), .decoded(0, facts),
      .searched(0, RenderRecord.Quality(quality: 3, slope: 1), key: "middle x"),
      .superfluous(0, position: 1, bytes: 9), .failed(0, position: 1, "no room"),
      .rendered(0, position: 0, file),
      .refused(0, Diagnostic(.note, .passedThrough, file: job.source.path, message: "x")), .ended(unit: 1),
    ]
    return try events.map(Workers.frame)
  }

  @Test func damagedWordsOfAWorkerDoNoHarm() throws {
    let site = try TestSite()
    let jobs = try jobs(site, count: 2)
    let sound = try conversation(jobs[0])
    for seed in 0..<40 {
      var random = SplitMix(seed: UInt64(seed))
      var frames = sound
      // Words are lost, repeated and exchanged, and bytes of them are changed.
      for _ in 0..<(1 + seed % 4) {
        let (first, second) = (
          Int(random.next() % UInt64(frames.count)), Int(random.next() % UInt64(frames.count))
        )
        switch random.next() % 4 {
        case 0 where frames.count > 1: frames.remove(at: first)
        case 1: frames.insert(frames[second], at: first)
        case 2: frames.swapAt(first, second)
        default:
          frames[first][Int(random.next() % UInt64(frames[first].count))] = UInt8(
            truncatingIfNeeded: random.next())
        }
      }
      let program = try Workers.scripted(bytes: frames.flatMap(\.self), then: "exit 0", in: site.folder)
      let result = pool(site, program).render(jobs)
      #expect(result.engineFailure != nil || result.outcomes.count == 2, "seed \(seed)")
      #expect(try site.outputs().isEmpty, "seed \(seed)")
    }
  }

  @Test func aWishToStopEndsTheWorker() throws {
    let site = try TestSite()
    let program = try Workers.scripted([.ready(Confinement())], then: "exec sleep 1000", in: site.folder)
    let cancellation = Cancellation()
    let jobs = try jobs(site, count: 1)
    let pool = pool(site, program)
    let ended = DispatchGroup()
    DispatchQueue(label: "render").async(group: ended) { _ = pool.render(jobs, cancellation: cancellation) }
    cancellation.raise()
    ended.wait()
    #expect(try site.outputs().isEmpty)
  }

  @Test func nobodysScratchFolderStays() throws {
    let site = try TestSite()
    let folder = site.folder + "/cache"
    let cache = AssetCache(folder: folder)
    // A killed program left one, long ago.
    try FileAccess.write(Data("x".utf8), to: folder + "/optimize-assets-scratch-AbCdEf/0-0")
    let past = Date(timeIntervalSinceNow: -3600)
    try FileManager.default.setAttributes(
      [.modificationDate: past], ofItemAtPath: folder + "/optimize-assets-scratch-AbCdEf")
    _ = try pool(site, Workers.real()).render(jobs(site), cache: cache)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(!names.contains { $0.contains("scratch-") }, "\(names)")
  }
}
