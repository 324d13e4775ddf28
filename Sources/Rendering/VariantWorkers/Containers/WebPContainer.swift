import Foundation

/// The chunks of a WebP file (https://developers.google.com/speed/webp/docs/riff_container).
struct WebPContainer {
  /// A chunk: its name of four letters, and its content.
  struct Chunk {
    var name: String
    var content: Data
  }

  /// What the extended header says of the others. Bits of its first byte.
  private enum Flag {
    static let profile: UInt8 = 0x20
    static let alpha: UInt8 = 0x10
    static let exif: UInt8 = 0x08
    static let xmp: UInt8 = 0x04
  }

  var chunks: [Chunk] = []

  /// A file without any.
  init() {}

  /// Reads a file's chunks, as far as they are whole; nil when it is no WebP.
  init?(_ data: Data) {
    guard data.matches("RIFF"), data.matches("WEBP", at: 8) else { return nil }
    var offset = 12
    while let length = data.littleEndian(at: offset + 4, count: 4), length <= data.count - offset - 8 {
      let start = data.startIndex + offset + 8
      chunks.append(Chunk(name: data.ascii(at: offset, count: 4), content: data[start..<(start + length)]))
      offset += 8 + length + length % 2
    }
  }

  /// The file.
  var data: Data {
    var body = Data("WEBP".utf8)
    for chunk in chunks {
      body += Data(chunk.name.utf8) + Self.number(chunk.content.count, bytes: 4) + chunk.content
      if chunk.content.count % 2 == 1 { body.append(0) }
    }
    return Data("RIFF".utf8) + Self.number(body.count, bytes: 4) + body
  }

  /// The same picture without EXIF and XMP, and without its ICC profile unless that is retained. libvips 8.14 writes
  /// its own EXIF block into every WebP, even when the image carries no metadata and `strip` is set.
  ///
  /// The extended header goes too where nothing needs it any more, as libwebp itself writes a plain file.
  ///
  /// - Parameters:
  ///   - data: a still WebP as libwebp wrote it.
  static func withoutMetadata(_ data: Data, keepingProfile: Bool = false) -> Data {
    guard var container = WebPContainer(data) else { return data }
    let unwanted = keepingProfile ? ["EXIF", "XMP "] : ["EXIF", "XMP ", "ICCP"]
    container.chunks.removeAll { unwanted.contains($0.name) }
    let names = container.chunks.map(\.name)
    if names == ["VP8X", "VP8 "] || names == ["VP8X", "VP8L"] {
      container.chunks.removeFirst()
    } else if names.first == "VP8X" {
      container.change { $0 &= ~(Flag.exif | Flag.xmp | (keepingProfile ? 0 : Flag.profile)) }
    }
    return container.data
  }

  /// The same picture with EXIF and XMP behind it.
  ///
  /// - Parameters:
  ///   - data: a still WebP.
  ///   - size: its width and height in pixels.
  ///   - alpha: whether it has alpha.
  static func adding(exif: Data?, xmp: Data, to data: Data, size: PixelSize, alpha: Bool) -> Data {
    guard var container = WebPContainer(data) else { return data }
    if container.chunks.first?.name != "VP8X" {
      let header =
        Data([alpha ? Flag.alpha : 0, 0, 0, 0]) + number(size.width - 1, bytes: 3)
        + number(size.height - 1, bytes: 3)
      container.chunks.insert(Chunk(name: "VP8X", content: header), at: 0)
    }
    container.change { $0 |= Flag.xmp | (exif == nil ? 0 : Flag.exif) }
    if let exif { container.chunks.append(Chunk(name: "EXIF", content: exif)) }
    container.chunks.append(Chunk(name: "XMP ", content: xmp))
    return container.data
  }

  /// A new file with the profile, EXIF and XMP of an old one.
  ///
  /// - Parameter new: a still WebP without any of them.
  static func carried(from old: Data, into new: Data) -> Data {
    guard let source = WebPContainer(old), var container = WebPContainer(new), let size = size(of: new) else {
      return new
    }
    func chunk(_ name: String) -> Chunk? { source.chunks.first { $0.name == name } }
    let (profile, exif, xmp) = (chunk("ICCP"), chunk("EXIF"), chunk("XMP "))
    guard profile != nil || exif != nil || xmp != nil else { return new }
    if container.chunks.first?.name != "VP8X" {
      // Of a lossless picture the bit behind its size says whether it has alpha (RFC 9649, 3.4).
      let bits = container.chunks.first { $0.name == "VP8L" }?.content.littleEndian(at: 1, count: 4) ?? 0
      let header =
        Data([bits >> 28 & 1 == 1 ? Flag.alpha : 0, 0, 0, 0]) + number(size.width - 1, bytes: 3)
        + number(size.height - 1, bytes: 3)
      container.chunks.insert(Chunk(name: "VP8X", content: header), at: 0)
    }
    container.change {
      $0 |= (profile == nil ? 0 : Flag.profile) | (exif == nil ? 0 : Flag.exif) | (xmp == nil ? 0 : Flag.xmp)
    }
    if let profile { container.chunks.insert(profile, at: 1) }
    container.chunks += [exif, xmp].compactMap(\.self)
    return container.data
  }

  /// Changes the extended header's flags.
  private mutating func change(_ body: (inout UInt8) -> Void) {
    guard let first = chunks.first, let flags = first.content.first else { return }
    var flag = flags
    body(&flag)
    chunks[0].content = Data([flag]) + first.content.dropFirst()
  }

  static func number(_ value: Int, bytes: Int) -> Data {
    Data((0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }
}
