import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// What one build of the program kept, and another finds.
@Suite("The cache of another build")
struct OtherBuildTests {
  private struct Scene {
    let site: TestSite
    let source: Source
    var cache: String { site.folder + "/cache" }

    init() throws {
      site = try TestSite()
      source = try site.add(Drawing.photograph(320, 200).image().jpeg(quality: 92, chroma: .full), "a.jpg")
    }

    /// Renders into an output folder of its own, as a build does.
    func render(_ build: String, _ sharpen: Bool = false) throws -> RenderOutcome {
      let cache = AssetCache(folder: cache, build: build)
      defer { cache.finish() }
      var job = source.job(widths: [160], [.webp, .jpeg])
      for number in job.renditions.indices { job.renditions[number].sharpen = sharpen }
      let pool = RenderPool(root: site.root, output: site.folder + "/" + build, jobs: 2)
      return try #require(pool.render([job], cache: cache).outcomes.first)
    }
  }

  @Test("Encoded files serve a build that would encode the same")
  func files() throws {
    let scene = try Scene()
    let first = try scene.render("first")
    let second = try scene.render("second")
    #expect(first.encoded > 0)
    #expect(second.encoded == 0)
    #expect(first.variants == second.variants)
    // What is asked for in another way is another file, in each build.
    #expect(try scene.render("third", true).encoded > 0)
  }

  @Test("What was found out is found out anew")
  func findings() throws {
    let scene = try Scene()
    func stored(_ build: String) throws -> Bool {
      let cache = AssetCache(folder: scene.cache, build: build)
      defer { cache.finish() }
      let inspections = InspectionCache(root: scene.site.root, limits: SourceLimits(), cache: cache)
      let isKnown = cache.value(.inspections, inspections.key(of: "a.jpg", scene.source.sha256)) != nil
      _ = try inspections.inspect(["a.jpg"], jobs: 1)
      return isKnown
    }
    #expect(
      try ["first", "first", "second", "first", "second"].map(stored) == [false, true, false, true, true])
  }

  @Test("The steps come to the same each time, and are tried once for a build")
  func probe() throws {
    let folder = try TestSite().folder
    let first = AssetCache(folder: folder + "/cache", build: "a")
    let digest = RenderProbe.digest(first)
    #expect(digest.count == 64)
    #expect(RenderProbe.digest(AssetCache(folder: nil, build: "b")) == digest)
    #expect(try RenderProbe.measured() == digest)
  }
}
