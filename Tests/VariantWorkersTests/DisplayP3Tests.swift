import AssetModel
import Foundation
import SiteFiles
import Testing

@testable import VariantPlanner
@testable import VariantWorkers
@testable import Vips

/// `color: p3`: AVIF and WebP of wide-gamut sources stay in Display P3.
struct DisplayP3Tests {
  /// Stripes in Display P3's own numbers, the first two of which sRGB does not have.
  private let colors = [[240, 40, 30], [20, 230, 60], [60, 80, 190], [128, 128, 128]]

  private func stripes() throws -> Image {
    let drawing = Drawing(width: 128, height: 40) { x, _ in colors[x / 32].map(UInt8.init) }
    let profile = try #require(drawing.image().inSpace("p3").bytes("icc-profile-data"))
    return try drawing.image().carrying(texts: [:], blobs: ["icc-profile-data": profile])
  }

  private func job(
    _ source: Source,
    _ color: EncodingSettings.Color,
    _ settings: [EncodingSettings],
    purpose: Variant.Purpose = .responsive
  ) -> RenderJob {
    var options = PlanOptions()
    options.color = color
    var job = source.job(widths: [source.width, 64], settings, purpose: purpose)
    job.content = .graphic
    for index in job.renditions.indices {
      job.renditions[index].photograph = options.fitted(settings, to: source)
      job.renditions[index].graphic = options.fitted(settings, to: source)
    }
    return job
  }

  private static let settings: [EncodingSettings] = [
    .avif, EncodingSettings(format: .avif, loss: .lossless, effort: 0), .webp, .webpLossless, .jpeg, .png,
  ]

  @Test func avifAndWebPKeepDisplayP3AndTheOthersAreInSRGB() throws {
    let site = try TestSite()
    let source = try site.add(stripes().pngWithMetadata() + Data(count: 1_000_000), "a.png")
    #expect(source.wideGamut)
    let outcome = try #require(
      site.pool().render([job(source, .p3, Self.settings, purpose: .standalone)]).outcomes
        .first)
    #expect(outcome.problems.isEmpty && outcome.variants.count == 12)
    for variant in outcome.variants {
      let isWide = [.avif, .webp].contains(variant.format)
      #expect(variant.settings.color == (isWide ? .p3 : nil))
      let pixels = try site.pixels(of: variant)
      #expect(pixels.hasProfile == isWide, "\(variant.path)")
      let bytes = try FileAccess.read(site.output + "/" + variant.path)
      for mark in ["XMP ", "xpacket", "GPS"] { #expect(bytes.range(of: Data(mark.utf8)) == nil) }
      // A color-managed view of either shows the same but for what sRGB does not have.
      let displayed = isWide ? try pixels.convertedThroughProfile() : pixels
      for (index, color) in colors.enumerated() {
        let x = pixels.width * (2 * index + 1) / 8
        let tolerance = variant.settings.loss == .lossless ? 1 : 12
        if isWide {
          let numbers = try pixels.pixel(x, pixels.height / 2)
          for (a, b) in zip(numbers, color) {
            #expect(abs(a - b) <= tolerance, "\(variant.path) \(numbers)")
          }
        }
        let expected = try stripes().convertedThroughProfile().pixel(32 * index + 16, 20)
        for (a, b) in zip(try displayed.pixel(x, pixels.height / 2), expected) {
          #expect(abs(a - b) <= tolerance + 1, "\(variant.path)")
        }
      }
    }
  }

  /// What is in sRGB anyway has the same name and bytes whatever is asked for.
  @Test func nothingElseChanges() throws {
    let (one, other) = (try TestSite(), try TestSite())
    let wide = try stripes().pngWithMetadata() + Data(count: 1_000_000)
    let plain = try Drawing.photograph(128, 60).image().jpegWithMetadata()
    for (data, name, settings) in [
      (wide, "a.png", [EncodingSettings.jpeg, .png]), (plain, "b.jpg", Self.settings),
    ] {
      for (site, color) in [(one, EncodingSettings.Color.srgb), (other, .p3)] {
        let source = try site.add(data, name)
        _ = site.pool().render([job(source, color, settings)])
      }
    }
    #expect(try one.outputs() == other.outputs())
    #expect(try one.outputs().count >= 4)
  }

  @Test func theNameTellsTheSpace() throws {
    let source = Source(
      path: "a.png", sha256: "1", bytes: 9, format: .png, width: 9, height: 9, wideGamut: true)
    let rendition = job(source, .p3, [.webp]).renditions[0]
    let (wide, plain) = (rendition.photograph[0], EncodingSettings.webp)
    #expect(
      VariantName.key(source: source, rendition: rendition, settings: wide)
        != VariantName.key(source: source, rendition: rendition, settings: plain))
  }

  /// Alpha and orientation go the same way as ever.
  @Test func alphaStays() throws {
    let site = try TestSite()
    let alpha = try Drawing(width: 128, height: 40, bands: 1) { _, y in [y < 10 ? 100 : 255] }.image()
    let source = try site.add(stripes().joined(with: alpha).pngWithMetadata() + Data(count: 500_000), "a.png")
    let outcome = try #require(
      site.pool().render([job(source, .p3, [.webpLossless])]).outcomes.first)
    let whole = try #require(outcome.variants.first { $0.width == 128 })
    let pixels = try site.pixels(of: whole)
    #expect(pixels.hasProfile)
    #expect(try pixels.pixel(16, 5) == colors[0] + [100])
    #expect(try pixels.pixel(48, 30) == colors[1] + [255])
  }
}
