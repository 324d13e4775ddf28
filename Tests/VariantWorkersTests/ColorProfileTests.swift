import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

struct ColorProfileTests {
  @Test func flawsAreFound() throws {
    let image = try Drawing.quarters(4, 4).image().inSpace("p3")
    let profile = try #require(image.bytes("icc-profile-data"))
    #expect(ColorProfile.flaw(in: profile, colors: 3) == nil)
    #expect(ColorProfile.flaw(in: profile + Data(count: 9), colors: 3) == nil)
    for colors in [1, 4] { #expect(ColorProfile.flaw(in: profile, colors: colors) != nil) }
    for count in [0, 40, 131, 140, profile.count - 1] {
      #expect(ColorProfile.flaw(in: profile.prefix(count), colors: 3) != nil, "\(count)")
    }
  }

  @Test func wideGamutsAreTold() throws {
    let image = try Drawing.quarters(4, 4).image()
    for (space, isWide) in [("p3", true), ("srgb", false), ("cmyk", false)] {
      let profile = try #require(image.inSpace(space).bytes("icc-profile-data"))
      #expect(ColorProfile.isWideGamut(profile) == isWide, "\(space)")
      for count in stride(from: 0, to: min(profile.count, 900), by: 7) {
        // Cut off anywhere, it is read to where it ends.
        _ = ColorProfile.isWideGamut(profile.prefix(count))
        _ = ColorProfile.relative(profile.prefix(count))
      }
    }
  }

  @Test func perceptualTableServesTheRelativeIntent() throws {
    let image = try Drawing.quarters(4, 4).image()
    for space in ["p3", "srgb"] {
      let profile = try #require(image.inSpace(space).bytes("icc-profile-data"))
      #expect(ColorProfile.relative(profile) == profile, "\(space)")
    }
    // A profile of a header and a table of two or one, each with four bytes.
    let header = Data(count: 128)
    let content = Data([1, 1, 1, 1, 2, 2, 2, 2])
    func number(_ value: UInt8) -> Data { Data([0, 0, 0, value]) }
    func entry(_ tag: String, _ start: UInt8) -> Data { Data(tag.utf8) + number(start) + number(4) }
    let two = header + number(2) + entry("A2B1", 156) + entry("A2B0", 160) + content
    #expect(
      ColorProfile.relative(two) == header + number(2) + entry("A2B1", 160) + entry("A2B0", 160) + content)
    let one = header + number(1) + entry("A2B0", 144) + content
    #expect(ColorProfile.relative(one) == header + number(1) + entry("A2B1", 144) + content)
  }

  @Test(
    .tags(.realCorpora), .needsRealCorpora("fixtures"),
    arguments: [
      ("jpeg-encodings/libvips__sample.jpg", true), ("jpeg-gainmap-mpo/libavif__apple_gainmap_new.jpg", true),
      ("heic-heif/exifsamples__IMG_5195.HEIC", true), ("icc-wide-gamut/sharp__prophoto.png", true),
      ("icc-wide-gamut/jxl__R2020-sRGB-color-bars.png", true), ("photo/hugo__sunset.jpg", false),
      ("photo/sharp__concert.jpg", false), ("icc-wide-gamut/pillow__icc_profile_big.jpg", false),
      ("cmyk/synth__cmyk-noicc.jpg", false),
    ])
  func inspectionTellsWideGamutsInRealCorpora(_ file: String, _ isWide: Bool) throws {
    guard Readability.reads(file) else { return }
    let site = try TestSite()
    let source = try site.add(FileAccess.read(RealCorpora.path("fixtures/" + file)), "a")
    #expect(source.wideGamut == isWide)
  }
}
