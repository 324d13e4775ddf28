/// Where a PNG's chunks hold metadata (PNG 3rd edition, 11.3; XMP part 3, 1.1.5).
enum PNGMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    var blocks: [MetadataBlock] = []
    var offset = 8
    // Length, name, content, checksum.
    while let head = file.bytes(offset..<(offset + 8)), let length = head.bigEndian(at: 0, count: 4),
      length <= file.count - offset - 12
    {
      let content = (offset + 8)..<(offset + 8 + length)
      switch String(decoding: head[4...], as: UTF8.self) {
      case "eXIf": blocks.append(MetadataBlock(.exif, [content], chunk: content))
      case "caBX": blocks.append(MetadataBlock(.sealed(.signed), [content], chunk: content))
      case "tEXt":
        if let text = plain(file, content) { blocks.append(text) }
      case "zTXt":
        if let text = compressed(file, content) { blocks.append(text) }
      case "iTXt":
        if let text = international(file, content) { blocks.append(text) }
      default: break
      }
      offset = content.upperBound + 4
    }
    return blocks
  }

  /// What the text behind a keyword is.
  private static func form(_ keyword: [UInt8]) -> (form: MetadataBlock.Form, isDigits: Bool)? {
    switch String(decoding: keyword, as: UTF8.self) {
    case "XML:com.adobe.xmp": (.xmp, false)
    case "Raw profile type exif", "Raw profile type APP1": (.application, true)
    case "Raw profile type xmp": (.xmp, true)
    case "Raw profile type 8bim", "Raw profile type iptc": (.resources, true)
    // ImageMagick writes each value of EXIF once more.
    case let name where name.hasPrefix("exif:GPSL") || name.hasPrefix("exif:GPSDest"): (.position, false)
    default: nil
    }
  }

  private static func plain(_ file: some ByteSource, _ content: Range<Int>) -> MetadataBlock? {
    guard let keyword = file.word(from: content.lowerBound, in: content), let kind = form(keyword) else {
      return nil
    }
    let text = (content.lowerBound + keyword.count + 1)..<content.upperBound
    return MetadataBlock(kind.form, [text], kind.isDigits ? .digits : .plain, chunk: content)
  }

  private static func compressed(_ file: some ByteSource, _ content: Range<Int>) -> MetadataBlock? {
    // The method is 0 for deflate, and there is no other.
    guard let keyword = file.word(from: content.lowerBound, in: content), let kind = form(keyword),
      case let start = content.lowerBound + keyword.count + 2, start <= content.upperBound
    else { return nil }
    return MetadataBlock(
      kind.form, [start..<content.upperBound], kind.isDigits ? .deflatedDigits : .deflated, chunk: content)
  }

  /// A keyword, whether the text is compressed and how, its language, the keyword in that language, the text.
  private static func international(_ file: some ByteSource, _ content: Range<Int>) -> MetadataBlock? {
    guard let keyword = file.word(from: content.lowerBound, in: content), let kind = form(keyword),
      case let flags = content.lowerBound + keyword.count + 1,
      let isCompressed = file.bigEndian(at: flags, count: 1),
      let language = file.word(from: flags + 2, in: content),
      let translated = file.word(from: flags + 3 + language.count, in: content),
      case let start = flags + 4 + language.count + translated.count, start <= content.upperBound
    else { return nil }
    let packing: MetadataBlock.Packing =
      switch (isCompressed != 0, kind.isDigits) {
      case (false, false): .plain
      case (false, true): .digits
      case (true, false): .deflated
      case (true, true): .deflatedDigits
      }
    return MetadataBlock(kind.form, [start..<content.upperBound], packing, chunk: content)
  }
}
