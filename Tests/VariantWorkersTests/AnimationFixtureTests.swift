import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Real animations: GIF, APNG and WebP of many encoders.
@Suite(.tags(.realCorpora), .needsRealCorpora("fixtures")) struct AnimationRealCorpora {
  /// Every variant of an animation takes as long as its source and is played as often, with all frames but those that
  /// equal the one before them.
  @Test(arguments: ["apng", "gif-animated", "webp-animated"])
  func keepTheirTime(category: String) throws {
    let root = try SiteRoot(RealCorpora.path("fixtures"))
    let site = try TestSite()
    var variants = 0
    for file in try FileTree.files(below: root.absolute(category)) {
      let path = category + "/" + file.path
      let source = try #require(SourceInspector(root: root).inspect(path).source)
      guard source.content == .animation else { continue }
      let job = source.job(widths: [source.width, max(1, source.width / 3)], [.webpSmaller])
      let pool = RenderPool(root: root, output: site.output, jobs: 2)
      let outcome = try #require(pool.render([job]).outcomes.first)
      #expect(!outcome.problems.contains { $0.severity == .error }, "\(outcome.problems)")
      variants += try expectSameTime(outcome, path, root, site.output)
    }
    #expect(variants > 0)
  }

  private func expectSameTime(
    _ outcome: RenderOutcome, _ path: String, _ root: SiteRoot, _ output: String
  ) throws -> Int {
    let step = AnimationDecodeStep(
      source: outcome.source,
      loader: try #require(outcome.source.format.loader),
      data: try FileAccess.read(root.absolute(path))
    )
    var distinct = 0
    var last: [UInt8] = []
    let facts = try step.frames(failOn: .truncated) { frame, _, _ throws(VipsError) in
      let bytes = try frame.withPixels { [UInt8]($0) }
      if bytes != last { distinct += 1 }
      last = bytes
    }
    guard facts.delays.count > 1 else { return 0 }
    for variant in outcome.variants {
      let file = try FileAccess.read(output + "/" + variant.path)
      let read = try Image.openFrames(file, with: .webp, file: variant.path, failOn: .warning)
      // One picture all along is a still image.
      guard distinct > 1 else {
        #expect(read.frameCount == 1, "\(path)")
        continue
      }
      #expect(read.delays.reduce(0, +) == facts.delays.reduce(0, +), "\(path)")
      #expect(read.plays == facts.plays, "\(path)")
      if variant.width == outcome.source.width { #expect(read.frameCount == distinct, "\(path)") }
    }
    return outcome.variants.count
  }
}
