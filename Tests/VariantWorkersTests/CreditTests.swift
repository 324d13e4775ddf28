import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantPlanner
@testable import VariantWorkers
@testable import Vips

/// `metadata: copyright`: who made a picture stays, and nothing else.
struct CreditTests {
  private static let xmp = Data(
    """
    <?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>
    <rdf:Description photoshop:Credit='A &amp; B' exif:GPSLatitude='50,5.5N' aux:SerialNumber='XMPSERIAL'>
    <dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>
    <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© XMP</rdf:li><rdf:li xml:lang='de'>© de</rdf:li></rdf:Alt></dc:rights>
    <aux:OwnerName>XMPOWNER</aux:OwnerName></rdf:Description></rdf:RDF></x:xmpmeta>
    """.utf8)

  /// A photograph as a camera and its owner leave it.
  private func photograph(exif: [String: String], blobs: [String: Data] = [:]) throws -> Data {
    let image = try Drawing.photograph(400, 300).image().carrying(texts: exif, blobs: blobs)
    return try image.jpegWithMetadata()
  }

  private static let exif = [
    "exif-ifd0-Copyright": "© 2026 Someone", "exif-ifd0-Artist": "Some One", "exif-ifd0-Make": "MAKERNAME",
    "exif-ifd2-BodySerialNumber": "BODYSERIAL", "exif-ifd2-CameraOwnerName": "OWNERNAME",
    "exif-ifd3-GPSLatitude": "50/1 5/1 333/10", "exif-ifd3-GPSDateStamp": "2026:01:02",
  ]

  private static let leaks = [
    "MAKERNAME", "BODYSERIAL", "OWNERNAME", "2026:01:02", "XMPSERIAL", "XMPOWNER", "GPSL", "50,5.5N",
    "x-default'>©",
    "Private Person", "SN12345", "Caption of it",
  ]

  private static let settings: [EncodingSettings] = [
    .avif, .webp, .webpLossless, .webpSmaller, .jpeg, .png, .pngPalette,
  ]

  /// Renders a source at two sizes and as a single file, and looks at every byte.
  private func variants(_ source: Source, _ metadata: EncodingSettings.Metadata, _ site: TestSite) throws
    -> [(variant: Variant, bytes: Data)]
  {
    var options = PlanOptions()
    options.metadata = metadata
    let settings = options.fitted(Self.settings, to: source)
    let jobs = [
      source.job(widths: [source.width / 2, 90], settings),
      source.job(widths: [120], settings, purpose: .standalone),
    ]
    let outcomes = jobs.compactMap { site.pool().render([$0]).outcomes.first }
    #expect(outcomes.flatMap(\.problems).isEmpty)
    return try outcomes.flatMap(\.variants).map { ($0, try FileAccess.read(site.output + "/" + $0.path)) }
  }

