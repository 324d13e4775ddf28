import Foundation

/// A file whose metadata is being changed. Blocks are replaced from the last to the first, so that a block which grows
/// moves none that is still to come.
struct MetadataEdit {
  private(set) var data: Data

  init(_ data: Data) { self.data = Data(data) }

  /// Replaces a block's content by as many bytes.
  ///
  /// - Returns: whether that could be done.
  mutating func replace(_ block: MetadataBlock, by content: [UInt8]) -> Bool {
    guard let old = block.content(in: DataBytes(data: data)),
      let bytes = block.packing.packed(content, like: old)
    else { return false }
    guard let chunk = block.chunk, let text = block.extents.first else {
      guard bytes.count == old.count else { return false }
      write(bytes, to: block.extents)
      return true
    }
    // A PNG's chunk has its length in front of its name, and its checksum behind it.
    let body = data[(chunk.lowerBound - 4)..<text.lowerBound] + bytes
    let whole = (chunk.lowerBound - 8)..<(chunk.upperBound + 4)
    data.replaceSubrange(
      whole,
      with: PNGChunk.number(UInt32(truncatingIfNeeded: body.count - 4)) + body
        + PNGChunk.number(PNGChunk.checksum(body)))
    return true
  }

  private mutating func write(_ bytes: [UInt8], to extents: [Range<Int>]) {
    var rest = bytes[...]
    for extent in extents {
      data.replaceSubrange(extent, with: rest.prefix(extent.count))
      rest = rest.dropFirst(extent.count)
    }
  }
}
