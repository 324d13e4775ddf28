/// Where a WebP's chunks hold metadata (https://developers.google.com/speed/webp/docs/riff_container).
enum RIFFMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    var blocks: [MetadataBlock] = []
    var offset = 12
    while let length = file.littleEndian(at: offset + 4, count: 4), length <= file.count - offset - 8 {
      let content = (offset + 8)..<(offset + 8 + length)
      if file.matches("EXIF", at: offset) {
        blocks.append(MetadataBlock(.exif, content))
      } else if file.matches("XMP ", at: offset) {
        blocks.append(MetadataBlock(.xmp, content))
      } else if file.matches("C2PA", at: offset) {
        blocks.append(MetadataBlock(.sealed(.signed), content))
      }
      offset = content.upperBound + length % 2
    }
    return blocks
  }
}
