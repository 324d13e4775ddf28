import Foundation
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Files of each kind that say where their picture was taken, made for tests.
enum PositionFiles {
  static let xmp = Data(
    """
    <?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
    <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
    <rdf:Description photoshop:City='Prague' exif:GPSLatitude='50,5.5N' exif:GPSLongitude = "14,25.1E"
     drone-dji:GpsLongtitude="+14.42" note='exif:GPSLatitude stays in a text'>
    <exif:GPSAltitude>240/1</exif:GPSAltitude><!-- <exif:GPSLatitude>in a comment</exif:GPSLatitude> -->
    <Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li><ns1:GPSLatitude>50,5.5N</ns1:GPSLatitude></rdf:li></rdf:Bag>
    </Iptc4xmpExt:LocationCreated><dc:creator><rdf:Seq><rdf:li>One</rdf:li></rdf:Seq></dc:creator>
    </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>
    """.utf8)

  private static let exifMark = Data("Exif\0\0".utf8)
  private static let xmpMark = Data("http://ns.adobe.com/xap/1.0/\0".utf8)

  private static func picture() throws -> Image { try Drawing.photograph(48, 32).image() }

  static func jpeg() throws -> Data { try picture().jpeg(quality: 80, chroma: .full) }

  static func jpeg(bigEndian: Bool) throws -> Data {
    try jpeg().withSegment(0xE1, xmpMark + xmp)
      .withSegment(0xE1, exifMark + TIFFBuilder.camera(bigEndian: bigEndian))
  }

  /// A packet in two segments, cut within a property.
  static func longXMP() throws -> Data {
    let cut = (xmp.range(of: Data("Latitude='5".utf8))?.lowerBound ?? 0) + 3
    let number = { (value: Int) in
      Data((0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    let head = Data("http://ns.adobe.com/xmp/extension/\0".utf8) + Data(repeating: 0x41, count: 32)
    return try [(0, xmp.prefix(cut)), (cut, xmp.dropFirst(cut))].reduce(jpeg()) { data, part in
      data.withSegment(0xE1, head + number(xmp.count) + number(part.0) + part.1)
    }
  }

  /// A JPEG with a second picture behind it, which has its own notes.
  static func multiPicture() throws -> Data {
    let second = try jpeg().withSegment(0xE1, exifMark + TIFFBuilder.camera(bigEndian: false))
    func first(_ offset: Int) throws -> Data {
      let entries = TIFFBuilder(isBigEndian: true).structure([
        [
          (0xB000, .bytes(Array("0100".utf8))), (0xB001, .long([2])),
          (0xB002, .bytes(Array(repeating: 0, count: 16) + Self.entry(second.count, offset))),
        ]
      ])
      return try jpeg().withSegment(0xE2, Data("MPF\0".utf8) + entries)
    }
    // The offset counts from behind the mark, which is eight bytes (start, marker, length, name) less two into the file.
    let length = try first(0).count
    return try first(length - 10) + second
  }

  private static func entry(_ size: Int, _ offset: Int) -> [UInt8] {
    [0, size, offset, 0].flatMap { value in
      (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
  }

  static func photoshop() throws -> Data {
    let exif = TIFFBuilder.camera(bigEndian: true)
    let block =
      Data("8BIM".utf8) + Data([0x04, 0x22, 0, 0, 0, 0])
      + Data([UInt8(exif.count >> 8), UInt8(exif.count & 255)])
    return try jpeg().withSegment(0xED, Data("Photoshop 3.0\0".utf8) + block + exif)
  }

  // MARK: PNG

  static func png() throws -> Data { try picture().png() }

  /// A PNG with one more chunk behind its header.
  static func png(_ name: String, _ content: Data) throws -> Data {
    let png = try png()
    return png.prefix(33) + PNGChunk.bytes(name, content) + png.dropFirst(33)
  }

  static func rawProfile(_ name: String, _ content: Data) -> Data {
    let digits = content.map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    let lines = stride(from: 0, to: digits.count, by: 36).map {
      digits[$0..<min(digits.count, $0 + 36)].joined()
    }
    return Data(
      "\n\(name)\n\(String(repeating: " ", count: 4))\(content.count)\n\(lines.joined(separator: "\n"))\n"
        .utf8)
  }

  // MARK: Others

  static func webp() throws -> Data {
    WebPContainer.adding(
      exif: TIFFBuilder.camera(bigEndian: false), xmp: xmp, to: try picture().webpLossless(effort: 1),
      size: PixelSize(width: 48, height: 32), alpha: false)
  }

  static func avif() throws -> Data {
    let noted = try picture().carrying(
      texts: [:], blobs: ["exif-data": exifMark + TIFFBuilder.camera(bigEndian: true), "xmp-data": xmp])
    return try noted.operation(
      "heifsave_buffer", ["in": .image(noted), "compression": .text("av1"), "Q": .int(50), "effort": .int(0)]
    ).bytes()
  }

  static func gif() throws -> Data {
    let gif = try picture().operation("gifsave_buffer", ["in": .image(picture())]).bytes()
    let palette = gif[10] & 0x80 == 0 ? 0 : 3 << (Int(gif[10] & 7) + 1)
    let trailer = Data([1]) + Data((0...255).reversed().map { UInt8($0) }) + Data([0])
    return gif.prefix(13 + palette) + Data([0x21, 0xFF, 0x0B]) + Data("XMP DataXMP".utf8) + xmp + trailer
      + gif.dropFirst(13 + palette)
  }

  /// One row of four gray pixels behind what a scanner and a camera note.
  static func tiff(bigEndian: Bool) -> Data {
    func structure(_ pixels: Int) -> Data {
      TIFFBuilder(isBigEndian: bigEndian).structure([
        [
          (0x0100, .short([4])), (0x0101, .short([1])), (0x0102, .short([8])), (0x0103, .short([1])),
          (0x0106, .short([1])), (0x0111, .long([pixels])), (0x0115, .short([1])), (0x0116, .short([1])),
          (0x0117, .long([4])), (700, .bytes(Array(xmp))), (0x8825, .directory(TIFFBuilder.position)),
        ]
      ])
    }
    return structure(structure(0).count) + Data([10, 90, 170, 250])
  }

  private static func box(_ name: String, _ content: Data) -> Data {
    let length = content.count + 8
    return Data((0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }) + Data(name.utf8)
      + content
  }

  /// The boxes of a JPEG XL, without its picture.
  static func jxl() -> Data {
    box("JXL ", Data([0x0D, 0x0A, 0x87, 0x0A])) + box("ftyp", Data("jxl \0\0\0\0jxl ".utf8))
      + box("Exif", Data(count: 4) + TIFFBuilder.camera(bigEndian: false)) + box("xml ", xmp)
      + box("jxlc", Data([0xFF, 0x0A]))
  }

  /// The boxes of a JPEG 2000, without its picture.
  static func jp2() -> Data {
    let identifier = Data([
      0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ])
    return box("jP  ", Data([0x0D, 0x0A, 0x87, 0x0A])) + box("uuid", identifier + xmp)
  }
}
