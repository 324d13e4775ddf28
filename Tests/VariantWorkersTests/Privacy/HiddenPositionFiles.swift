import Foundation
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Files that tell their position where few look: in a video behind the picture, in markup, in what is compressed.
enum HiddenPositionFiles {
  static func box(_ name: String, _ content: Data) -> Data { box(Data(name.utf8), content) }

  private static func box(_ name: Data, _ content: Data) -> Data {
    number(content.count + 8) + name + content
  }

  private static func number(_ value: Int) -> Data {
    Data((0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  static let coordinates = "+50.0757+014.4378/"

  /// A video's boxes, without its pictures: `tells` is the content of its `moov`.
  static func video(_ tells: Data) -> Data {
    box("ftyp", Data("isom\0\0\0\0mp42".utf8)) + box("mdat", Data("MEDIA".utf8))
      + box("moov", box("mvhd", Data(count: 100)) + tells)
  }

  /// As Android's and QuickTime's user data has it.
  static let userData = box(
    "udta",
    box("name", Data("AUTHOR".utf8))
      + box(
        Data([0xA9]) + Data("xyz".utf8),
        Data([0, UInt8(coordinates.utf8.count), 0x15, 0xC7]) + Data(coordinates.utf8)))

  /// As 3GPP has it: a name, what it is, longitude, latitude and altitude in 65536ths of a degree.
  static let location = box(
    "udta",
    box(
      "loci",
      Data(count: 4) + Data([0x15, 0xC7]) + Data("Praha\0\0".utf8) + number(14 << 16) + number(50 << 16)))

  /// As Apple has it: keys, and a list of their values.
  static func values(isQuickTime: Bool) -> Data {
    let keys = ["com.apple.quicktime.make", "com.apple.quicktime.location.ISO6709"]
    let value = { (text: String) in box("data", number(1) + number(0) + Data(text.utf8)) }
    let boxes =
      box("hdlr", Data(count: 8) + Data("mdta".utf8) + Data(count: 12))
      + box(
        "keys",
        number(0) + number(keys.count) + keys.reduce(into: Data()) { $0 += box("mdta", Data($1.utf8)) })
      + box(
        "ilst", box(number(1), value("MAKERNAME")) + box(number(2), value(coordinates)))
    return box("meta", (isQuickTime ? Data() : number(0)) + boxes)
  }

  /// A track whose samples are positions.
  static let track = box(
    "trak",
    box("mdia", box("minf", box("stbl", box("stsd", number(0) + number(1) + box("camm", Data(count: 8)))))))

  /// A motion photo as phones take it, with what Samsung writes at its end.
  static func motionPhoto(_ tells: Data) throws -> Data {
    try PositionFiles.jpeg() + Data("MotionPhoto_Data".utf8) + video(tells)
      + Data("SEFH\u{6B}\0\0\0SEFT".utf8)
  }

  static func container(_ tells: Data) throws -> Data {
    try PositionFiles.plainAVIF() + box("mpvd", video(tells))
  }

  static func svg(_ inner: String) -> Data {
    Data(
      """
      \u{FEFF}<?xml version="1.0"?><!-- <metadata> --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">
      <path d="M0 0h9" data-latitude="50.0" id="MAKERNAME"/>\(inner)</svg>
      """.utf8)
  }

  static var markup: Data {
    svg("<metadata id='m'>" + String(decoding: PositionFiles.xmp, as: UTF8.self) + "</metadata>")
  }

  static func embedded() throws -> Data {
    let jpeg = try PositionFiles.jpeg(bigEndian: true)
    return svg("<image href='data:image/jpeg;base64,\(jpeg.base64EncodedString())'/>")
  }

  static func jxl(_ name: String) -> Data {
    box("JXL ", Data([0x0D, 0x0A, 0x87, 0x0A])) + box("ftyp", Data("jxl \0\0\0\0jxl ".utf8))
      + box("brob", Data(name.utf8) + Data([0x21, 0, 0, 4, 9])) + box("jxlc", Data([0xFF, 0x0A]))
  }

  /// An item of XMP that is compressed.
  static func deflatedItem(_ encoding: String) -> Data {
    let stream = Data(Inflate.stored([UInt8](PositionFiles.xmp)))
    func file(_ offset: Int) -> Data {
      let item = Data([2, 0, 0, 0, 0, 1, 0, 0]) + Data("mime\0application/rdf+xml\0\(encoding)\0".utf8)
      let list = Data([0, 0, 0, 0, 0, 1]) + box("infe", item)
      let location =
        Data([0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1]) + number(offset) + number(stream.count)
      return box("ftyp", Data("avif\0\0\0\0mif1".utf8))
        + box("meta", number(0) + box("iinf", list) + box("iloc", location))
    }
    return file(file(0).count + 8) + box("mdat", stream)
  }
}

extension PositionFiles {
  /// An AVIF that says nothing.
  static func plainAVIF() throws -> Data {
    let image = try Drawing.photograph(48, 32).image()
    return try image.avif(quality: 50, effort: 0, chroma: .halved)
  }
}
