import Foundation

/// A part of an image file that can state where the picture was taken.
struct MetadataBlock: Hashable {
  /// What is written there.
  enum Form: Hashable {
    /// A TIFF structure, as EXIF is.
    case exif
    /// An XMP packet.
    case xmp
    /// One of the two, mostly with the mark in front that it has in a JPEG.
    case application
    /// Photoshop's image resources, which can hold them as well.
    case resources
    /// A text that is a position and nothing else.
    case position
    /// A box of a video that is a position and nothing else, from its name on.
    case box
    /// A picture within the file, with metadata of its own.
    case picture
    /// What tells a position, or may, and cannot be changed.
    case sealed(Seal)
  }

  /// Why what tells a position cannot be changed.
  enum Seal: String {
    case signed = "it stands in a signed C2PA manifest"
    case track = "it stands in a track of its video"
    case unread = "its metadata is compressed with Brotli, which is not read here"
  }

  /// How it is written.
  enum Packing: Hashable {
    case plain
    /// As hexadecimal digits behind a few words (`Raw profile type` of PNG files by ImageMagick).
    case digits
    /// As a zlib stream.
    case deflated
    /// The digits as a zlib stream.
    case deflatedDigits
    /// As the text of a `data:` URL.
    case base64
  }

  var form: Form
  var packing = Packing.plain
  /// Where the parts of it lie, in order.
  var extents: [Range<Int>]
  /// The content of the PNG chunk around it, whose checksum goes by it.
  var chunk: Range<Int>?

  init(_ form: Form, _ extents: [Range<Int>], _ packing: Packing = .plain, chunk: Range<Int>? = nil) {
    (self.form, self.packing, self.extents, self.chunk) = (form, packing, extents, chunk)
  }

  init(_ form: Form, _ extent: Range<Int>) { self.init(form, [extent]) }

  /// More than this is no metadata: a file cannot have the memory grow by what it claims.
  static let mostBytes = 64 << 20

  /// The block's bytes, its parts put together.
  func content(in file: some ByteSource) -> [UInt8]? {
    guard extents.reduce(0, { $0 + $1.count }) <= Self.mostBytes else { return nil }
    var content: [UInt8] = []
    for extent in extents {
      guard let part = file.bytes(extent) else { return nil }
      content += part
    }
    return content
  }
}

extension MetadataBlock.Form {
  /// Whether the block's content says where the picture was taken.
  func hasPosition(_ content: [UInt8]) -> Bool {
    switch self {
    case .exif: ExifPosition(content)?.isThere ?? false
    case .xmp: XMPPosition(content).isThere
    case .application, .resources:
      inner(content).contains { $0.form.hasPosition(Array(content[$0.range])) }
    case .position: content.contains { $0 != UInt8(ascii: " ") && $0 != 0 }
    // What was taken out became room that is free.
    case .box: !content.matches(VideoMetadata.free, at: 0)
    // An SVG within an SVG could go on like that for ever.
    case .picture: !SVGMetadata.isMarkup(content) && PositionData.isThere(in: Data(content))
    case .sealed(.signed): content.firstRange(of: Array("GPSLatitude".utf8)) != nil
    case .sealed: true
    }
  }

  /// The content without the position, as long as it was; nil where that cannot be done.
  func withoutPosition(_ content: [UInt8]) -> [UInt8]? {
    switch self {
    case .exif: return ExifPosition(content)?.removed()
    case .xmp: return XMPPosition(content).removed()
    case .application, .resources:
      var content = content
      for block in inner(content) {
        let part = Array(content[block.range])
        guard block.form.hasPosition(part) else { continue }
        guard let clean = block.form.withoutPosition(part) else { return nil }
        content.replaceSubrange(block.range, with: clean)
      }
      return content
    case .position: return Array(repeating: UInt8(ascii: " "), count: content.count)
    case .box: return Array(VideoMetadata.free.utf8) + repeatElement(0, count: max(0, content.count - 4))
    case .picture:
      guard case .removed(let clean) = PositionData.removed(from: Data(content)) else { return nil }
      return Array(clean)
    case .sealed: return nil
    }
  }

  /// The blocks within one.
  private func inner(_ content: [UInt8]) -> [(form: Self, range: Range<Int>)] {
    guard self == .application else { return PhotoshopResources.blocks(content) }
    if content.matches(JPEGMetadata.exif, at: 0) { return [(.exif, content.indices.dropFirst(6))] }
    let xmp = JPEGMetadata.xmp
    if content.matches(xmp, at: 0) { return [(.xmp, content.indices.dropFirst(xmp.utf8.count))] }
    return [(.exif, content.indices)]
  }
}

/// The image resources that Photoshop writes into JPEG and TIFF files (Adobe Photoshop File Formats Specification,
/// "Image Resource Blocks").
enum PhotoshopResources {
  /// The resources that hold EXIF or XMP.
  static func blocks(_ content: [UInt8]) -> [(form: MetadataBlock.Form, range: Range<Int>)] {
    var blocks: [(form: MetadataBlock.Form, range: Range<Int>)] = []
    var offset = 0
    // A signature, an identifier, a name (Pascal's, of an even length with its length byte), and a length.
    while content.matches("8BIM", at: offset), let identifier = content.bigEndian(at: offset + 4, count: 2),
      let name = content.bigEndian(at: offset + 6, count: 1)
    {
      let size = offset + 6 + (name + 2) / 2 * 2
      guard let length = content.bigEndian(at: size, count: 4), length <= content.count - size - 4 else {
        break
      }
      let range = (size + 4)..<(size + 4 + length)
      switch identifier {
      case 1058, 1059: blocks.append((.exif, range))
      case 1060: blocks.append((.xmp, range))
      default: break
      }
      offset = range.upperBound + length % 2
    }
    return blocks
  }
}
