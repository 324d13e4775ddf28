import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// A picture that is an ordinary error is one in the next run, too, and costs no worker.
struct RefusalMemoryTests {
  /// A program that nothing can be asked of.
  private let nobody = WorkerProgram(path: "/nowhere/optimize-assets")

  /// A picture of which the headers are whole, so that only decoding fails.
  private func truncated() throws -> Data {
    try Drawing.photograph(400, 300).image().jpeg(quality: 90, chroma: .full).prefix(9_000)
  }

  @Test(arguments: ["no picture at all", "GIF89a"])
  func aFileWithoutAPictureIsNotOpenedAgain(_ text: String) throws {
    let site = try TestSite()
    try FileAccess.write(Data(text.utf8), to: site.root.absolute("a.gif"))
    // A file that has just been written may change again without its time telling.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: site.root.absolute("a.gif"))
    let cache = AssetCache(folder: site.folder + "/cache")
    func look(_ program: WorkerProgram?) throws -> [Inspection] {
      try InspectionCache(root: site.root, limits: SourceLimits(), cache: cache, program: program)
        .inspect(["a.gif"], jobs: 1)
    }
    let first = try look(nil)
    #expect(first.flatMap(\.problems).map(\.rule) == [.undecodable])
    #expect(try look(nobody) == first)
    try FileAccess.write(Data("another text".utf8), to: site.root.absolute("a.gif"))
    #expect(try look(nobody).flatMap(\.problems).map(\.rule) == [.unreadable])
  }

  @Test func aPictureThatCannotBeDecodedIsNotTriedAgain() throws {
    let site = try TestSite()
    try FileAccess.write(truncated(), to: site.root.absolute("a.jpg"))
    let source = try #require(SourceInspector(root: site.root).inspect("a.jpg").source)
    let cache = AssetCache(folder: site.folder + "/cache")
    func render(_ source: Source, _ program: WorkerProgram?) -> RenderResult {
      RenderPool(root: site.root, output: site.folder + "/out", jobs: 1, program: program)
        .render([source.job(widths: [200], [.jpeg])], cache: cache)
    }
    let first = render(source, nil)
    #expect(first.outcomes.flatMap(\.problems).map(\.rule) == [.undecodable])
    #expect(render(source, nobody).outcomes == first.outcomes)
    var other = source
    other.sha256 = ContentDigest.sha256("others")
    #expect(render(other, nobody).engineFailure != nil)
  }

  @Test(arguments: [
    ("VipsJpeg: premature end of JPEG image", true), ("vips_tracked: out of memory --- size == 48MB", false),
    ("no space left on device", false), ("unable to open /tmp/vips-0.v", false),
  ]) func whatTheMachineLackedIsNotRemembered(_ message: String, _ isRemembered: Bool) {
    #expect(Diagnostic(.error, .undecodable, file: "a.jpg", message: message).isOfTheBytes == isRemembered)
    #expect(!Diagnostic(.error, .unreadable, file: "a.jpg", message: message).isOfTheBytes)
  }
}
