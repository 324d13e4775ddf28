import Foundation
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Positions outside of a picture's own EXIF and XMP.
struct HiddenPositionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var make: @Sendable () throws -> Data

    init(_ name: String, _ make: @escaping @Sendable () throws -> Data) {
      (testDescription, self.make) = (name, make)
    }
  }

  private typealias Files = HiddenPositionFiles

  static let cases: [Case] = [
    Case("JPEG, a video behind it (©xyz)") { try Files.motionPhoto(Files.userData) },
    Case("JPEG, a video behind it (loci)") { try Files.motionPhoto(Files.location) },
    Case("JPEG, a video behind it (keys)") { try Files.motionPhoto(Files.values(isQuickTime: false)) },
    Case("HEIF, a video in it") { try Files.container(Files.userData) },
    Case("video, user data") { Files.video(Files.userData) },
    Case("video, QuickTime's values") { Files.video(Files.values(isQuickTime: true)) },
    Case("video, XMP") { Files.video(Files.box("udta", Files.box("XMP_", PositionFiles.xmp))) },
    Case("SVG, metadata") { Files.markup },
    Case("SVG, a picture in it") { try Files.embedded() },
    Case("PNG, EXIF with the mark of JPEG") {
      try PositionFiles.png("eXIf", Data("Exif\0\0".utf8) + TIFFBuilder.camera(bigEndian: true))
    },
  ]

  private static let traces = ["+50.0757", "50,5.5N", "+14.42", "Praha"].map { Data($0.utf8) }

  @Test(arguments: cases)
  func positionGoesAndAllElseStays(_ one: Case) throws {
    let data = try one.make()
    #expect(PositionData.isThere(in: data))
    guard case .removed(let clean) = PositionData.removed(from: data) else {
      Issue.record("\(PositionData.removed(from: data))")
      return
    }
    #expect(clean.count == data.count)
    #expect(PositionData.removed(from: clean) == .notThere)
    for trace in Self.traces { #expect(clean.range(of: trace) == nil) }
    for text in ["MAKERNAME", "AUTHOR", "MEDIA", "SEFT", "Prague", "data-latitude=\"50.0\""] {
      let wanted = Data(text.utf8)
      #expect((clean.range(of: wanted) == nil) == (data.range(of: wanted) == nil), "\(text)")
    }
    // The picture comes first, and stays as it is.
    if data.starts(with: [0xFF, 0xD8]) {
      let picture = try PositionFiles.jpeg().count
      #expect(data.prefix(picture) == clean.prefix(picture))
    }
    let folder = try TemporaryFolder()
    try folder.write(data, to: "a")
    #expect(PositionData.isThere(inFile: folder("a")))
  }

  @Test(
    "What cannot be taken out, or not even read, is told",
    arguments: [
      Case("in a track of its video") { try Files.motionPhoto(Files.track) },
      Case("with Brotli") { Files.jxl("Exif") },
      Case("with Brotli") { Files.jxl("xml ") },
      Case("with Brotli") { Files.deflatedItem("br") },
    ])
  func told(_ one: Case) throws {
    let data = try one.make()
    #expect(PositionData.isThere(in: data))
    guard case .impossible(let reason) = PositionData.removed(from: data) else {
      Issue.record("\(PositionData.removed(from: data))")
      return
    }
    #expect(reason.contains(one.testDescription), "\(reason)")
  }

  @Test(
    "Files that only look like it stay as they are",
    arguments: [
      Case("a video without a position") {
        Files.video(Files.box("udta", Files.box("name", Data("A".utf8))))
      },
      Case("a photograph with something behind it") { try PositionFiles.jpeg() + Data("1234ftypisom".utf8) },
      Case("a map") { Files.svg("<g data-latitude='1' exif:GPSLatitude='50,5.5N'/>") },
      Case("a drawing with a plain picture") {
        Files.svg("<image href='data:image/png;base64,iVBORw0KGgo='/>")
      },
      Case("other compressed metadata") { Files.jxl("jxll") },
    ])
  func othersStay(_ one: Case) throws {
    let data = try one.make()
    #expect(!PositionData.isThere(in: data))
    #expect(PositionData.removed(from: data) == .notThere)
  }

  @Test("No damage ends the program, or leaves what it says it took out", arguments: cases)
  func damaged(_ one: Case) throws {
    let data = try one.make()
    var random = SplitMix(seed: 7)
    for round in 0..<100 {
      var mutant = data
      // Behind the picture, where the boxes are.
      let span = round % 2 == 0 ? data.count : min(data.count, 400)
      for _ in 0...(round % 4) {
        let offset = data.count - 1 - Int(random.next() % UInt64(span))
        mutant[offset] = UInt8(truncatingIfNeeded: random.next())
      }
      guard case .removed(let clean) = PositionData.removed(from: mutant) else { continue }
      #expect(!PositionData.isThere(in: clean))
    }
  }
}
