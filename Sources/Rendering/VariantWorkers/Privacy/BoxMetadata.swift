/// Where files of boxes (ISO/IEC 14496-12) hold metadata: AVIF and HEIC in items (23008-12, annex A.2), JPEG XL
/// (18181-2) and JPEG 2000 (XMP part 3, 1.1.4) in boxes of their own. A motion photo's video is a box of a HEIC (`mpvd`).
enum BoxMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] { blocks(in: file, 0..<file.count) }

  /// - Parameter range: where the boxes lie.
  static func blocks(in file: some ByteSource, _ range: Range<Int>) -> [MetadataBlock] {
    boxes(in: file, range).flatMap { box -> [MetadataBlock] in
      let content = box.content
      switch box.name {
      case "meta":
        guard content.count > 4 else { return [] }
        return items(in: file, (content.lowerBound + 4)..<content.upperBound)
      case "moov": return VideoMetadata.blocks(in: file, content)
      // One within another would be no motion photo.
      case "mpvd" where range.lowerBound == 0: return blocks(in: file, content)
      case "brob":
        let isMetadata = ["Exif", "xml ", "jumb"].contains { file.matches($0, at: content.lowerBound) }
        return isMetadata ? [MetadataBlock(.sealed(.unread), content)] : []
      case "Exif": return [exif([content], in: file)].compactMap(\.self)
      case "xml ": return [MetadataBlock(.xmp, content)]
      case "jumb": return [MetadataBlock(.sealed(.signed), content)]
      case "uuid":
        guard content.count > 16, let name = file.bytes(content.prefix(16)) else { return [] }
        return identified[name].map { [MetadataBlock($0, content.dropFirst(16))] } ?? []
      default: return []
      }
    }
  }

  /// What a box with an identifier holds: XMP; EXIF; a C2PA manifest.
  private static let identified: [[UInt8]: MetadataBlock.Form] = [
    [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC]: .xmp,
    Array("JpgTiffExif->JP2".utf8): .exif,
    [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81]:
      .sealed(.signed),
  ]

  // MARK: Boxes

  struct Box {
    var name: String
    var content: Range<Int>
  }

  /// The boxes in a range, as far as they are whole.
  static func boxes(in file: some ByteSource, _ range: Range<Int>) -> [Box] {
    var boxes: [Box] = []
    var offset = range.lowerBound
    while offset <= range.upperBound - 8, var length = file.bigEndian(at: offset, count: 4),
      let name = file.bytes((offset + 4)..<(offset + 8))
    {
      var start = 8
      if length == 1 {
        // Lengths above 2^56 are none.
        guard file.bigEndian(at: offset + 8, count: 1) == 0,
          let long = file.bigEndian(at: offset + 9, count: 7)
        else { break }
        (length, start) = (long, 16)
      } else if length == 0 {
        length = range.upperBound - offset
      }
      guard length >= start, length <= range.upperBound - offset else { break }
      boxes.append(
        Box(
          name: String(decoding: name, as: UTF8.self), content: (offset + start)..<(offset + length)))
      offset += length
    }
    return boxes
  }

  // MARK: Items

  private static func items(in file: some ByteSource, _ range: Range<Int>) -> [MetadataBlock] {
    let boxes = boxes(in: file, range)
    guard let information = boxes.first(where: { $0.name == "iinf" })?.content,
      let location = boxes.first(where: { $0.name == "iloc" })?.content
    else { return [] }
    let forms = forms(in: file, information)
    guard !forms.isEmpty else { return [] }
    let data = boxes.first { $0.name == "idat" }?.content
    var reader = ItemLocations(file: file, range: location, data: data)
    return reader.read().compactMap { item, extents -> MetadataBlock? in
      guard let (form, packing) = forms[item] else { return nil }
      return form == .exif ? exif(extents, in: file) : MetadataBlock(form, extents, packing)
    }
  }

  private typealias Forms = [Int: (form: MetadataBlock.Form, packing: MetadataBlock.Packing)]

  /// The items that hold metadata.
  private static func forms(in file: some ByteSource, _ range: Range<Int>) -> Forms {
    var forms: Forms = [:]
    guard let version = file.bigEndian(at: range.lowerBound, count: 1) else { return [:] }
    let start = min(range.upperBound, range.lowerBound + 4 + (version == 0 ? 2 : 4))
    for box in boxes(in: file, start..<range.upperBound) where box.name == "infe" {
      let offset = box.content.lowerBound
      guard let version = file.bigEndian(at: offset, count: 1), version == 2 || version == 3,
        case let width = version == 2 ? 2 : 4, let item = file.bigEndian(at: offset + 4, count: width)
      else { continue }
      // The identifier, two bytes on protection, the type, the name, the media type, how it is compressed.
      let type = offset + 6 + width
      if file.matches("Exif", at: type) { forms[item] = (.exif, .plain) }
      if file.matches("mime", at: type), let name = file.word(from: type + 4, in: box.content),
        let media = file.word(from: type + 5 + name.count, in: box.content),
        String(decoding: media, as: UTF8.self) == "application/rdf+xml"
      {
        let encoding = file.word(from: type + 6 + name.count + media.count, in: box.content) ?? []
        switch String(decoding: encoding, as: UTF8.self) {
        case "": forms[item] = (.xmp, .plain)
        case "br": forms[item] = (.sealed(.unread), .plain)
        default: forms[item] = (.xmp, .deflated)
        }
      }
    }
    return forms
  }

  /// EXIF behind the four bytes that say how far into the rest the structure begins.
  private static func exif(_ extents: [Range<Int>], in file: some ByteSource) -> MetadataBlock? {
    guard let first = extents.first, first.count >= 4,
      var skipped = file.bigEndian(at: first.lowerBound, count: 4).map({ $0 + 4 })
    else { return nil }
    var rest: [Range<Int>] = []
    for extent in extents {
      let cut = min(extent.count, skipped)
      skipped -= cut
      if cut < extent.count { rest.append(extent.dropFirst(cut)) }
    }
    return rest.isEmpty ? nil : MetadataBlock(.exif, rest)
  }
}
