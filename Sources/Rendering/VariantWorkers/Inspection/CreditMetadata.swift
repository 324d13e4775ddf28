import AssetModel
import Foundation
import Vips

/// Metadata with the creator and copyright of a picture and nothing else. It is written from scratch, never copied, so
/// everything else that a camera or program recorded (positions, serial numbers, owners, thumbnails) is left out.
struct CreditMetadata {
  private let credit: Credit

  init(_ credit: Credit) { self.credit = credit }

  /// An image for a saver of libvips to write with its metadata: the way into AVIF, whose items no one else here writes.
  func carried(by image: Image) throws(VipsError) -> Image {
    var texts: [String: String] = [:]
    texts["exif-ifd0-Copyright"] = credit.copyright
    texts["exif-ifd0-Artist"] = credit.creator
    return try image.carrying(texts: texts, blobs: ["xmp-data": xmp])
  }

  /// A file with the metadata in it: of JPEG, PNG and WebP. Others come back as they are.
  func embedded(in data: Data, _ format: ImageFormat, of image: Image) -> Data {
    switch format {
    case .jpeg: inJPEG(data)
    case .png: inPNG(data)
    case .webp:
      WebPContainer.adding(
        exif: exif, xmp: xmp, to: data, size: PixelSize(width: image.width, height: image.height),
        alpha: image.hasAlpha)
    default: data
    }
  }

  /// A TIFF structure with one directory (EXIF 2.32, 4.5): `Artist` and `Copyright`; nil where there is neither.
  /// EXIF knows ASCII alone; UTF-8 is what programs write there.
  var exif: Data? {
    // In ascending order of their tags.
    let entries = [(0x013B, credit.creator), (0x8298, credit.copyright)].compactMap { tag, text in
      text.map { (tag: tag, bytes: Data($0.utf8) + Data([0])) }
    }
    guard !entries.isEmpty else { return nil }
    let number = { (value: Int, bytes: Int) in
      Data((0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    var directory = number(entries.count, 2)
    var values = Data()
    let start = 8 + 2 + 12 * entries.count + 4
    for (tag, bytes) in entries {
      // Type 2 is ASCII. Up to four bytes stand in the entry itself.
      directory += number(tag, 2) + number(2, 2) + number(bytes.count, 4)
      if bytes.count <= 4 {
        directory += bytes + Data(count: 4 - bytes.count)
      } else {
        directory += number(start + values.count, 4)
        values += bytes + Data(count: bytes.count % 2)
      }
    }
    return Data("MM\0*".utf8) + number(8, 4) + directory + number(0, 4) + values
  }

  /// An XMP packet (ISO 16684-1): `dc:rights`, `dc:creator` and `photoshop:Credit`.
  var xmp: Data {
    var fields = ""
    if let copyright = credit.copyright {
      fields +=
        "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">\(Self.escaped(copyright))</rdf:li></rdf:Alt></dc:rights>"
    }
    if let creator = credit.creator {
      fields += "<dc:creator><rdf:Seq><rdf:li>\(Self.escaped(creator))</rdf:li></rdf:Seq></dc:creator>"
    }
    if let credit = credit.credit {
      fields += "<photoshop:Credit>\(Self.escaped(credit))</photoshop:Credit>"
    }
    return Data(
      ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        + "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        + " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">\(fields)</rdf:Description></rdf:RDF></x:xmpmeta>")
        .utf8)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// Two APP1 segments behind the start and JFIF's own.
  private func inJPEG(_ data: Data) -> Data {
    guard data.matches([0xFF, 0xD8]) else { return data }
    var offset = 2
    if data.matches([0xFF, 0xE0], at: 2), let length = data.bigEndian(at: 4, count: 2),
      length <= data.count - 4
    {
      offset = 4 + length
    }
    var segments = Data()
    let contents = [
      exif.map { Data("Exif\0\0".utf8) + $0 }, Data("http://ns.adobe.com/xap/1.0/\0".utf8) + xmp,
    ]
    for content in contents.compactMap(\.self) where content.count + 2 <= 0xFFFF {
      let length = content.count + 2
      segments += Data([0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)]) + content
    }
    return data.prefix(offset) + segments + data.dropFirst(offset)
  }

  /// An `iTXt` chunk behind the header (PNG 3rd edition, 11.3.3.4, under the keyword that XMP's part 3 gives it).
  private func inPNG(_ data: Data) -> Data {
    guard data.matches("IHDR", at: 12), data.count > 33 else { return data }
    // A keyword, no compression, no language, no translation.
    let chunk = Data("iTXt".utf8) + Data("XML:com.adobe.xmp\0\0\0\0\0".utf8) + xmp
    let number = { (value: UInt32) in Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
    }
    return data.prefix(33) + number(UInt32(chunk.count - 4)) + chunk + number(Self.checksum(chunk))
      + data.dropFirst(33)
  }

  /// CRC-32 as PNG has it (PNG 3rd edition, annex D).
  private static func checksum(_ data: Data) -> UInt32 {
    var crc: UInt32 = .max
    for byte in data {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
