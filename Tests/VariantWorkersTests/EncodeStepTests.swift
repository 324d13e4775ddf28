import AssetModel
import Foundation
import Testing

@testable import VariantWorkers
@testable import Vips

struct EncodeStepTests {
  private func decode(_ encoded: EncodeStep.Encoded) throws -> Image {
    try Image.open(
      encoded.data,
      with: #require(encoded.settings.format.loader),
      file: "x",
      failOn: .warning
    ).inMemory()
  }

  /// One, two, three and four bands, each odd in size, in every format and mode.
  @Test(arguments: [1, 2, 3, 4])
  func everyFormatKeepsSizeAndBands(_ bands: Int) throws {
    let alpha = bands % 2 == 0
    let image = try Drawing(width: 33, height: 17, bands: bands) { x, y in
      Array([UInt8(x * 7), UInt8(y * 14), 90].prefix(alpha ? bands - 1 : bands))
        + (alpha ? [UInt8(100 + x)] : [])
    }.image()
    let all: [EncodingSettings] = [
      .avif, .webp, .webpLossless, .webpSmaller, .jpeg, .png, .pngPalette,
      EncodingSettings(format: .avif, loss: .lossless, effort: 0),
      EncodingSettings(format: .png, loss: .smallest, effort: 1),
      EncodingSettings(format: .webp, loss: .nearLossless, quality: 60, effort: 2),
      EncodingSettings(format: .jxl, loss: .lossy, quality: 75, effort: 3),
      EncodingSettings(format: .jxl, loss: .lossless, effort: 3),
    ]
    for content in [Source.Content.photograph, .graphic] {
      for settings in all where settings.format.isWritable {
        let encoded = try EncodeStep(content: content).encode(image, settings)
        let decoded = try decode(encoded)
        #expect((decoded.width, decoded.height) == (33, 17), "\(settings)")
        #expect(decoded.hasAlpha == (alpha && settings.format != .jpeg), "\(settings)")
        #expect(encoded.settings.loss != .smallest)
        #expect(ContentSniffer.format(of: encoded.data) == settings.format)
      }
    }
  }

  @Test func onePixelIsEnough() throws {
    let dot = try Image.fromPixels([10, 200, 30], width: 1, height: 1, bands: 3, file: "x")
    for settings in [EncodingSettings.avif, .webp, .webpLossless, .jpeg, .png] {
      let decoded = try decode(EncodeStep(content: .photograph).encode(dot, settings))
      #expect((decoded.width, decoded.height) == (1, 1))
    }
  }

  @Test func nearLosslessIsBetweenTheTwo() throws {
    let image = try Drawing.photograph(160, 120).image()
    let step = EncodeStep(content: .graphic)
    let near = try step.encode(
      image, EncodingSettings(format: .webp, loss: .nearLossless, quality: 40, effort: 4))
    let exact = try step.encode(image, EncodingSettings(format: .webp, loss: .lossless, effort: 4))
    #expect(near.data.count < exact.data.count)
    let score = try ScoreStep(image, for: .webp).score(of: near.data, .webp)
    #expect(score > 85 && score < 100)
    #expect(near.settings.loss == .nearLossless)
  }

  @Test func losslessKeepsEveryPixel() throws {
    for drawing in [Drawing.photograph(120, 80), .screenshot(160, 90)] {
      for settings in [
        EncodingSettings.webpLossless, .png, EncodingSettings(format: .jxl, loss: .lossless, effort: 3),
      ] where settings.format.isWritable {
        let encoded = try EncodeStep(content: .graphic).encode(drawing.image(), settings)
        #expect(encoded.settings.loss == .lossless && encoded.settings.quality == nil)
        #expect(try decode(encoded).withPixels { [UInt8]($0) } == drawing.pixels)
      }
    }
  }

  @Test func smallerIsTheSmaller() throws {
    for (drawing, expected) in [
      (Drawing.photograph(200, 150), EncodingSettings.Compression.lossy), (.screenshot(300, 200), .lossless),
    ] {
      let step = EncodeStep(content: .graphic)
      let smaller = try step.encode(drawing.image(), .webpSmaller)
      #expect(smaller.settings.loss == expected)
      for loss in [EncodingSettings.Compression.lossy, .lossless] {
        var one = EncodingSettings.webpSmaller
        one.loss = loss
        #expect(try step.encode(drawing.image(), one).data.count >= smaller.data.count)
      }
    }
  }

