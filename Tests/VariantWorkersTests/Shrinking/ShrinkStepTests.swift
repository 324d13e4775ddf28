import AssetModel
import Foundation
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// A picture made lighter in its own format.
@Suite("A picture made lighter in its own format")
struct ShrinkStepTests {
  private static let target = 75.0

  private static func shrink(_ data: Data, _ path: String, _ wish: ShrinkJob.Wish) throws
    -> ShrinkStep.Outcome
  {
    let source = try TestSite().add(data, path)
    return try ShrinkStep(job: ShrinkJob(source: source, wish: wish)).run(data)
  }

  private static func wish(_ change: (inout ShrinkJob.Wish) -> Void = { _ in }) -> ShrinkJob.Wish {
    var wish = ShrinkJob.Wish(target: target, efforts: ["avif": 1, "webp": 2])
    change(&wish)
    return wish
  }

  private static func lighter(
    _ outcome: ShrinkStep.Outcome, _ comment: String = ""
  ) throws -> (record: RenderRecord.File, data: Data) {
    guard case .lighter(let record, let data) = outcome else {
      throw Command.Failure(description: "\(comment) \(outcome)")
    }
    return (record, data)
  }

  private static func open(_ data: Data, _ format: ImageFormat) throws -> Image {
    try Image.open(data, with: #require(format.loader), file: "picture", failOn: .warning).inMemory()
  }

  static let lossy: [ImageFormat] = [.jpeg, .webp, .avif]

  private static func photograph(_ format: ImageFormat) throws -> Data {
    let image = try Drawing.photograph(320, 200).image()
    switch format {
    case .jpeg: return try image.jpeg(quality: 97, chroma: .full)
    case .webp: return try image.webp(quality: 97, effort: 2, sharpChroma: false)
    default: return try image.avif(quality: 90, effort: 0, chroma: .full)
    }
  }

  @Test(arguments: lossy)
  func meetsItsScoreWithFewerBytes(_ format: ImageFormat) throws {
    let data = try Self.photograph(format)
    let made = try Self.lighter(Self.shrink(data, "a.\(format.fileExtension)", Self.wish()))
    #expect(made.data.count < data.count * 95 / 100)
    #expect(made.record.sha256 == ContentDigest.sha256(made.data) && made.record.bytes == made.data.count)
    let (before, after) = (try Self.open(data, format), try Self.open(made.data, format))
    #expect(after.width == before.width && after.height == before.height)
    let score = try ScoreStep(before, for: format).score(of: made.data, format)
    #expect(score == made.record.score)
    #expect(score >= Self.target)
    // More than is asked for would be bytes for nothing.
    #expect(score < Self.target + 6)
  }

  @Test(arguments: lossy)
  func aHigherTargetTakesMoreBytes(_ format: ImageFormat) throws {
    let data = try Self.photograph(format)
    let low = try Self.lighter(Self.shrink(data, "a.\(format.fileExtension)", Self.wish { $0.target = 60 }))
    let high = try Self.lighter(Self.shrink(data, "a.\(format.fileExtension)", Self.wish { $0.target = 80 }))
    #expect(low.data.count < high.data.count)
  }

  @Test func aPNGKeepsEveryPixel() throws {
    for image in [
      try Drawing.photograph(200, 120).image(), try Drawing.screenshot(300, 200).image(),
      try Drawing(width: 150, height: 90, bands: 4) { x, y in
        [UInt8(x), UInt8(y * 2), 9, x % 3 == 0 ? 0 : UInt8(x)]
      }.image(),
    ] {
      let data = try image.operation(
        "pngsave_buffer", ["in": .image(image), "compression": .int(1), "strip": .bool(true)]
      ).bytes()
      let made = try Self.lighter(Self.shrink(data, "a.png", Self.wish { $0.leastSaving.bytes = 0 }))
      #expect(made.record.settings.loss == .lossless && made.record.score == 100)
      #expect(try SamePixels.hold(Self.open(made.data, .png), image))
    }
  }

  @Test func aPNGMayTakeAPaletteWhereThatIsAskedFor() throws {
    let image = try Drawing.photograph(300, 200).image()
    let data = try image.png()
    let exact = try Self.shrink(data, "a.png", Self.wish())
    let lossy = try Self.lighter(Self.shrink(data, "a.png", Self.wish { $0.keepsPNG = false }))
    #expect(try ScoreStep(image, for: .png).score(of: lossy.data, .png) >= Self.target)
    if case .lighter(let record, _) = exact { #expect(lossy.data.count < record.bytes) }
  }

  @Test func whatALosslessWebPShowsStays() throws {
    let image = try Drawing.screenshot(300, 200).image()
    let data = try image.webpLossless(effort: 0, thoroughness: 0)
    let made = try Self.lighter(Self.shrink(data, "a.webp", Self.wish { $0.leastSaving.bytes = 0 }))
    #expect(try SamePixels.hold(Self.open(made.data, .webp), image))
  }

  // MARK: What a file says

  @Test func profileOrientationAndCopyrightStay() throws {
    let exif = TIFFBuilder.camera(bigEndian: false)
    let image = try Drawing.photograph(320, 200).image().inSpace("p3")
    let plain = try image.operation("jpegsave_buffer", ["in": .image(image), "Q": .int(97)]).bytes()
    let length = exif.count + 8
    let data =
      plain.prefix(2) + Data([0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)]) + Data("Exif\0\0".utf8)
      + exif
      + plain.dropFirst(2)
    let before = try Self.open(data, .jpeg)
    #expect(before.hasProfile && PositionData.isThere(in: data))

    let kept = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish { $0.keepsPosition = true }))
    #expect(kept.data.range(of: exif) != nil)
    #expect(try Self.open(kept.data, .jpeg).bytes("icc-profile-data") == before.bytes("icc-profile-data"))
    #expect(PositionData.isThere(in: kept.data))

