import AssetModel
import Foundation

/// What a file says beside its pixels, put into a new file of the same format: profile, orientation, whose picture it is, when
/// and with what it was taken. What an encoder writes anew, and previews of the old picture, are left behind.
enum OriginalMetadata {
  /// - Parameter new: a file as its encoder wrote it, without metadata; of AVIF with all of it.
  static func carried(from old: Data, into new: Data, _ format: ImageFormat) -> Data {
    switch format {
    case .jpeg: JPEGParts.carried(from: old, into: new)
    case .png: PNGParts.carried(from: old, into: new)
    case .webp: WebPContainer.carried(from: old, into: new)
    default: new
    }
  }
}

/// The segments of a JPEG.
private enum JPEGParts {
  static func carried(from old: Data, into new: Data) -> Data {
    guard new.matches([0xFF, 0xD8]) else { return new }
    var segments = Data()
    var hasJFIF = false
    for (marker, content) in old.headerSegments where isPortable(marker, content) {
      if marker == 0xE0 {
        guard !hasJFIF else { continue }
        hasJFIF = true
      }
      let content = ExifPreview.removed(from: content, marker)
      let length = content.count + 2
      segments += Data([0xFF, UInt8(marker), UInt8(length >> 8), UInt8(length & 0xFF)]) + content
    }
    // The encoder's own density is none.
    var start = 2
    if hasJFIF, new.matches([0xFF, 0xE0], at: 2), let length = new.bigEndian(at: 4, count: 2) {
      start = 4 + length
    } else if new.matches([0xFF, 0xE0], at: 2), let length = new.bigEndian(at: 4, count: 2) {
      return new.prefix(4 + length) + segments + new.dropFirst(4 + length)
    }
    return new.prefix(2) + segments + new.dropFirst(start)
  }

  private static func isPortable(_ marker: Int, _ content: Data) -> Bool {
    switch marker {
    // JFIF without its preview, which stands behind the density.
    case 0xE0: content.starts(with: Data("JFIF\0".utf8)) && content.count == 14
    case 0xE1: true
    case 0xE2: content.starts(with: Data("ICC_PROFILE\0".utf8))
    case 0xED: content.starts(with: Data("Photoshop 3.0\0".utf8))
    case 0xFE: true
    default: false
    }
  }
}

/// The small preview in the EXIF of a JPEG, which shows the old pixels and can be most of a small file.
private enum ExifPreview {
  private static let (offsetTag, lengthTag) = (0x0201, 0x0202)

  /// A segment without it, where it is the last thing in it.
  static func removed(from segment: Data, _ marker: Int) -> Data {
    guard marker == 0xE1, segment.starts(with: Data("Exif\0\0".utf8)),
      let tiff = TIFFDirectories(Array(segment.dropFirst(6))), let first = tiff.number(at: 4, count: 4),
      let main = tiff.directories.first(where: { $0.offset == first }),
      let next = tiff.number(at: main.next, count: 4), next > 0,
      let preview = tiff.directories.first(where: { $0.offset == next }),
      let offset = number(of: offsetTag, in: preview, tiff),
      let length = number(of: lengthTag, in: preview, tiff),
      offset > 0, length > 0, (0...8).contains(tiff.bytes.count - offset - length),
      // Nothing else may lie behind where it begins.
      tiff.directories.allSatisfy({ directory in
        directory.range.upperBound <= offset
          && directory.entries.allSatisfy { $0.values.upperBound <= offset || $0.values.isEmpty }
      })
    else { return segment }
    var bytes = tiff.bytes
    bytes.replaceSubrange(main.next..<(main.next + 4), with: [0, 0, 0, 0])
    return segment.prefix(6) + Data(bytes[..<offset])
  }

  private static func number(
    of tag: Int, in directory: TIFFDirectories.Directory, _ tiff: TIFFDirectories
  ) -> Int? {
    guard let entry = directory.entries.first(where: { $0.tag == tag }), entry.values.count == 4 else {
      return nil
    }
    return tiff.number(at: entry.values.lowerBound, count: 4)
  }
}

/// The chunks of a PNG.
private enum PNGParts {
  /// What stays true of the same pixels, however they are written.
  private static let portable: Set<String> = [
    "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "pHYs", "eXIf", "tEXt", "zTXt", "iTXt", "tIME",
  ]

  static func carried(from old: Data, into new: Data) -> Data {
    guard new.matches("IHDR", at: 12), new.count > 33 else { return new }
    var chunks = Data()
    var offset = 8
    while let length = old.bigEndian(at: offset, count: 4), length <= old.count - offset - 12 {
      let start = old.startIndex + offset
      if portable.contains(old.ascii(at: offset + 4, count: 4)) {
        chunks += old[start..<(start + 12 + length)]
      }
      offset += 12 + length
    }
    return new.prefix(33) + chunks + withoutEncoderMetadata(new.dropFirst(33))
  }

  /// The chunks behind the header without those that the encoder wrote of its own accord.
  private static func withoutEncoderMetadata(_ chunks: Data) -> Data {
    let chunks = Data(chunks)
    var rest = Data()
    var offset = 0
    while let length = chunks.bigEndian(at: offset, count: 4), length <= chunks.count - offset - 12 {
      if !portable.contains(chunks.ascii(at: offset + 4, count: 4)) {
        rest += chunks[offset..<(offset + 12 + length)]
      }
      offset += 12 + length
    }
    return rest
  }
}

/// The frame header of a JPEG (ITU T.81, B.2.2).
struct JPEGFrame {
  /// Whether the color has as many samples as the brightness.
  var hasFullChroma: Bool

  init?(_ data: Data) {
    for (marker, content) in data.headerSegments
    where (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker) {
      let frame = Data(content)
      guard let count = frame.bigEndian(at: 5, count: 1), count == 3 else {
        hasFullChroma = false
        return
      }
      let factors = (0..<count).map { frame.bigEndian(at: 7 + 3 * $0, count: 1) ?? 0 }
      hasFullChroma = Set(factors).count == 1
      return
    }
    return nil
  }
}