  /// The quick look that saves the thorough way must not change which file is taken.
  @Test func aQuickLookTellsWhereLosslessIsHopeless() throws {
    let ramp = Drawing(width: 240, height: 160) { x, y in [UInt8(x), UInt8(y), UInt8((x + y) / 2)] }
    let chart = Drawing(width: 320, height: 200) { x, y in
      (x / 20 + y / 20) % 2 == 0 ? [240, 240, 240] : [UInt8(x * 255 / 320), 90, UInt8(y)]
    }
    let step = EncodeStep(content: .graphic)
    var settings = EncodingSettings.webpSmaller
    settings.effort = 4
    for drawing in [ramp, chart, .quarters(200, 200), .screenshot(640, 400), .photograph(320, 240)] {
      let image = try drawing.image()
      var (lossy, lossless) = (settings, settings)
      (lossy.loss, lossless.loss) = (.lossy, .lossless)
      let both = [try step.encode(image, lossy), try step.encode(image, lossless)]
      let least = both.map(\.data.count).min()
      #expect(try step.encode(image, settings).data.count == least)
    }
    let photograph = try Drawing.photograph(320, 240).image()
    var lossy = settings
    lossy.loss = .lossy
    let file = try step.encode(photograph, lossy)
    #expect(try !step.mayBeSmallerWithoutLoss(photograph, settings, than: file))
    let screenshot = try Drawing.screenshot(640, 400).image()
    let other = try step.encode(screenshot, lossy)
    #expect(try step.mayBeSmallerWithoutLoss(screenshot, settings, than: other))
  }

  /// A few colors fit a palette and survive it exactly; noise does not and stays true color.
  @Test func paletteOnlyWhereNothingIsLost() throws {
    let few = Drawing.screenshot(300, 200)
    let palette = try PNGEncoder.smallestExact(few.image(), effort: 4)
    #expect(PNGHeader(palette)?.hasPalette == true)
    #expect(try palette.count < few.image().png().count)
    let noise = try PNGEncoder.smallestExact(Drawing.photograph(60, 60).image(), effort: 4)
    #expect(PNGHeader(noise)?.hasPalette == false)
    #expect(try PNGEncoder.hasFewColors(few.image()))
    #expect(try !PNGEncoder.hasFewColors(Drawing.photograph(60, 60).image()))
  }

  /// 256 colors are few and 257 are not, also where they differ in the first band alone and come back again.
  @Test(arguments: [(256, true), (257, false)], [1, 0x10001])
  func aPaletteHas256Places(_ colors: (count: Int, areFew: Bool), step: Int) throws {
    let drawing = Drawing(width: 300, height: 3) { x, y in
      let number = (x + 40 * y) % colors.count * step
      return [UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
    }
    #expect(try PNGEncoder.hasFewColors(drawing.image()) == colors.areFew)
  }

  @Test func jpegIsProgressiveAndWhiteUnderTransparency() throws {
    let clear = try Drawing(width: 32, height: 32, bands: 4) { _, _ in [0, 0, 0, 0] }.image()
    let encoded = try EncodeStep(content: .graphic).encode(clear, .jpeg)
    #expect(encoded.data.range(of: Data([0xFF, 0xC2])) != nil, "no progressive frame header")
    #expect(try decode(encoded).pixel(9, 9).allSatisfy { $0 > 250 })
  }

  @Test func anEncoderThatIsNotThereIsAnError() throws {
    let image = try Drawing.screenshot(20, 20).image()
    for settings in [
      EncodingSettings(format: .jpeg, loss: .lossless), EncodingSettings(format: .heic, loss: .lossy),
    ] {
      #expect(throws: VipsError.self) { try EncodeStep(content: .graphic).encode(image, settings) }
    }
  }

  @Test func webpLosesMetadataAndNothingElse() throws {
    let drawing = Drawing.screenshot(64, 48)
    let raw = try drawing.image().webpLossless(effort: 0)
    let clean = WebPContainer.withoutMetadata(raw)
    #expect(clean.count <= raw.count)
    #expect(clean.range(of: Data("EXIF".utf8)) == nil)
    #expect(WebPContainer.withoutMetadata(clean) == clean)
    let decoded = try Image.open(clean, with: .webp, file: "x", failOn: .warning)
    #expect(try decoded.withPixels { [UInt8]($0) } == drawing.pixels)
    // The file's own length field counts everything behind it.
    #expect(clean.count == 8 + (0..<4).reduce(0) { $0 | Int(clean[4 + $1]) << (8 * $1) })
    for bad in [Data(), Data("RIFF".utf8), Data("RIFF\0\0\0\0WEBPEXIF\u{FF}\u{FF}\u{FF}".utf8)] {
      _ = WebPContainer.withoutMetadata(bad)
    }
  }
}