    let made = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish()))
    #expect(!PositionData.isThere(in: made.data))
    let after = try Self.open(made.data, .jpeg)
    #expect(after.bytes("icc-profile-data") == before.bytes("icc-profile-data"))
    #expect(after.orientation == before.orientation)
    #expect(Credit(of: after) == Credit(of: before))
  }

  @Test(arguments: 1...8)
  func orientationIsKept(_ orientation: Int) throws {
    let data = try Drawing.photograph(320, 200).image().jpeg(orientation: orientation)
    let made = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish()))
    let after = try Self.open(made.data, .jpeg)
    #expect(after.orientation == orientation)
    #expect(after.width == 320 && after.height == 200)
  }

  @Test(arguments: [ImageFormat.webp, .png])
  func chunksWithTextsStay(_ format: ImageFormat) throws {
    let credit = try CreditMetadata(#require(Credit(copyright: "© A writer", creator: "A writer")))
    let image = try Drawing.photograph(320, 200).image()
    let plain = try format == .webp ? Self.photograph(.webp) : image.png(filter: .none)
    let data = credit.embedded(in: WebPContainer.withoutMetadata(plain), format, of: image)
    let made = try Self.lighter(
      Self.shrink(data, "a.\(format.fileExtension)", Self.wish { $0.leastSaving.bytes = 0 }))
    #expect(Credit(of: try Self.open(made.data, format))?.copyright == "© A writer")
  }

  // MARK: What stays as it is

  struct Obstacle: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var path: String
    var reason: String
    var make: @Sendable () throws -> Data
  }

  static let obstacles: [Obstacle] = [
    Obstacle(testDescription: "inks", path: "a.jpg", reason: "its colors are inks (CMYK)") {
      try Drawing.photograph(200, 100).image().inSpace("cmyk").jpegWithMetadata()
    },
    Obstacle(testDescription: "sixteen bits", path: "a.png", reason: "it has more than 8 bits a color") {
      try Drawing.photograph(200, 100).image().sixteenBit().pngWithMetadata()
    },
    Obstacle(testDescription: "C2PA", path: "a.jpg", reason: "its C2PA manifest") {
      let plain = try Drawing.photograph(200, 100).image().jpeg(quality: 95, chroma: .full)
      return plain.prefix(2) + Data([0xFF, 0xEB, 0, 10]) + Data("xxc2paxx".utf8) + plain.dropFirst(2)
    },
    Obstacle(testDescription: "a gain map", path: "a.jpg", reason: "the gain map that makes it HDR") {
      let plain = try Drawing.photograph(200, 100).image().jpeg(quality: 95, chroma: .full)
      let mark = Data("urn:iso:std:iso:ts:21496:-1\0".utf8)
      return plain.prefix(2) + Data([0xFF, 0xE2, 0, UInt8(mark.count + 2)]) + mark + plain.dropFirst(2)
    },
  ]

  @Test(arguments: obstacles)
  func isLeftAlone(_ obstacle: Obstacle) throws {
    guard case .leftAlone(let reason) = try Self.shrink(obstacle.make(), obstacle.path, Self.wish()) else {
      Issue.record("not left alone")
      return
    }
    #expect(reason.contains(obstacle.reason))
  }

  @Test func aFileStaysThatWouldSaveTooLittle() throws {
    let data = try Self.photograph(.jpeg)
    let made = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish()))
    let share = 1 - Double(made.data.count) / Double(data.count)
    for saving in [
      ShrinkJob.Saving(share: share + 0.01, bytes: 0),
      ShrinkJob.Saving(share: 0, bytes: data.count - made.data.count + 1),
    ] {
      guard case .stays = try Self.shrink(data, "a.jpg", Self.wish { $0.leastSaving = saving }) else {
        Issue.record("does not stay")
        return
      }
    }
  }

  @Test func aTruncatedFileIsAnError() throws {
    let data = try Self.photograph(.jpeg)
    let source = try TestSite().add(data, "a.jpg")
    #expect(throws: VipsError.self) {
      try ShrinkStep(job: ShrinkJob(source: source, wish: Self.wish())).run(data.prefix(data.count / 2))
    }
  }

  // MARK: Plain grounds

  @Test("the color of a plain ground stays exactly, whatever the score allows")
  func groundsStay() throws {
    for ground in [[255, 255, 255], [17, 61, 143], [240, 90, 10]] as [[UInt8]] {
      let photograph = Drawing.photograph(160, 160)
      let image = try Drawing(width: 320, height: 160) { x, y in
        x < 160 ? ground : Array(photograph.pixels[((y * 160 + x - 160) * 3)...].prefix(3))
      }.image()
      for format in Self.lossy {
        let data: Data
        switch format {
        case .jpeg: data = try image.jpeg(quality: 98, chroma: .full)
        case .webp: data = try image.webp(quality: 98, effort: 2, sharpChroma: true)
        default: data = try image.avif(quality: 95, effort: 0, chroma: .full)
        }
        let before = try Self.open(data, format)
        let wish = Self.wish {
          ($0.target, $0.leastSaving) = (40, ShrinkJob.Saving(share: 0.01, bytes: 0))
        }
        guard case .lighter(_, let file) = try Self.shrink(data, "a.\(format.fileExtension)", wish) else {
          continue
        }
        let grounds = try PlainGrounds(before)
        #expect(!grounds.isEmpty, "\(format) \(ground)")
        #expect(try grounds.areEqual(in: Self.open(file, format)), "\(format) \(ground)")
      }
    }
  }

  @Test func aChangedGroundIsSeen() throws {
    func image(_ value: UInt8) throws -> Image {
      try Drawing(width: 64, height: 64) { _, _ in [value, 10, 10] }.image()
    }
    let grounds = try PlainGrounds(image(100))
    #expect(try grounds.areEqual(in: image(100)))
    #expect(try !grounds.areEqual(in: image(101)))
  }

  // MARK: A cap

  @Test func aCapMakesTheLongerSideShorter() throws {
    let data = try Drawing.photograph(320, 200).image().jpeg(orientation: 6)
    let made = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish { $0.longestSide = 160 }))
    let after = try Self.open(made.data, .jpeg)
    #expect((after.width, after.height) == (160, 100))
    #expect(after.orientation == 6)
    // One that is small enough keeps its size.
    let same = try Self.lighter(Self.shrink(data, "a.jpg", Self.wish { $0.longestSide = 320 }))
    #expect(try Self.open(same.data, .jpeg).width == 320)
  }
}
