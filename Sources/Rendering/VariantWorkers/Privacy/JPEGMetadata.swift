/// Where a JPEG's segments hold metadata (ITU T.81, annex B; EXIF 2.32, 4.7; XMP part 3, 1.1.3).
enum JPEGMetadata {
  static let exif = "Exif\0\0"
  static let xmp = "http://ns.adobe.com/xap/1.0/\0"
  private static let further = "http://ns.adobe.com/xmp/extension/\0"

  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    var reader = Reader()
    let further = reader.read(file, from: 0)
    // Further images (CIPA DC-007, "Multi-Picture Format") lie behind the first, each a JPEG with metadata of its own.
    for start in further { _ = reader.read(file, from: start) }
    let video = MotionPhoto.video(in: file, behind: reader.end).map { BoxMetadata.blocks(in: file, $0) }
    return reader.blocks + (video ?? [])
  }

  private struct Reader {
    var blocks: [MetadataBlock] = []
    /// Where the metadata of the image that was read last ends.
    var end = 0

    /// - Returns: where further images begin.
    mutating func read(_ file: some ByteSource, from start: Int) -> [Int] {
      guard file.bigEndian(at: start, count: 2) == 0xFFD8 else { return [] }
      var further: [Int] = []
      /// The parts of a packet that is too long for one segment, by its digest.
      var parts: [[UInt8]: [(offset: Int, range: Range<Int>)]] = [:]
      var offset = start + 2
      while let marker = file.bigEndian(at: offset, count: 2), marker >= 0xFF00 {
        if marker == 0xFFFF {
          offset += 1
          continue
        }
        // The start of a scan, or the end: no metadata comes behind.
        if marker == 0xFFDA || marker == 0xFFD9 { break }
        guard let length = file.bigEndian(at: offset + 2, count: 2), length >= 2 else { break }
        let content = (offset + 4)..<(offset + 2 + length)
        switch marker {
        case 0xFFE1: take(content, of: file, &parts)
        case 0xFFE2:
          if file.matches("MPF\0", at: content.lowerBound) { further += Self.images(file, content) }
        case 0xFFEB: blocks.append(MetadataBlock(.sealed(.signed), content))
        case 0xFFED:
          if file.matches("Photoshop 3.0\0", at: content.lowerBound) {
            blocks.append(MetadataBlock(.resources, content.dropFirst(14)))
          }
        default: break
        }
        offset = content.upperBound
      }
      end = offset
      for parts in parts.values {
        blocks.append(MetadataBlock(.xmp, parts.sorted { $0.offset < $1.offset }.map(\.range)))
      }
      return further
    }

    private mutating func take(
      _ content: Range<Int>, of file: some ByteSource,
      _ parts: inout [[UInt8]: [(offset: Int, range: Range<Int>)]]
    ) {
      let start = content.lowerBound
      if file.matches("Exif\0", at: start) {
        blocks.append(MetadataBlock(.exif, content.dropFirst(6)))
      } else if file.matches(JPEGMetadata.xmp, at: start) {
        blocks.append(MetadataBlock(.xmp, content.dropFirst(JPEGMetadata.xmp.utf8.count)))
      } else if file.matches(JPEGMetadata.further, at: start) {
        // The packet's digest, its length, and where this part of it belongs.
        let digest = start + JPEGMetadata.further.utf8.count
        let part = digest + 40
        guard part <= content.upperBound, let name = file.bytes(digest..<(digest + 32)),
          let offset = file.bigEndian(at: digest + 36, count: 4)
        else { return }
        parts[name, default: []].append((offset, part..<content.upperBound))
      }
    }

    /// The images that a multi-picture index names, but for the first, where this file begins.
    private static func images(_ file: some ByteSource, _ content: Range<Int>) -> [Int] {
      let base = content.lowerBound + 4
      guard let index = file.bytes(content.dropFirst(4)), let tiff = TIFFDirectories(index) else {
        return []
      }
      let entries = tiff.directories.first?.entries.first { $0.tag == 0xB002 }
      guard let values = entries?.values else { return [] }
      // Sixteen bytes an image: attributes, length, offset from the index's own start, and what depends on it.
      return stride(from: values.lowerBound, to: values.upperBound, by: 16).compactMap { entry in
        tiff.number(at: entry + 8, count: 4).flatMap { $0 > 0 ? base + $0 : nil }
      }
    }
  }
}
