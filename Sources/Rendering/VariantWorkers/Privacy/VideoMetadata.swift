/// Where a video's boxes tell its position: in its user data (`©xyz` of QuickTime, `loci` of 3GPP TS 26.244, 8.11) and in
/// its list of named values (QuickTime File Format, "Metadata").
enum VideoMetadata {
  /// The name of a box that readers pass over.
  static let free = "free"
  /// `©xyz`, of which the first is no letter of ASCII.
  private static let positions = [[0xA9] + Array("xyz".utf8), Array("loci".utf8)]
  /// Tracks that tell where the camera was all along: of Google's cameras, GoPro's and Sony's.
  private static let tracks = ["camm", "gpmd", "rtmd"]
  /// The boxes on the way to what a track holds.
  private static let containers: Set<String> = ["trak", "mdia", "minf", "stbl", "udta"]

  /// - Parameter range: the content of a `moov`, or of a box in it.
  static func blocks(in file: some ByteSource, _ range: Range<Int>) -> [MetadataBlock] {
    BoxMetadata.boxes(in: file, range).flatMap { box -> [MetadataBlock] in
      let content = box.content
      if let block = position(content, in: file) { return [block] }
      switch box.name {
      case let name where containers.contains(name): return blocks(in: file, content)
      case "meta": return values(in: file, content)
      case "XMP_": return [MetadataBlock(.xmp, content)]
      case "uuid": return BoxMetadata.blocks(in: file, (content.lowerBound - 8)..<content.upperBound)
      case "stsd":
        // Four bytes of version, a count, and of each kind of sample its length and name.
        let isOfPositions = tracks.contains { file.matches($0, at: content.lowerBound + 12) }
        return isOfPositions ? [MetadataBlock(.sealed(.track), content)] : []
      default: return []
      }
    }
  }

  /// The block that a box is, from its name on, where it is a position.
  private static func position(_ content: Range<Int>, in file: some ByteSource) -> MetadataBlock? {
    let block = (content.lowerBound - 4)..<content.upperBound
    guard let name = file.bytes(block.prefix(4)), positions.contains(name) else { return nil }
    return MetadataBlock(.box, block)
  }

  /// The values whose keys say that they are positions: `com.apple.quicktime.location.ISO6709`.
  private static func values(in file: some ByteSource, _ range: Range<Int>) -> [MetadataBlock] {
    // The box has a version and flags in front of its boxes in MP4, and none in QuickTime.
    let start = file.matches("hdlr", at: range.lowerBound + 4) ? 0 : 4
    let boxes = BoxMetadata.boxes(in: file, range.dropFirst(start))
    guard let list = boxes.first(where: { $0.name == "ilst" }) else { return [] }
    let names = boxes.first { $0.name == "keys" }.map { keys(in: file, $0.content) } ?? []
    return BoxMetadata.boxes(in: file, list.content).compactMap { item -> MetadataBlock? in
      if let block = position(item.content, in: file) { return block }
      let block = (item.content.lowerBound - 4)..<item.content.upperBound
      guard let number = file.bigEndian(at: block.lowerBound, count: 4), names.indices.contains(number - 1),
        names[number - 1].contains("location.ISO6709")
      else { return nil }
      return MetadataBlock(.box, block)
    }
  }

  /// The names of values, in order: behind version and count each has its length, its kind and its text, as boxes do.
  private static func keys(in file: some ByteSource, _ range: Range<Int>) -> [String] {
    BoxMetadata.boxes(in: file, range.dropFirst(8)).map { key in
      String(decoding: file.bytes(key.content.prefix(256)) ?? [], as: UTF8.self)
    }
  }
}
