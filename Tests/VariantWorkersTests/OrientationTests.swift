import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

struct OrientationTests {
  /// The picture as stored, so that it is seen with red, green, blue and yellow quarters, for each orientation.
  private func stored(_ orientation: Int, _ width: Int, _ height: Int) throws -> Image {
    let upright = try Drawing.quarters(width, height).image()
    // The way back: quarter turns are each other's reverse, all else is its own.
    let reverse = [6: 8, 8: 6][orientation] ?? orientation
    return try upright.oriented(reverse)
  }

  @Test(arguments: 1...8)
  func photographIsUpright(_ orientation: Int) throws {
    let site = try TestSite()
    // Neither divides evenly: rounding shows.
    let source = try site.add(stored(orientation, 301, 201).jpeg(orientation: orientation), "a.jpg")
    #expect((source.width, source.height) == (301, 201))
    #expect(source.orientation == orientation)
    let outcome = try site.render(source, widths: [301, 150, 40], [.jpeg, .webp, .png])
    #expect(outcome.problems.isEmpty)
    #expect(outcome.variants.count > 5)
    for variant in outcome.variants {
      let pixels = try site.pixels(of: variant)
      #expect((pixels.width, pixels.height) == (variant.width, variant.height))
      #expect(try pixels.cornerColors() == ["red", "green", "blue", "yellow"], "\(variant.path)")
      #expect(pixels.orientation == 1)
      #expect(!pixels.has("exif-data"))
    }
  }

  /// A large photograph is decoded at a fraction of its size; its pixels are turned all the same.
  @Test(arguments: [1, 6])
  func largePhotographIsUpright(_ orientation: Int) throws {
    let site = try TestSite()
    let source = try site.add(stored(orientation, 7701, 4103).jpeg(orientation: orientation), "a.jpg")
    let outcome = try site.render(source, widths: [1920, 640], [.webp])
    #expect(outcome.problems.isEmpty)
    #expect(outcome.variants.map(\.width) == [1920, 640])
    for variant in outcome.variants {
      #expect(try site.pixels(of: variant).cornerColors() == ["red", "green", "blue", "yellow"])
    }
  }

  /// The shape is cut after the picture has been turned.
  @Test(arguments: [1, 3, 5, 6, 7, 8])
  func cropIsOfTheUprightPicture(_ orientation: Int) throws {
    let site = try TestSite()
    let source = try site.add(stored(orientation, 400, 200).jpeg(orientation: orientation), "a.jpg")
    let card = Rendition(
      width: 120,
      height: 60,
      crop: Crop(.size(120, 60)),
      purpose: .standalone,
      photograph: [.png],
      graphic: [.png]
    )
    let job = RenderJob(source: source, renditions: [card])
    let outcome = try #require(site.pool().render([job]).outcomes.first)
    let pixels = try site.pixels(of: #require(outcome.variants.first))
    #expect((pixels.width, pixels.height) == (120, 60))
    #expect(try pixels.cornerColors() == ["red", "green", "blue", "yellow"])
  }

  /// The same photograph stored in eight ways gives the same picture.
  @Test func orientationsAgree() throws {
    let site = try TestSite()
    let upright = try Drawing.photographWithCorners(900, 600).image()
    var first: [UInt8]?
    for orientation in 1...8 {
      let stored = try upright.oriented([6: 8, 8: 6][orientation] ?? orientation)
      let source = try site.add(stored.jpeg(orientation: orientation), "\(orientation).jpg")
      #expect((source.width, source.height, source.orientation) == (900, 600, orientation))
      let outcome = try site.render(source, widths: [120], [.png])
      let pixels = try site.pixels(of: #require(outcome.variants.first)).withPixels { [UInt8]($0) }
      if let first {
        let difference = zip(first, pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        // JPEG's blocks lie elsewhere in each.
        #expect(Double(difference) / Double(pixels.count) < 3, "\(orientation)")
      }
      first = first ?? pixels
    }
  }

  /// EXIF in PNG counts as in JPEG; what WebP or XMP alone says does not.
  @Test func oddPlaces() throws {
    let site = try TestSite()
    let turned = try Drawing.quarters(30, 20).image().carrying(6, as: "orientation")
    // A TIFF header, and one entry: tag 0x0112, one short, 6.
    let exif =
      Data("II*\0".utf8) + Data([8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0])
    let plain = try turned.png()
    let png = plain.prefix(33) + PNGChunk.bytes("eXIf", exif) + plain.dropFirst(33)
    let webp = try turned.operation("webpsave_buffer", ["in": .image(turned), "lossless": .bool(true)])
      .bytes()
    let source = try site.add(png, "a.png")
    #expect((source.width, source.height, source.orientation) == (20, 30, 6))
    let stored = try site.add(webp, "a.webp")
    #expect((stored.width, stored.height, stored.orientation) == (30, 20, 1))
    let xmp = Data("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta tiff:Orientation='6'/>".utf8)
    let jpeg = try Drawing.quarters(30, 20).image().jpeg(quality: 90, chroma: .full).withSegment(0xE1, xmp)
    #expect(try site.add(jpeg, "b.jpg").orientation == 1)
  }
}

/// Photographs of real cameras, and odd ones.
@Suite(.tags(.realCorpora), .needsRealCorpora("fixtures")) struct OrientationRealCorpora {
  /// The same photograph stored in eight ways gives the same picture.
  @Test func realPhotographsAgree() throws {
    let site = try TestSite()
    let root = try SiteRoot(RealCorpora.path("fixtures"))
    let pool = RenderPool(root: root, output: site.output, jobs: 2)
    var first: [UInt8]?
    for orientation in 1...8 {
      let path = "exif-orientation/exiforient__Landscape_\(orientation).jpg"
      let source = try #require(SourceInspector(root: root).inspect(path).source)
      #expect((source.width, source.height, source.orientation) == (1800, 1200, orientation))
      let job = source.job(widths: [120], [.png])
      let outcome = try #require(pool.render([job]).outcomes.first)
      let pixels = try site.pixels(of: #require(outcome.variants.first)).withPixels { [UInt8]($0) }
      if let first {
        let difference = zip(first, pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        // The number in each picture's middle differs; all else is the same photograph.
        #expect(Double(difference) / Double(pixels.count) < 12, "\(path)")
      }
      first = first ?? pixels
    }
  }

  /// Orientation in odd places: EXIF in PNG and WebP counts, values outside 1 to 8 and XMP do not.
  @Test func oddPlaces() throws {
    let root = try SiteRoot(RealCorpora.path("fixtures"))
    let expected = [
      "synth__orient-6-eXIf.png": 6, "synth__orient-xmp-only.jpg": 1,
      "libavif__paris_exif_orientation_5.jpg": 5,
    ]
    for (file, orientation) in expected {
      let source = SourceInspector(root: root).inspect("exif-orientation-odd/" + file).source
      #expect(source?.orientation == orientation, "\(file)")
    }
  }
}
