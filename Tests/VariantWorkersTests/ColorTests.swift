import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

struct ColorTests {
  /// A file's colors after a render to lossless PNG of its own size.
  private func rendered(_ data: Data, _ name: String) throws -> (outcome: RenderOutcome, pixels: Image?) {
    let site = try TestSite()
    // HEIC aside, a variant must be smaller than its source; padding lets tiny drawings through.
    let source = try site.add(data + Data(count: 2_000_000), name)
    let outcome = try site.render(source, widths: [source.width], [.png])
    return (outcome, try outcome.variants.first.map { try site.pixels(of: $0) })
  }

  private func expectColors(_ pixels: Image?, _ expected: [[Int]], within tolerance: Int) throws {
    let pixels = try #require(pixels)
    for (index, color) in expected.enumerated() {
      let x = pixels.width * (2 * index + 1) / (2 * expected.count)
      let actual = try pixels.pixel(x, pixels.height / 2)
      for (a, b) in zip(actual, color) { #expect(abs(a - b) <= tolerance, "\(actual), expected \(color)") }
    }
  }

  private let colors = [[200, 30, 40], [40, 160, 60], [60, 80, 190], [128, 128, 128], [250, 240, 10]]

  private func stripes() -> Drawing {
    Drawing(width: 100, height: 20) { x, _ in colors[x / 20].map(UInt8.init) }
  }

  @Test func displayP3ComesBackAsSRGB() throws {
    let (outcome, pixels) = try rendered(stripes().image().inSpace("p3").pngWithMetadata(), "a.png")
    #expect(outcome.problems.isEmpty)
    #expect(outcome.source.icc)
    try expectColors(pixels, colors, within: 3)
    #expect(pixels?.hasProfile == false)
  }

  @Test func sixteenBitDisplayP3WithAlphaComesBackAsSRGB() throws {
    let opaque = try stripes().image().inSpace("p3", depth: 16)
    let alpha = try Drawing(width: 100, height: 20, bands: 1) { _, y in [y < 5 ? 100 : 255] }.image()
    let (outcome, pixels) = try rendered(opaque.joined(with: alpha.sixteenBit()).pngWithMetadata(), "a.png")
    #expect(outcome.problems.isEmpty)
    #expect(outcome.source.alpha)
    try expectColors(pixels, colors.map { $0 + [255] }, within: 3)
    #expect(try pixels?.pixel(50, 2).last == 100)
  }

  @Test func cmykWithProfileComesBackNearly() throws {
    let (outcome, pixels) = try rendered(stripes().image().inSpace("cmyk").jpegWithMetadata(), "a.jpg")
    #expect(outcome.problems.isEmpty)
    // Print has no such saturated colors, and the profile's way there and back is not exact, so the gray must
    // stay gray, about as light, and the others must keep their hue.
    let gray = try #require(pixels).pixel(70, 10)
    for band in gray { #expect(abs(band - 128) <= 12 && abs(band - gray[0]) <= 2, "\(gray)") }
    let red = try #require(pixels).pixel(10, 10)
    #expect(red[0] > 150 && red[1] < 90 && red[2] < 90, "\(red)")
  }

  @Test func sixteenBitGrayStaysGray() throws {
    let drawing = Drawing(width: 64, height: 16, bands: 1) { x, _ in [UInt8(x * 4)] }
    let (outcome, pixels) = try rendered(drawing.image().sixteenBit().pngWithMetadata(), "a.png")
    #expect(outcome.problems.isEmpty)
    #expect(pixels?.bands == 1)
    #expect(try pixels?.withPixels { [UInt8]($0) } == drawing.pixels)
  }

  @Test func brokenProfileIsAWarning() throws {
    let garbage = Data("no profile".utf8) + Data(count: 300)
    let profile = try #require(stripes().image().inSpace("p3").bytes("icc-profile-data"))
    let gray = try Drawing(width: 100, height: 20, bands: 1) { _, _ in [128] }.image()
    for (image, profile) in [
      (try stripes().image(), garbage), (try stripes().image(), profile.prefix(profile.count / 2)),
      (gray, profile),
    ] {
      let (outcome, pixels) = try rendered(
        image.jpeg(quality: 95, chroma: .full).withSegment(
          0xE2,
          Data("ICC_PROFILE\0\u{1}\u{1}".utf8) + profile
        ),
        "a.jpg"
      )
      #expect(outcome.problems.map(\.severity) == [.warning])
      #expect(outcome.problems.first?.rule == .damaged)
      try expectColors(pixels, image.bands == 1 ? [[128]] : colors, within: 4)
    }
  }

  /// Mean colors of nine fields of the picture, row by row, as LittleCMS converts it (relative colorimetric, black
  /// point compensation; computed with Pillow's ImageCms).
  static let references: [(String, [[Int]])] = [
    (
      "icc-wide-gamut/sharp__prophoto.png", [[117, 160, 210]]
    ),
    (
      "icc-wide-gamut/jxl__R2020-sRGB-color-bars.png",
      [
        [237, 160, 238], [116, 238, 232], [215, 233, 161], [187, 2, 191], [22, 193, 176], [158, 176, 2],
        [68, 0, 62], [0, 62, 56], [56, 57, 0],
      ]
    ),
    (
      "icc-wide-gamut/govips__jpg-8bit-grey-icc-dot-gain.jpg",
      [99, 126, 103, 101, 127, 89, 99, 98, 57].map { [$0, $0, $0] }
    ),
    (
      "jpeg-encodings/libvips__sample.jpg",
      [
        [152, 135, 109], [122, 114, 114], [157, 139, 109], [108, 103, 107], [70, 77, 111], [119, 111, 102],
        [156, 141, 114], [116, 111, 111], [145, 129, 101],
      ]
    ),
    (
      "jpeg-gainmap-mpo/libavif__apple_gainmap_new.jpg",
      [
        [98, 108, 118], [100, 130, 159], [66, 47, 34], [104, 105, 101], [127, 127, 118], [42, 31, 25],
        [118, 106, 94], [123, 122, 119], [10, 9, 9],
      ]
    ),
    // Its profile has the perceptual table alone.
    (
      "icc-wide-gamut/pillow__icc_profile_big.jpg",
      [
        [0, 55, 127], [0, 62, 137], [1, 62, 136], [32, 117, 190], [47, 133, 201], [41, 130, 201],
        [109, 159, 185],
        [146, 184, 202], [157, 190, 209],
      ]
    ),
  ]

  @Test(.tags(.realCorpora), .needsRealCorpora("fixtures"), arguments: references)
  func profilesInRealCorporaMatchLittleCMS(_ file: String, _ expected: [[Int]]) throws {
    let data = try FileAccess.read(RealCorpora.path("fixtures/" + file))
    let name = String(file.split(separator: "/")[1])
    var (outcome, pixels) = try rendered(data, name)
    #expect(outcome.problems.isEmpty)
    if let alpha = pixels, alpha.hasAlpha { pixels = try alpha.bands(from: 0, count: 3) }
    let image = try #require(pixels)
    let actual = try means(image, count: expected.count == 1 ? 1 : 3)
    for (a, b) in zip(actual, expected) {
      for (x, y) in zip(a, b) { #expect(abs(x - Double(y)) <= 1, "\(file): \(a), expected \(b)") }
    }
  }

  @Test("Inks without a profile are multiplied, as browsers do")
  func inksWithoutProfile() throws {
    let plain = try Drawing(width: 64, height: 48, bands: 4) { _, _ in [203, 103, 0, 51] }.image()
    let image = try plain.operation("copy", ["in": .image(plain), "interpretation": .text("cmyk")]).image()
    let (_, pixels) = try rendered(image.jpegWithMetadata(), "a.jpg")
    let actual = try #require(pixels).pixel(20, 20)
    // 52 · 204 / 255, and so on.
    for (band, expected) in zip(actual, [42, 122, 204]) { #expect(abs(band - expected) <= 3, "\(actual)") }
  }

  @Test func cmykIsNotInverted() throws {
    // Red, green, blue and yellow as a press prints them.
    let inks = Drawing(width: 64, height: 48, bands: 4) { x, y in
      switch (x < 32, y < 24) {
      case (true, true): [0, 255, 255, 0]
      case (false, true): [255, 0, 255, 0]
      case (true, false): [255, 255, 0, 0]
      case (false, false): [0, 0, 255, 0]
      }
    }
    let plain = try inks.image()
    let image = try plain.operation("copy", ["in": .image(plain), "interpretation": .text("cmyk")]).image()
    let (_, pixels) = try rendered(image.jpegWithMetadata(), "a.jpg")
    let corners = try #require(pixels).cornerColors()
    #expect(corners == ["red", "green", "blue", "yellow"])
  }

  private func means(_ image: Image, count: Int) throws -> [[Double]] {
    let (width, height, bands) = (image.width, image.height, image.bands)
    return try image.withPixels { pixels in
      (0..<(count * count)).map { cell in
        let rows = (height * (cell / count) / count)..<(height * (cell / count + 1) / count)
        let columns = (width * (cell % count) / count)..<(width * (cell % count + 1) / count)
        var sums = [Double](repeating: 0, count: bands)
        for y in rows {
          for x in columns { for b in 0..<bands { sums[b] += Double(pixels[(y * width + x) * bands + b]) } }
        }
        return sums.map { $0 / Double(rows.count * columns.count) }
      }
    }
  }
}
