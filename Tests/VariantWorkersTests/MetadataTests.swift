import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

struct MetadataTests {
  private static let settings: [EncodingSettings] = [
    .avif, .webp, .webpLossless, .jpeg, .png, .pngPalette,
    EncodingSettings(format: .avif, loss: .lossless, effort: 0),
  ]

  /// What metadata looks like in the files of any format.
  private static let marks = [
    "Exif\0\0", "EXIF", "eXIf", "ICC_PROFILE", "iCCP", "ICCP", "http://ns.adobe.com/xap", "XMP ", "x:xmpmeta",
    "Photoshop 3.0", "tEXt", "iTXt", "zTXt", "acsp", "GPSL",
  ]

  private func expectClean(_ site: TestSite, _ outcome: RenderOutcome) throws {
    #expect(!outcome.variants.isEmpty)
    for variant in outcome.variants {
      let data = try FileAccess.read(site.output + "/" + variant.path)
      for mark in Self.marks {
        #expect(data.range(of: Data(mark.utf8)) == nil, "\(mark) in \(variant.path)")
      }
      let pixels = try site.pixels(of: variant)
      let remaining = pixels.fields.filter {
        $0.hasPrefix("exif") || $0.hasPrefix("icc") || $0.hasPrefix("xmp") || $0.hasPrefix("iptc")
          || $0 == "orientation" || $0.hasPrefix("png-comment")
      }
      #expect(remaining.isEmpty, "\(variant.path)")
    }
  }

  @Test func nothingIsLeft() throws {
    let site = try TestSite()
    let image = try Drawing.photograph(300, 200).image().inSpace("p3")
    let xmp = Data("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude='50,5N'/>".utf8)
    let iptc = Data("Photoshop 3.0\08BIM".utf8) + Data(count: 40)
    let data = try image.jpeg(orientation: 6).withSegment(0xE1, xmp).withSegment(0xED, iptc)
    let source = try site.add(data, "a.jpg")
    #expect(source.icc && source.gps && source.orientation == 6)
    try expectClean(site, try site.render(source, widths: [source.width, 90], Self.settings))
  }

  @Test(
    .tags(.realCorpora), .needsRealCorpora("fixtures"),
    arguments: [
      ("gps-privacy/exifsamples__DSCN0010.jpg", true), ("gps-privacy/synth__gps-private.jpg", true),
      ("jpeg-exif-odd/libavif__paris_extended_xmp.jpg", false), ("photo/hugo__sunset.jpg", true),
    ]
  )
  func nothingIsLeftInRealCorpora(_ file: String, _ gps: Bool) throws {
    let site = try TestSite()
    let source = try site.add(FileAccess.read(RealCorpora.path("fixtures/" + file)), "a.jpg")
    #expect(source.gps == gps)
    try expectClean(site, try site.render(source, widths: [source.width / 2], Self.settings))
  }
}
