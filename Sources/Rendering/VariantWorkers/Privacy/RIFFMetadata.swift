/// Where a WebP's chunks hold metadata (https://developers.google.com/speed/webp/docs/riff_container).
enum RIFFMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    var blocks: [MetadataBlock] = []
    var offset = 12
    while let length = file.littleEndian(at: offset + 4, count: 4), length <= file.count - offset - 8 {
      let content = (offset + 8)..<(offset + 8 + length)
      if file.matches("EXIF", at: offset) {
        // Some programs put JPEG's own mark in front of the structure.
        let skipped = file.matches("Exif\0\0", at: content.lowerBound) ? 6 : 0
        blocks.append(MetadataBlock(.exif, content.dropFirst(skipped)))
      } else if file.matches("XMP ", at: offset) {
        blocks.append(MetadataBlock(.xmp, content))
      } else if file.matches("C2PA", at: offset) {
        blocks.append(MetadataBlock(.signed, content))
      }
      offset = content.upperBound + length % 2
    }
    return blocks
  }
}
