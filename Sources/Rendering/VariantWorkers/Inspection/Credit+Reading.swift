import AssetModel
import Foundation
import Vips
import Web

extension Credit {
  /// What an image's metadata says about its maker: XMP first, whose texts are Unicode, then EXIF, of which programs
  /// often make ASCII, then IPTC.
  init?(of image: Image) {
    let exif = image.bytes("exif-data").map(ExifText.init)
    let xmp = image.bytes("xmp-data").map(XMPText.init)
    let iptc = image.bytes("iptc-data").map(IPTCText.init)
    self.init(
      copyright: xmp?.rights ?? exif?.copyright ?? iptc?.copyright,
      creator: xmp?.creator ?? exif?.artist ?? iptc?.byline,
      credit: xmp?.credit ?? iptc?.credit)
  }

  /// A text from metadata, without invisible characters, and no longer than a usual notice. Nil if nothing is left.
  fileprivate static func text(_ bytes: some Collection<UInt8>) -> String? {
    let bytes = Array(bytes.prefix(4000))
    // Older programs wrote Latin-1.
    let text =
      String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map(Unicode.Scalar.init)))
    return trimmed(text)
  }

  fileprivate static func trimmed(_ text: String) -> String? {
    let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
    let words = String(String.UnicodeScalarView(scalars)).split { $0.isWhitespace }
    let text = String(words.joined(separator: " ").prefix(1000))
    return text.isEmpty ? nil : text
  }
}

/// The two texts of EXIF's first directory that name people (EXIF 2.32, 4.6.4).
private struct ExifText {
  private(set) var artist: String?
  private(set) var copyright: String?

  init(_ data: Data) {
    let tiff = data.matches("Exif\0\0") ? data.dropFirst(6) : data
    let isLittle = tiff.matches("II*\0")
    guard isLittle || tiff.matches("MM\0*") else { return }
    let number = { (offset: Int, count: Int) in
      isLittle ? tiff.littleEndian(at: offset, count: count) : tiff.bigEndian(at: offset, count: count)
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else { return }
    for entry in 0..<min(count, 500) {
      let start = directory + 2 + 12 * entry
      guard let tag = number(start, 2) else { return }
      guard tag == 0x013B || tag == 0x8298, let length = number(start + 4, 4), length > 0,
        let valueOffset = length <= 4 ? start + 8 : number(start + 8, 4), valueOffset <= tiff.count,
        length <= tiff.count - valueOffset
      else { continue }
      let first = tiff.startIndex + valueOffset
      // A copyright may hold the photographer's and the editor's, each ended by a zero byte.
      let parts = tiff[first..<(first + length)].split(separator: 0).compactMap { Credit.text($0) }
      guard !parts.isEmpty else { continue }
      if tag == 0x013B { artist = parts[0] } else { copyright = parts.joined(separator: "; ") }
    }
  }
}

/// The texts of an XMP packet that name people. It is XML, which is read as an SVG's is: no entity is expanded.
private struct XMPText {
  private(set) var rights: String?
  private(set) var creator: String?
  private(set) var credit: String?

  init(_ data: Data) {
    var fields: [String: [String]] = [:]
    data.withUnsafeBytes { bytes in
      var field: String?
      for token in SVGTokens(bytes) {
        switch token {
        case .start(let name, let attributes, _):
          if ["rights", "creator", "Credit"].contains(name) { field = name }
          // Simple properties may stand as attributes.
          for attribute in attributes where attribute.name == "photoshop:Credit" {
            fields["Credit", default: []].append(attribute.value)
          }
        case .end(let name): if name == field { field = nil }
        case .text(let range):
          guard let field,
            let text = Credit.trimmed(
              SVGText.decoded(String(decoding: bytes[range].prefix(4000), as: UTF8.self)))
          else { continue }
          fields[field, default: []].append(text)
        case .instruction, .documentType: continue
        }
      }
    }
    // The first of several languages is the default one; of several people all are named.
    rights = fields["rights"]?.first
    creator = fields["creator"].flatMap { Credit.trimmed($0.prefix(20).joined(separator: "; ")) }
    credit = fields["Credit"].flatMap { $0.first }.flatMap { Credit.trimmed($0) }
  }
}

/// The data sets of IPTC-IIM's second record that name people (IIM 4.2), in Photoshop's image resource 0x0404.
private struct IPTCText {
  private(set) var byline: String?
  private(set) var credit: String?
  private(set) var copyright: String?

  init(_ data: Data) {
    guard let resource = data.range(of: Data("8BIM\u{4}\u{4}".utf8)) else { return }
    // The resource's name, its length before it, fills an even number of bytes.
    var offset = resource.upperBound - data.startIndex
    guard let name = data.bigEndian(at: offset, count: 1) else { return }
    offset += (name + 2) / 2 * 2
    guard let length = data.bigEndian(at: offset, count: 4) else { return }
    offset += 4
    let end = min(data.count, offset + length)
    while offset < end, data.matches([0x1C], at: offset),
      let record = data.bigEndian(at: offset + 1, count: 1),
      let set = data.bigEndian(at: offset + 2, count: 1),
      let length = data.bigEndian(at: offset + 3, count: 2),
      length <= end - offset - 5
    {
      let start = data.startIndex + offset + 5
      let text = record == 2 ? Credit.text(data[start..<(start + length)]) : nil
      switch set {
      case 80: byline = byline ?? text
      case 110: credit = credit ?? text
      case 116: copyright = copyright ?? text
      default: break
      }
      offset += 5 + length
    }
  }
}
