import Foundation

/// The chunks of a WebP file (https://developers.google.com/speed/webp/docs/riff_container).
enum WebPContainer {
  /// The same picture without EXIF, XMP and ICC chunks. libvips 8.14 writes an EXIF block of its own making into
  /// every WebP, even when the image carries no metadata and `strip` is set.
  ///
  /// The extended header goes too where nothing needs it any more, as libwebp itself writes a plain file.
  ///
  /// - Parameters:
  ///   - data: a still WebP as libwebp wrote it.
  static func withoutMetadata(_ data: Data) -> Data {
    guard data.matches("RIFF"), data.matches("WEBP", at: 8) else { return data }
    var kept: [(name: String, bytes: Data)] = []
    var offset = 12
    while let length = data.littleEndian(at: offset + 4), length <= data.count - offset - 8 {
      let end = min(data.count, offset + 8 + length + length % 2)
      let name = data.ascii(at: offset, count: 4)
      if !["EXIF", "XMP ", "ICCP"].contains(name) {
        kept.append((name, data[(data.startIndex + offset)..<(data.startIndex + end)]))
      }
      offset = end
    }
    let names = kept.map(\.name)
    if names == ["VP8X", "VP8 "] || names == ["VP8X", "VP8L"] {
      kept.removeFirst()
    } else if names.first == "VP8X" {
      // The flags of what was removed: ICC 0x20, EXIF 0x08, XMP 0x04.
      var header = Data(kept[0].bytes)
      header[8] &= ~0x2C
      kept[0].bytes = header
    }
    let body = kept.reduce(Data("WEBP".utf8)) { $0 + $1.bytes }
    let length = (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) }
    return Data("RIFF".utf8) + Data(length) + body
  }
}

extension Data {
  /// The unsigned 32-bit number at an offset from the start, least significant byte first.
  fileprivate func littleEndian(at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - 4 else { return nil }
    return (0..<4).reduce(0) { $0 | Int(self[startIndex + offset + $1]) << (8 * $1) }
  }
}
