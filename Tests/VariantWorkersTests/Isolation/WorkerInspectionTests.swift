import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Looks at headers in a process of their own.
@Suite(.needsOptimizeAssets) struct WorkerInspectionTests {
  private func cache(
    _ site: TestSite, _ program: WorkerProgram?, _ cache: AssetCache = AssetCache(folder: nil)
  )
    -> InspectionCache
  {
    InspectionCache(root: site.root, limits: SourceLimits(), cache: cache, program: program)
  }

  @Test func aWorkerSeesWhatThisProcessSees() throws {
    let site = try TestSite()
    _ = try site.add(Drawing.photograph(90, 60).image().jpeg(quality: 90, chroma: .full), "a.jpg")
    _ = try site.add(Drawing.screenshot(80, 40).image().png(), "b.jpeg")
    try FileAccess.write(Data("GIF89a".utf8), to: site.root.absolute("c.gif"))
    try FileAccess.write(
      Data("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), to: site.root.absolute("d.svg"))
    let paths = ["a.jpg", "b.jpeg", "c.gif", "d.svg", "gone.png"]
    let apart = try cache(site, Workers.real()).inspect(paths, jobs: 2)
    let here = try cache(site, nil).inspect(paths, jobs: 2)
    #expect(apart.map(\.source) == here.map(\.source))
    // Without the message: libvips has one buffer of errors a process, and other tests fill this one's.
    #expect(
      apart.map { $0.problems.map { "\($0.rule) \($0.severity) \($0.file)" } }
        == here.map { $0.problems.map { "\($0.rule) \($0.severity) \($0.file)" } })
    #expect(apart.map { $0.source != nil } == [true, true, false, true, false])
  }

  @Test func aFileThatEndsItsWorkerIsAnErrorAndIsRemembered() throws {
    let site = try TestSite()
    try FileAccess.write(Data("a".utf8), to: site.root.absolute("a.jp2"))
    let began = WorkerEvent.began(task: 0, unit: 1, operation: "jp2kload")
    let program = try Workers.scripted(
      [.ready(Confinement()), began], then: "kill -SEGV $$", in: site.folder)
    let memory = AssetCache(folder: nil)
    let inspections = try cache(site, program, memory).inspect(["a.jp2"], jobs: 1)
    #expect(inspections.map(\.source) == [nil])
    let message = "the decoder crashed: jp2kload, signal 11"
    #expect(inspections.flatMap(\.problems).map(\.message) == [message])
    let sha256 = ContentDigest.sha256(Data("a".utf8))
    #expect(CrashMemory(cache: memory).deaths(of: [sha256])[sha256]?.message == message)
  }

  /// Whether the kernel of this machine can hold a worker to its folders.
  private static let holdsFiles =
    (try? Workers.real()).flatMap { try? Confinement.of($0) }?.files == true

  @Test(.enabled(if: holdsFiles, "the kernel has no Landlock"))
  func aWorkerReadsNothingOutsideTheSite() throws {
    let site = try TestSite()
    let secret = try Drawing.photograph(40, 40).image().png()
    try FileAccess.write(secret, to: site.folder + "/secret.png")
    try FileAccess.write(secret, to: site.root.absolute("open.png"))
    // No scanner gives such a path; a decoder that was taken over would.
    let inspections = try cache(site, Workers.real()).inspect(["../secret.png", "open.png"], jobs: 1)
    #expect(inspections.map { $0.source != nil } == [false, true])
    #expect(inspections[0].problems.map(\.rule) == [.unreadable])
    #expect(SourceInspector(root: site.root).inspect("../secret.png").source != nil)
  }

  @Test(arguments: [ImageFormat.jp2, .jxl])
  func readersThatLibvipsDistrustsAreAskedFor(_ format: ImageFormat) throws {
    let site = try TestSite()
    let head: [UInt8] = format == .jp2 ? [0xFF, 0x4F, 0xFF, 0x51] : [0xFF, 0x0A]
    let name = "a." + format.fileExtension
    try FileAccess.write(Data(head + [0, 0]), to: site.root.absolute(name))
    let refused = SourceInspector(root: site.root).inspect(name)
    let accepted = SourceInspector(root: site.root, limits: SourceLimits(reads: [format])).inspect(name)
    #expect(accepted.problems.contains { $0.severity == .error })
    guard format.loader?.isUntrusted == true else { return #expect(refused == accepted) }
    #expect(refused.source?.width == 0)
    #expect(refused.problems.map(\.severity) == [.warning])
    #expect(refused.problems.first?.advice?.contains("formats: {read: [\(format.rawValue)]}") == true)
  }
}