  private func expectNoLeak(_ bytes: Data, _ path: String) {
    for leak in Self.leaks { #expect(bytes.range(of: Data(leak.utf8)) == nil, "\(leak) in \(path)") }
  }

  @Test func copyrightAndCreatorStayAndNothingElse() throws {
    let site = try TestSite()
    let data = try photograph(exif: Self.exif, blobs: ["xmp-data": Self.xmp]) + Data(count: 200_000)
    for leak in ["MAKERNAME", "BODYSERIAL", "OWNERNAME", "XMPSERIAL"] {
      #expect(data.range(of: Data(leak.utf8)) != nil, "\(leak): the source shows nothing")
    }
    let source = try site.add(data, "a.jpg")
    #expect(source.gps)
    #expect(source.credit == Credit(copyright: "© XMP", creator: "One; Two", credit: "A & B"))
    let results = try variants(source, .copyright, site)
    #expect(Set(results.map(\.variant.format)) == [.avif, .webp, .jpeg, .png] && results.count > 8)
    for (variant, bytes) in results {
      expectNoLeak(bytes, variant.path)
      for text in ["© XMP", "One; Two", "A &amp; B"] {
        #expect(bytes.range(of: Data(text.utf8)) != nil, "\(text) in \(variant.path)")
      }
      let pixels = try site.pixels(of: variant)
      #expect((pixels.width, pixels.height) == (variant.width, variant.height))
      #expect(pixels.orientation == 1)
      // Read back, it says the same.
      #expect(Credit(of: pixels) == source.credit, "\(variant.path)")
      let xmp = try #require(pixels.bytes("xmp-data"), "\(variant.path)")
      #expect(xmp.count < 800)
    }
  }

  @Test func nothingStaysUnlessAskedFor() throws {
    let site = try TestSite()
    let source = try site.add(
      photograph(exif: Self.exif, blobs: ["xmp-data": Self.xmp]) + Data(count: 200_000), "a.jpg")
    for (variant, bytes) in try variants(source, .none, site) {
      expectNoLeak(bytes, variant.path)
      for text in ["Someone", "Some One", "Exif", "xmpmeta"] {
        #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text) in \(variant.path)")
      }
    }
  }

  /// A source that names no one has the same files whatever is asked for.
  @Test func withoutACreditNothingChanges() throws {
    let site = try TestSite()
    let source = try site.add(photograph(exif: ["exif-ifd2-CameraOwnerName": "OWNERNAME"]), "a.jpg")
    #expect(source.credit == nil)
    let plain = try variants(source, .none, site).map(\.variant)
    #expect(try variants(source, .copyright, site).map(\.variant) == plain)
  }

  @Test(.tags(.realCorpora), .needsRealCorpora("fixtures"))
  func ownersAndSerialNumbersInRealCorporaAreGone() throws {
    let site = try TestSite()
    let file = RealCorpora.path("fixtures/gps-privacy/synth__gps-private.jpg")
    let source = try site.add(FileAccess.read(file), "a.jpg")
    #expect(source.credit == Credit(copyright: "(c) Keep Me", creator: "Credit Me"))
    let results = try variants(source, .copyright, site)
    #expect(!results.isEmpty)
    for (variant, bytes) in results {
      expectNoLeak(bytes, variant.path)
      #expect(bytes.range(of: Data("(c) Keep Me".utf8)) != nil, "\(variant.path)")
    }
  }

  private func iptc(_ sets: [(UInt8, Data)]) -> Data {
    let records = sets.reduce(Data()) { $0 + Data([0x1C, 2, $1.0, 0, UInt8($1.1.count)]) + $1.1 }
    return Data("Photoshop 3.0\08BIM\u{4}\u{4}\0\0".utf8) + Data([0, 0, 0, UInt8(records.count)]) + records
  }

  @Test func eachKindOfMetadataIsRead() throws {
    let image = try Drawing.quarters(8, 8).image()
    let read = { (texts: [String: String], blobs: [String: Data]) in
      Credit(of: try image.carrying(texts: texts, blobs: blobs))
    }
    #expect(
      try read([:], ["xmp-data": Self.xmp])
        == Credit(copyright: "© XMP", creator: "One; Two", credit: "A & B"))
    let sets: [(UInt8, Data)] = [
      (120, Data("Caption of it".utf8)), (80, Data("By Line".utf8)), (116, Data([0xA9, 0x20, 0x31])),
      (110, Data("Agency".utf8)),
    ]
    #expect(
      try read([:], ["iptc-data": iptc(sets)])
        == Credit(copyright: "© 1", creator: "By Line", credit: "Agency"))
    #expect(try read([:], ["iptc-data": iptc([])]) == nil)
    #expect(try read([:], ["xmp-data": Data("<dc:rights/><dc:creator> \n </dc:creator>".utf8)]) == nil)
    // Photographer and editor, little-endian, and texts of up to four bytes in the entry itself.
    let tiff =
      Data("Exif\0\0II*\0".utf8) + Data([8, 0, 0, 0, 2, 0])
      + Data([0x3B, 1, 2, 0, 3, 0, 0, 0]) + Data("Me\0\0".utf8)
      + Data([0x98, 0x82, 2, 0, 6, 0, 0, 0, 38, 0, 0, 0]) + Data(count: 4) + Data("Ph\0Ed\0".utf8)
    #expect(try read([:], ["exif-data": tiff]) == Credit(copyright: "Ph; Ed", creator: "Me"))
  }

  @Test func damagedMetadataIsNoDanger() throws {
    var random = SplitMix(seed: 11)
    let image = try Drawing.quarters(8, 8).image()
    let credit = try #require(Credit(copyright: "Someone", creator: "Me"))
    let exif = try #require(CreditMetadata(credit).exif)
    let files = ["exif-data": exif, "xmp-data": Self.xmp, "iptc-data": iptc([(80, Data("By".utf8))])]
    for round in 0..<600 {
      let (name, whole) = Array(files)[round % 3]
      var data = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        data[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = data.prefix(Int.random(in: 1...data.count, using: &random))
      _ = Credit(of: try image.carrying(texts: [:], blobs: [name: cut]))
    }
  }
}
