import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// What the resize, alpha and content steps do to pixels.
struct PixelTests {
  /// A green shape whose transparent surroundings hide red: no red may show at its edge.
  @Test func hiddenColorsDoNotBleed() throws {
    let site = try TestSite()
    let drawing = Drawing(width: 300, height: 200, bands: 4) { x, y in
      let inside = (x - 150) * (x - 150) + (y - 100) * (y - 100) < 80 * 80
      return inside ? [0, 200, 0, 255] : [255, 0, 0, 0]
    }
    let source = try site.add(drawing.image().png() + Data(count: 20_000), "a.png")
    let outcome = try site.render(source, widths: [111], [.png])
    let pixels = try site.pixels(of: #require(outcome.variants.first))
    try pixels.withPixels { bytes in
      for start in stride(from: 0, to: bytes.count, by: 4) where bytes[start + 3] > 8 {
        #expect(bytes[start] < 40, "red \(bytes[start]) at alpha \(bytes[start + 3])")
      }
    }
    #expect(try pixels.pixel(55, 37) == [0, 200, 0, 255])
    #expect(try pixels.pixel(1, 1)[3] == 0)
  }

  /// At its own size an image is not touched at all.
  @Test func ownSizeIsExact() throws {
    let site = try TestSite()
    let drawing = Drawing(width: 90, height: 60, bands: 4) { x, y in
      [UInt8(x * 2), UInt8(y * 4), 7, UInt8(x + y + 1)]
    }
    let source = try site.add(drawing.image().png() + Data(count: 50_000), "a.png")
    let outcome = try site.render(source, widths: [90], [.png])
    let pixels = try site.pixels(of: #require(outcome.variants.first))
    #expect(try pixels.withPixels { [UInt8]($0) } == drawing.pixels)
  }

  /// Through however many halvings, a plain ground keeps its color and the picture its brightness.
  @Test func brightnessStays() throws {
    let site = try TestSite()
    for (name, bands) in [("opaque.png", 3), ("clear.png", 4)] {
      let drawing = Drawing(width: 1500, height: 1000, bands: bands) { x, y in
        [201, 77, 33] + (bands == 4 ? [x < 5 ? 0 : 255] : [])
      }
      let source = try site.add(drawing.image().png() + Data(count: 50_000), name)
      let outcome = try site.render(source, widths: [1500, 700, 320, 60], [.png])
      #expect(outcome.variants.count == 4)
      for variant in outcome.variants {
        let pixel = try site.pixels(of: variant).pixel(variant.width / 2, variant.height / 2)
        for (a, b) in zip(pixel, [201, 77, 33]) { #expect(abs(a - b) <= 1, "\(variant.width): \(pixel)") }
      }
    }
  }

  /// Gray and color with alpha; in a picture larger than what is looked at at once, the last pixel alone lets through.
  @Test(arguments: [2, 4], [255, 254])
  func oneClearPixelKeepsAlpha(bands: Int, last: Int) throws {
    let drawing = Drawing(width: 91, height: 101, bands: bands) { x, y in
      Array(repeating: 0, count: bands - 1) + [x == 90 && y == 100 ? UInt8(last) : 255]
    }
    let (image, alpha) = try AlphaStep.withoutOpaque(drawing.image()) { () throws(VipsError) in
      guard let image = try? drawing.image() else {
        throw VipsError(operation: "draw", file: "", message: "")
      }
      return image
    } _: { image throws(VipsError) in
      try image.inMemory()
    }
    #expect(alpha == (last < 255))
    #expect(image.bands == (alpha ? bands : bands - 1))
  }

  @Test func levelsAreTheSmallestThatKeepDetail() {
    let source = PixelSize(width: 4000, height: 3000)
    let cases = [
      (4000, 0), (2000, 0), (1334, 0), (1333, 1), (667, 1), (666, 2), (320, 3), (1, 11),
    ]
    for (width, level) in cases {
      let target = PixelSize(width: width, height: max(1, width * 3 / 4))
      #expect(Pyramid.level(for: target, in: source) == level, "\(width)")
    }
    #expect(Pyramid.level(for: PixelSize(width: 1, height: 1), in: PixelSize(width: 1, height: 1)) == 0)
  }

  @Test func jpegIsDecodedSmallerOnlyWithRoomToSpare() {
    let widths = [(1000, 0), (4000, 0), (7679, 0), (7680, 1), (20000, 2), (40000, 3), (90000, 3)]
    for (width, levels) in widths {
      let source = Source(path: "a", sha256: "", bytes: 1, format: .jpeg, width: width, height: 100)
      #expect(DecodeStep(source: source, loader: .jpeg, data: Data()).shrinkLevels == levels, "\(width)")
      let png = Source(path: "a", sha256: "", bytes: 1, format: .png, width: width, height: 100)
      #expect(DecodeStep(source: png, loader: .png, data: Data()).shrinkLevels == 0)
    }
  }

  @Test func photographsAndGraphicsAreToldApart() throws {
    let cases: [(Drawing, ImageFormat, Source.Content)] = [
      (.photograph(400, 300), .png, .photograph), (.photograph(400, 300), .jpeg, .photograph),
      (.screenshot(400, 300), .png, .graphic), (.screenshot(400, 300), .jpeg, .graphic),
      (.quarters(200, 100), .png, .graphic), (.quarters(128, 100), .png, .icon),
      (.photograph(100, 80), .png, .photograph),
      // Black and white dots: no flat ground, and no photograph either.
      (
        Drawing(width: 400, height: 300) { x, y in (x * 7 + y * 13) % 3 == 0 ? [0, 0, 0] : [255, 255, 255] },
        .png, .graphic
      ),
      // Flat but without one hard edge: an out-of-focus background saved as JPEG.
      (Drawing(width: 400, height: 300) { x, _ in [UInt8(x / 8), 90, 90] }, .jpeg, .photograph),
    ]
    for (drawing, format, content) in cases {
      let source = Source(
        path: "a", sha256: "", bytes: 1, format: format, width: drawing.width, height: drawing.height)
      let verdict = try ContentClass.of(drawing.image(), source: source)
      #expect(verdict.content == content, "\(format) \(content): \(verdict.reason)")
      #expect(verdict.reason.contains("color"))
      var declared = source
      declared.content = .icon
      #expect(try ContentClass.of(drawing.image(), source: declared).content == .icon)
    }
  }

  /// A row of four: the first two alike, then a step of one level that is no other color, then one of 64.
  @Test(arguments: [1, 2, 3, 4])
  func theFiguresOfAKnownRow(bands: Int) throws {
    let levels: [UInt8] = [33, 33, 34, 98]
    let drawing = Drawing(width: 4, height: 2, bands: bands) { x, _ in
      // Alpha changes with every pixel and counts for nothing.
      (0..<bands).map { bands % 2 == 0 && $0 == bands - 1 ? UInt8(x * 70) : levels[x] }
    }
    let figures = try ContentClass.figures(of: drawing.image())
    #expect(figures == .init(flat: 1 / 3.0, hard: 1 / 3.0, colors: 2))
    let column = Drawing(width: 1, height: 3, bands: bands) { _, y in
      .init(repeating: UInt8(y * 90), count: bands)
    }
    #expect(try ContentClass.figures(of: column.image()) == .init(flat: 1, hard: 0, colors: 3))
  }

  @Test(.tags(.realCorpora), .needsRealCorpora("fixtures"))
  func picturesInRealCorporaAreToldApart() throws {
    let root = try SiteRoot(RealCorpora.path("fixtures"))
    let site = try TestSite()
    let pool = RenderPool(root: root, output: site.output, jobs: 2)
    for (folder, content) in [("photo", Source.Content.photograph), ("screenshot-png", .graphic)] {
      for file in try FileTree.files(below: root.absolute(folder)) {
        let source = try #require(SourceInspector(root: root).inspect(folder + "/" + file.path).source)
        let outcome = pool.render([source.job(widths: [16], [.webp])]).outcomes.first
        let actual = outcome?.source.content == .icon ? .graphic : outcome?.source.content
        #expect(actual == content, "\(file.path)")
      }
    }
  }
}
