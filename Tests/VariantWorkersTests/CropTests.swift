import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

struct CropTests {
  // MARK: Windows

  @Test(arguments: [
    (0.5, 0.5, 30, 0), (0.0, 0.0, 0, 0), (1.0, 1.0, 60, 0), (0.3, 0.9, 10, 0), (0.25, 0.5, 5, 0),
    (0.2, 0.5, 0, 0),
  ])
  func aFocalPointIsInTheMiddleWhereTheEdgesAllow(x: Double, y: Double, left: Int, top: Int) throws {
    let crop = Crop(.ratio(1, 1), gravity: .focus(x: x, y: y))
    let window = try CropStep.window(for: crop, in: PixelSize(width: 100, height: 40)) {
      () throws(VipsError) in
      throw VipsError(operation: "look", file: "", message: "there is nothing to look for")
    }
    #expect(window == PixelWindow(left: left, top: top, size: PixelSize(width: 40, height: 40)))
  }

  /// A window of the upright picture holds the same pixels as its window of the stored one, turned.
  @Test(arguments: 1...8)
  func windowsTurnWithThePicture(_ orientation: Int) throws {
    let (width, height) = (7, 5)
    let pixels = (0..<UInt8(width * height)).map { $0 }
    let upright = try Image.fromPixels(pixels, width: width, height: height, bands: 1, file: "x").inMemory()
    let stored = try upright.oriented([6: 8, 8: 6][orientation] ?? orientation).inMemory()
    let size = PixelSize(width: width, height: height)
    for window in [
      PixelWindow(left: 1, top: 2, size: PixelSize(width: 4, height: 2)),
      PixelWindow(left: 0, top: 0, size: PixelSize(width: 7, height: 1)),
      PixelWindow(left: 6, top: 4, size: PixelSize(width: 1, height: 1)),
    ] {
      let expected = try upright.cropped(
        left: window.left, top: window.top, width: window.size.width, height: window.size.height)
      let cut = try CropStep.cut(stored, window, of: size, orientation: orientation).inMemory()
      #expect(
        try cut.oriented(orientation).withPixels { [UInt8]($0) } == expected.withPixels { [UInt8]($0) })
    }
  }

  @Test func aWindowIsNeverEmptyNorBeyondTheEdges() {
    for width in [1, 2, 3, 999, 1000, 1001] {
      let image = PixelSize(width: width, height: 7)
      for other in [1, 2, 5, 500, 1001] {
        let level = PixelSize(width: other, height: 4)
        for left in 0..<min(width, 20) {
          let part = PixelWindow(left: left, top: 0, size: PixelSize(width: width - left, height: 7))
            .scaled(from: image, to: level)
          #expect(part.left >= 0 && part.size.width >= 1 && part.left + part.size.width <= other)
        }
      }
    }
  }

  // MARK: Pixels

  /// Nine tiles of a color each, so that a window's place shows in every width.
  private static func tiles(_ width: Int, _ height: Int) -> Drawing {
    Drawing(width: width, height: height) { x, y in
      [UInt8(40 + 90 * (3 * x / width)), UInt8(40 + 90 * (3 * y / height)), 128]
    }
  }

  private func render(_ source: Source, _ site: TestSite, _ crop: Crop, widths: [Int]) throws -> [Image] {
    let full = crop.size(of: (source.width, source.height))
    let job = RenderJob(
      source: source,
      renditions: widths.map {
        Rendition(
          width: $0, height: Ladder.height(forWidth: $0, of: full), crop: crop, purpose: .standalone,
          photograph: [.png], graphic: [.png])
      })
    let outcome = try #require(site.pool().render([job]).outcomes.first)
    #expect(outcome.problems == [])
    #expect(outcome.variants.map(\.width) == widths)
    #expect(outcome.variants.allSatisfy { $0.crop == crop })
    return try outcome.variants.map { try site.pixels(of: $0) }
  }

  /// Every width of every orientation shows the part that the upright picture has there.
  @Test(arguments: 1...8, [Crop.Gravity.focus(x: 0.9, y: 0.1), .focus(x: 0.1, y: 0.9), .center])
  func everyWidthShowsTheSamePart(_ orientation: Int, gravity: Crop.Gravity) throws {
    let site = try TestSite()
    let (width, height) = (901, 601)
    let stored = try Self.tiles(width, height).image().inMemory()
      .oriented([6: 8, 8: 6][orientation] ?? orientation)
    let source = try site.add(stored.jpeg(orientation: orientation), "a.jpg")
    #expect((source.width, source.height) == (width, height))
    for shape in [Crop.Shape.ratio(1, 3), .ratio(5, 2)] {
      let crop = Crop(shape, gravity: gravity)
      let area = crop.area(of: (width, height))
      let size = PixelSize(width: width, height: height)
      let window = try CropStep.window(for: crop, in: size) { () throws(VipsError) in stored }
      let widths = [area.width, area.width / 2, 101]
      var compared = 0
      for (image, expected) in zip(try render(source, site, crop, widths: widths), widths) {
        #expect(image.width == expected)
        for (u, v) in [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9)] {
          let x = Double(window.left) + u * Double(area.width)
          let y = Double(window.top) + v * Double(area.height)
          // Near the border of two tiles the color is neither's.
          let isClear = [3 * x / Double(width), 3 * y / Double(height)].allSatisfy {
            (0.05...0.95).contains($0 - $0.rounded(.down))
          }
          guard isClear else { continue }
          compared += 1
          let pixel = try image.pixel(Int(u * Double(image.width)), Int(v * Double(image.height)))
          #expect(abs(pixel[0] - (40 + 90 * (3 * Int(x) / width))) < 12, "\(orientation) \(shape) \(pixel)")
          #expect(abs(pixel[1] - (40 + 90 * (3 * Int(y) / height))) < 12, "\(orientation) \(shape) \(pixel)")
        }
      }
      #expect(compared >= 6)
    }
  }

  /// What draws the eye is in every width at the same place, wherever the file has it.
  @Test(arguments: [Crop.Gravity.attention, .entropy], [1, 6])
  func aSmartCropIsTheSameInEveryWidth(gravity: Crop.Gravity, orientation: Int) throws {
    let site = try TestSite()
    var random = SplitMix(seed: 4)
    let drawing = Drawing(width: 2000, height: 500) { x, y in
      guard (1390..<1640).contains(x), (110..<360).contains(y) else { return [90, 90, 90] }
      return random.next() % 2 == 0 ? [255, 40, 30] : [20, 10, 10]
    }
    let stored = try drawing.image().inMemory().oriented(orientation == 6 ? 8 : 1)
    let source = try site.add(stored.jpeg(orientation: orientation), "a.jpg")
    let images = try render(source, site, Crop(.ratio(1, 1), gravity: gravity), widths: [500, 250, 125])
    var edges: [Double] = []
    for image in images {
      let row = image.height * 235 / 500
      let busy = try (0..<image.width).filter { try image.pixel($0, row) != [90, 90, 90] }
      let first = try #require(busy.first { try abs(image.pixel($0, row)[0] - 90) > 20 })
      edges.append(Double(first) / Double(image.width))
      #expect(Double(busy.count) > 0.45 * Double(image.width), "the noisy part is inside")
    }
    #expect((edges.max() ?? 0) - (edges.min() ?? 0) < 0.025, "\(edges)")
  }

  @Test func atItsOwnSizeACropIsExact() throws {
    let site = try TestSite()
    let drawing = Drawing(width: 90, height: 60) { x, y in [UInt8(x * 2), UInt8(y * 4), UInt8((x * y) % 251)]
    }
    let source = try site.add(drawing.image().png(), "a.png")
    let image = try #require(
      try render(source, site, Crop(.ratio(1, 1), gravity: .focus(x: 0.6, y: 0)), widths: [60]).first)
    let expected = Drawing(width: 60, height: 60) { x, y in
      [UInt8((x + 24) * 2), UInt8(y * 4), UInt8(((x + 24) * y) % 251)]
    }
    #expect(try image.withPixels { [UInt8]($0) } == expected.pixels)
  }

  @Test func onlyWhatMayBeEnlargedIs() throws {
    let site = try TestSite()
    let source = try site.add(Self.tiles(300, 300).image().png(), "a.png")
    let crop = Crop(.size(600, 400), gravity: .center, enlarge: true)
    #expect(try render(source, site, crop, widths: [600]).map(\.height) == [400])
    let job = RenderJob(
      source: source,
      renditions: [
        Rendition(
          width: 600, height: 400, crop: Crop(.size(600, 400)), purpose: .responsive, photograph: [.png],
          graphic: [.png])
      ])
    let outcome = try #require(site.pool().render([job]).outcomes.first)
    #expect(outcome.variants == [])
    #expect(outcome.dropped.map(\.reason) == [.wouldEnlarge])
  }

  /// The whole source can have fewer bytes than a part of it; the part is what was asked for.
  @Test func aCropIsNotComparedWithItsSource() throws {
    let site = try TestSite()
    let drawing = Drawing.photograph(600, 400).image
    let source = try site.add(try drawing().jpeg(quality: 5, chroma: .halved), "a.jpg")
    #expect(try render(source, site, .square, widths: [400]).count == 1)
    let uncropped = try site.render(source, widths: [600], [.png])
    #expect(uncropped.dropped.map(\.reason) == [.notSmaller])
  }

  @Test func tinyAndTransparentPicturesAreCropped() throws {
    let site = try TestSite()
    for (width, height, bands) in [(2, 1, 4), (1, 9, 3), (3, 50, 4), (40, 3, 3)] {
      let drawing = Drawing(width: width, height: height, bands: bands) { x, y in
        Array([200, UInt8(x), UInt8(y), 100].prefix(bands))
      }
      let source = try site.add(drawing.image().png(), "\(width)x\(height).png")
      for gravity in [Crop.Gravity.attention, .entropy, .center, .focus(x: 1, y: 0)] {
        let crop = Crop(.ratio(1, 1), gravity: gravity)
        let side = min(width, height)
        let image = try #require(try render(source, site, crop, widths: [side]).first)
        #expect((image.width, image.height, image.bands) == (side, side, bands))
      }
    }
  }

  /// An override counts as soon as it is given and until it is taken back, whatever is on record.
  @Test func theContentClassCanBeOverruled() throws {
    let site = try TestSite()
    let source = try site.add(Drawing.photograph(400, 300).image().png(), "a.png")
    let rendition = Rendition(
      width: 400, height: 300, purpose: .responsive, photograph: [.webp], graphic: [.webpLossless])
    let cache = AssetCache(folder: nil)
    for content in [nil, Source.Content.graphic, .icon, nil, .photograph] {
      let job = RenderJob(source: source, renditions: [rendition], content: content)
      let result = site.pool().render([job], cache: cache)
      let outcome = try #require(result.outcomes.first)
      let expected = content ?? .photograph
      #expect(outcome.source.content == expected)
      #expect(outcome.variants.map(\.settings.loss) == [expected == .photograph ? .lossy : .lossless])
    }
  }

  /// A photograph with a colored square in each corner: a crop towards a corner shows that corner's color there.
  @Test(arguments: 1...8)
  func cornersOfAPhotographAreWhereTheyBelong(_ orientation: Int) throws {
    let site = try TestSite()
    let upright = try Drawing.photographWithCorners(640, 420).image()
    let stored = try upright.oriented([6: 8, 8: 6][orientation] ?? orientation)
    let source = try site.add(stored.jpeg(orientation: orientation), "a.jpg")
    #expect((source.width, source.height) == (640, 420))
    let colors = ["red", "green", "blue", "yellow"]
    for shape in [Crop.Shape.ratio(1, 1), .ratio(1, 2), .size(200, 50)] {
      for (corner, (x, y)) in [(0.0, 0.0), (1, 0), (0, 1), (1, 1)].enumerated() {
        let crop = Crop(shape, gravity: .focus(x: x, y: y))
        let width = crop.size(of: (640, 420)).width
        for image in try render(source, site, crop, widths: [width, width / 2]) {
          #expect(try image.cornerColors()[corner] == colors[corner], "\(orientation) \(shape)")
        }
      }
    }
  }

  /// The same photograph stored in eight ways gives the same part.
  @Test func orientationsAgree() throws {
    let site = try TestSite()
    let upright = try Drawing.photographWithCorners(900, 600).image()
    for gravity in [Crop.Gravity.attention, .focus(x: 0.8, y: 0.7)] {
      var first: [UInt8]?
      for orientation in 1...8 {
        let stored = try upright.oriented([6: 8, 8: 6][orientation] ?? orientation)
        let source = try site.add(stored.jpeg(orientation: orientation), "\(orientation).jpg")
        let rendition = Rendition(
          width: 200, height: 200, crop: Crop(.ratio(1, 1), gravity: gravity), purpose: .responsive,
          photograph: [.png], graphic: [.png])
        let job = RenderJob(source: source, renditions: [rendition])
        let outcome = try #require(site.pool().render([job]).outcomes.first)
        let pixels = try site.pixels(of: #require(outcome.variants.first)).withPixels { [UInt8]($0) }
        if let first {
          let difference = zip(first, pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
          #expect(Double(difference) / Double(pixels.count) < 14, "\(orientation) \(gravity)")
        }
        first = first ?? pixels
      }
    }
  }
}
