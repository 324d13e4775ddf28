import AssetModel
import Foundation
import SiteFiles
import Testing

@testable import VariantWorkers
@testable import Vips

struct ViewStepTests {
  private func step(_ site: TestSite) throws -> ViewStep {
    ViewStep(site: site.root, output: try SiteRoot(site.output), limits: SourceLimits())
  }

  private func pixels(_ data: Data) throws -> (width: Int, height: Int, bytes: [UInt8]) {
    let image = try Image.open(data, with: .webp, file: "part", failOn: .warning)
    return (image.width, image.height, try image.withPixels { [UInt8]($0) })
  }

  private func difference(_ pair: ViewStep.Pair) throws -> Double {
    let (before, after) = (try pixels(pair.before), try pixels(pair.after))
    #expect((before.width, before.height) == (pair.width, pair.height))
    #expect((after.width, after.height) == (pair.width, pair.height))
    let sum = zip(before.bytes, after.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(before.bytes.count)
  }

  /// Both show the same place, however the source is stored. A shift by a pixel would make a difference of 10 and more.
  @Test(arguments: 1...8) func bothShowTheSamePlace(_ orientation: Int) throws {
    let site = try TestSite()
    let reverse = [6: 8, 8: 6][orientation] ?? orientation
    let picture = try Drawing.screenshot(1501, 1101).image().oriented(reverse)
    let source = try site.add(picture.jpeg(orientation: orientation), "a.jpg")
    let variants = try site.render(source, widths: [900, 300], [.webp, .png]).variants
    #expect(!variants.isEmpty)
    for variant in variants {
      let pair = try #require(try step(site).pair(of: variant))
      #expect((pair.width, pair.height) == (min(480, variant.width), min(320, variant.height)))
      #expect(try difference(pair) < 5, "\(variant.path)")
    }
  }

  @Test func transparencyStays() throws {
    let site = try TestSite()
    let picture = Drawing(width: 600, height: 400, bands: 4) { x, y in
      x > 300 ? [UInt8(x % 200), 90, UInt8(y % 200), 255] : [0, 0, 0, 0]
    }
    let source = try site.add(picture.image().png(), "a.png")
    let outcome = try site.render(source, widths: [400], [.webp])
    let variant = try #require(outcome.variants.first)
    let pair = try #require(try step(site).pair(of: variant))
    for data in [pair.before, pair.after] {
      #expect(try Image.open(data, with: .webp, file: "part", failOn: .warning).hasAlpha)
    }
  }

  /// Animations are compared by the frame that both begin with.
  @Test func animationsAreComparedByTheirFirstFrames() throws {
    let site = try TestSite()
    let frames = try (0..<5).map { try Drawing.wandering($0 * 6, 240, 160) }
    let data = try Image.stacked(frames, delays: Array(repeating: 100, count: 5), plays: 0).gif()
    // So large that no encoder's file is left out for saving nothing.
    let source = try site.add(data + Data(count: 10_000), "a.gif")
    #expect(source.frames == 5)
    let variants = try site.render(source, widths: [120], [.webpSmaller]).variants
    try #require(variants.count == 1)
    let pair = try #require(try step(site).pair(of: variants[0]))
    #expect((pair.width, pair.height) == (120, 80))
    #expect(try difference(pair) < 5)
  }

  @Test func whatCannotBeComparedHasNoPair() throws {
    let site = try TestSite()
    let source = try site.add(Drawing.photograph(400, 300).image().jpeg(quality: 95, chroma: .full), "a.jpg")
    var variant = try #require(try site.render(source, widths: [200], [.webp]).variants.first)
    #expect(try step(site).pair(of: variant) != nil)
    let path = variant.path
    variant.path = "../site/a.jpg"
    #expect(try step(site).pair(of: variant) == nil)
    variant.path = path
    for elsewhere in ["gone.jpg", "../out/\(path)"] {
      variant.source = elsewhere
      #expect(try step(site).pair(of: variant) == nil, "\(elsewhere)")
    }
    variant.source = "a.jpg"
    try FileAccess.write(Data("no image".utf8), to: site.output + "/" + path)
    #expect(throws: ViewStep.Failure.self) { try step(site).pair(of: variant) }
  }
}
