/// Where a GIF holds XMP: in an application extension, as it is, with 258 bytes behind it that lead a reader of
/// sub-blocks to their end from any byte of it (XMP part 3, 1.1.2).
enum GIFMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    var blocks: [MetadataBlock] = []
    let palette = { (flags: Int) in flags & 0x80 == 0 ? 0 : 3 << (flags & 7 + 1) }
    guard let flags = file.bigEndian(at: 10, count: 1) else { return [] }
    var offset = 13 + palette(flags)
    while let kind = file.bigEndian(at: offset, count: 1) {
      var packet: Int?
      switch kind {
      case 0x21:
        offset += 2
        if file.matches("\u{0B}XMP DataXMP", at: offset) { packet = offset + 12 }
      case 0x2C:
        guard let flags = file.bigEndian(at: offset + 9, count: 1) else { return blocks }
        offset += 11 + palette(flags)
      default: return blocks
      }
      while let length = file.bigEndian(at: offset, count: 1), length > 0 { offset += 1 + length }
      if let packet, offset - 257 > packet { blocks.append(MetadataBlock(.xmp, packet..<(offset - 257))) }
      offset += 1
    }
    return blocks
  }
}
