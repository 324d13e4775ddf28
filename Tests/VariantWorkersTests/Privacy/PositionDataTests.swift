import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Where a picture was taken: found in each kind of file, and taken out of it.
struct PositionDataTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// Whether the file can be decoded.
    var loader: Loader?
    /// Whether the metadata is compressed, so that the file's length changes.
    var isCompressed = false
    var make: @Sendable () throws -> Data

    init(
      _ name: String, _ loader: Loader?, isCompressed: Bool = false,
      _ make: @escaping @Sendable () throws -> Data
    ) {
      (testDescription, self.loader, self.isCompressed, self.make) = (name, loader, isCompressed, make)
    }
  }

  private static let exif = Data("Exif\0\0".utf8) + TIFFBuilder.camera(bigEndian: false)
  private static let keyword = Data("XML:com.adobe.xmp\0".utf8)

  static let cases: [Case] = [
    Case("JPEG, most significant byte first", .jpeg) { try PositionFiles.jpeg(bigEndian: true) },
    Case("JPEG, least significant byte first", .jpeg) { try PositionFiles.jpeg(bigEndian: false) },
    Case("JPEG, XMP in two segments", .jpeg) { try PositionFiles.longXMP() },
    Case("JPEG, a second picture", .jpeg) { try PositionFiles.multiPicture() },
    Case("JPEG, Photoshop's resources", .jpeg) { try PositionFiles.photoshop() },
    Case("PNG, eXIf", .png) { try PositionFiles.png("eXIf", TIFFBuilder.camera(bigEndian: true)) },
    Case("PNG, XMP", .png) {
      try PositionFiles.png("iTXt", keyword + Data([0, 0, 0, 0]) + PositionFiles.xmp)
    },
    Case("PNG, compressed XMP", .png, isCompressed: true) {
      try PositionFiles.png(
        "iTXt", keyword + Data([1, 0, 0, 0]) + Data(Inflate.stored([UInt8](PositionFiles.xmp))))
    },
    Case("PNG, a profile in digits", .png) {
      try PositionFiles.png(
        "tEXt", Data("Raw profile type exif\0".utf8) + PositionFiles.rawProfile("exif", exif))
    },
    Case("PNG, a compressed profile in digits", .png, isCompressed: true) {
      let text = PositionFiles.rawProfile("generic profile", exif)
      return try PositionFiles.png(
        "zTXt", Data("Raw profile type APP1\0\0".utf8) + Data(Inflate.stored([UInt8](text))))
    },
    Case("PNG, a value by itself", .png) {
      try PositionFiles.png("tEXt", Data("exif:GPSLatitude\050/1, 5/1".utf8))
    },
    Case("WebP", .webp) { try PositionFiles.webp() },
    Case("AVIF", .heif) { try PositionFiles.avif() },
    Case("GIF", .gif) { try PositionFiles.gif() },
    Case("TIFF, most significant byte first", .tiff) { PositionFiles.tiff(bigEndian: true) },
    Case("TIFF, least significant byte first", .tiff) { PositionFiles.tiff(bigEndian: false) },
    Case("JPEG XL", nil) { PositionFiles.jxl() },
    Case("JPEG 2000", nil) { PositionFiles.jp2() },
  ]

  /// What positions look like: the numbers of latitude and longitude in both orders, and XMP's texts.
  private static let traces: [Data] = [
    Data([0, 0, 0, 50, 0, 0, 0, 1]), Data([50, 0, 0, 0, 1, 0, 0, 0]), Data([0, 0, 0x01, 0x4D, 0, 0, 0, 10]),
    Data([0x4D, 0x01, 0, 0, 10, 0, 0, 0]), Data("50,5.5N".utf8), Data("14,25.1E".utf8), Data("+14.42".utf8),
    Data("50/1, 5/1".utf8),
  ]

  @Test(arguments: cases)
  func positionGoesAndAllElseStays(_ one: Case) throws {
    let data = try one.make()
    #expect(PositionData.isThere(in: data))
    #expect(
      Self.traces.contains { data.range(of: $0) != nil } || one.isCompressed
        || one.testDescription.contains("digits"))
    guard case .removed(let clean) = PositionData.removed(from: data) else {
      Issue.record("\(PositionData.removed(from: data))")
      return
    }
    #expect(!PositionData.isThere(in: clean))
    for trace in Self.traces { #expect(clean.range(of: trace) == nil, "\([UInt8](trace))") }
    if !one.isCompressed { #expect(clean.count == data.count) }
    for text in ["MAKERNAME", "Prague", "One", "2026:01:02 03:04:05"]
    where data.range(of: Data(text.utf8)) != nil {
      #expect(clean.range(of: Data(text.utf8)) != nil, "\(text)")
    }
    #expect(PositionData.removed(from: clean) == .notThere)
    guard let loader = one.loader, loader.isAvailable else { return }
    try expectSamePicture(data, clean, loader)
  }

  private func expectSamePicture(_ data: Data, _ clean: Data, _ loader: Loader) throws {
    let (before, after) = try (
      Image.open(data, with: loader, file: "before", failOn: .warning),
      Image.open(clean, with: loader, file: "after", failOn: .warning)
    )
    #expect(try before.allPixels() == after.allPixels())
    let others = { (image: Image) in
      image.fields.filter {
        $0.hasPrefix("exif-") && !$0.contains("ifd3") && $0 != "exif-data" && !$0.contains("GPSInfo")
      }
    }
    #expect(others(before) == others(after))
    #expect(!after.fields.contains { $0.contains("exif-ifd3-GPSL") })
    #expect(before.orientation == after.orientation)
  }

  @Test("A file on disk is told by a few of its bytes", arguments: cases)
  func onDisk(_ one: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write(one.make(), to: "a")
    #expect(PositionData.isThere(inFile: folder("a")))
  }

  /// Files that say nothing of the kind.
  private static let others: [Case] = [
    Case("JPEG without notes", nil) { try PositionFiles.jpeg() },
    Case("JPEG without a position", nil) {
      try PositionFiles.jpeg().withSegment(
        0xE1, Data("Exif\0\0".utf8) + TIFFBuilder.camera(bigEndian: true, position: nil))
    },
    Case("JPEG whose camera had no position", nil) {
      try PositionFiles.jpeg().withSegment(
        0xE1,
        Data("Exif\0\0".utf8) + TIFFBuilder.camera(bigEndian: true, position: [(0, .bytes([2, 3, 0, 0]))]))
    },
    Case("XMP that speaks of positions", nil) {
      let text =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><a b='exif:GPSLatitude=&quot;1&quot;'>GPSLatitude</a></x:xmpmeta>"
      return try PositionFiles.png("iTXt", keyword + Data([0, 0, 0, 0]) + Data(text.utf8))
    },
    Case("no picture", nil) { Data("hello".utf8) }, Case("nothing", nil) { Data() },
  ]

  @Test(arguments: others)
  func othersStay(_ one: Case) throws {
    let data = try one.make()
    #expect(!PositionData.isThere(in: data))
    #expect(PositionData.removed(from: data) == .notThere)
  }

  @Test("What cannot be taken out is told")
  func impossible() throws {
    let broken = Data("<x:xmpmeta><a exif:GPSLatitude='50,5.5N'".utf8)
    let unreadable = try PositionFiles.png("iTXt", Self.keyword + Data([0, 0, 0, 0]) + broken)
    let signed = try PositionFiles.png("caBX", Data("jumb\0stds.exif{\"exif:GPSLatitude\":\"50\"}".utf8))
    for data in [unreadable, signed] {
      #expect(PositionData.isThere(in: data))
      guard case .impossible = PositionData.removed(from: data) else {
        Issue.record("\(PositionData.removed(from: data))")
        continue
      }
    }
  }

  @Test("No damage ends the program, or lets a change out of the metadata", arguments: cases)
  func damaged(_ one: Case) throws {
    let data = try one.make()
    var random = SplitMix(seed: 20)
    for round in 0..<300 {
      var mutant = data
      for _ in 0...(round % 4) {
        mutant[Int(random.next() % UInt64(mutant.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      if round % 10 == 0 { mutant = mutant.prefix(Int(random.next() % UInt64(data.count))) }
      guard case .removed(let clean) = PositionData.removed(from: mutant) else { continue }
      #expect(!PositionData.isThere(in: clean))
    }
  }
}

extension Image {
  fileprivate func allPixels() throws -> [UInt8] { try withPixels { Array($0) } }
}
