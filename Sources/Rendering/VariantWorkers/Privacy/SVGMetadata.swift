import Web

/// Where an SVG tells a position: in XMP or RDF within `<metadata>`, and in pictures that it holds as `data:` URLs.
/// Attributes of what is drawn stay, whatever they are called: a map's are part of it.
enum SVGMetadata {
  private static let bytesOfMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether a file begins as markup does.
  static func isMarkup(_ head: [UInt8]) -> Bool {
    let text = head.starts(with: bytesOfMark) ? head.dropFirst(3) : head[...]
    return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
  }

  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    // Most have neither, and need not be read as markup.
    guard file.count <= MetadataBlock.mostBytes,
      file.first("metadata", from: 0) != nil || file.first(";base64,", from: 0) != nil,
      let bytes = file.bytes(0..<file.count)
    else { return [] }
    return metadata(bytes) + pictures(bytes)
  }

  /// The outermost `<metadata>` elements.
  private static func metadata(_ bytes: [UInt8]) -> [MetadataBlock] {
    bytes.withUnsafeBytes { bytes in
      var blocks: [MetadataBlock] = []
      var (start, depth) = (0, 0)
      var tokens = SVGTokens(bytes)
      while let token = tokens.next() {
        switch token {
        case .start("metadata", _, let offset):
          if depth == 0 { start = offset }
          depth += 1
        case .end("metadata") where depth > 0:
          depth -= 1
          if depth == 0 { blocks.append(MetadataBlock(.xmp, start..<tokens.position)) }
        default: break
        }
      }
      return blocks
    }
  }

  private static let base64 = Set(
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).map(\.self) + (UInt8(ascii: "a")...UInt8(ascii: "z"))
      + (UInt8(ascii: "0")...UInt8(ascii: "9")) + "+/= \n\r\t".utf8)

  private static func pictures(_ bytes: [UInt8]) -> [MetadataBlock] {
    var blocks: [MetadataBlock] = []
    var offset = 0
    while let mark = bytes.first(";base64,", from: offset) {
      let start = mark + 8
      offset = bytes[start...].firstIndex { !base64.contains($0) } ?? bytes.count
      blocks.append(MetadataBlock(.picture, [start..<offset], .base64))
    }
    return blocks
  }
}
