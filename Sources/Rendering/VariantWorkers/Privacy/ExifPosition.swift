/// The directory of positions in a TIFF structure (EXIF 2.32, 4.6.6).
struct ExifPosition {
  private let tiff: TIFFDirectories
  /// The mark that EXIF has in a JPEG, which some programs write in other files as well.
  private let mark: [UInt8]

  /// Reads a structure; nil where it is none.
  init?(_ bytes: [UInt8]) {
    let isMarked = bytes.matches(JPEGMetadata.exif, at: 0)
    guard let tiff = TIFFDirectories(isMarked ? Array(bytes.dropFirst(6)) : bytes) else { return nil }
    self.tiff = tiff
    mark = isMarked ? Array(bytes.prefix(6)) : []
  }

  /// Latitude and longitude, of the camera or of its subject, and the name of the area. Many cameras write the other
  /// tags (a version, an altitude of zero) without knowing where they are.
  private static let positionTags: Set<Int> = [1, 2, 3, 4, 0x13, 0x14, 0x15, 0x16, 0x1C]

  /// Whether the metadata states a position.
  var isThere: Bool {
    tiff.directories.contains { directory in
      directory.parent == TIFFDirectories.gps
        && directory.entries.contains { Self.positionTags.contains($0.tag) && !$0.values.isEmpty }
    }
  }

  /// The structure without its directories of positions: their bytes are zero, and the entries that pointed to them are
  /// removed. Everything else stays where it is, because other values are addressed by their offsets.
  ///
  /// - Returns: nil where something else uses the same bytes.
  func removed() -> [UInt8]? {
    let (positions, others) = (ranges(ofPositions: true), ranges(ofPositions: false))
    guard !positions.contains(where: { position in others.contains { $0.overlaps(position) } }) else {
      return nil
    }
    var bytes = tiff.bytes
    for range in positions {
      bytes.replaceSubrange(range, with: repeatElement(0, count: range.count))
    }
    for directory in tiff.directories where directory.parent != TIFFDirectories.gps {
      remove(from: directory, in: &bytes)
    }
    return mark + bytes
  }

  /// The bytes of directories and of the values that lie outside of them.
  private func ranges(ofPositions: Bool) -> [Range<Int>] {
    var ranges = ofPositions ? [] : [0..<8]
    for directory in tiff.directories where (directory.parent == TIFFDirectories.gps) == ofPositions {
      ranges.append(directory.range)
      ranges += directory.entries.map(\.values).filter { !$0.isEmpty && !directory.range.contains($0) }
      if !ofPositions { ranges += pixels(of: directory) }
    }
    return ranges
  }

  /// Where the pixels that a directory tells of lie: strips, tiles, and a thumbnail's JPEG.
  private func pixels(of directory: TIFFDirectories.Directory) -> [Range<Int>] {
    [(0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202)].flatMap { offsets, lengths -> [Range<Int>] in
      guard let offsets = directory.entries.first(where: { $0.tag == offsets }),
        let lengths = directory.entries.first(where: { $0.tag == lengths })
      else { return [] }
      return zip(numbers(of: offsets), numbers(of: lengths)).compactMap { start, length in
        let end = min(tiff.bytes.count, start + length)
        return start < end ? start..<end : nil
      }
    }
  }

  private func numbers(of entry: TIFFDirectories.Entry) -> [Int] {
    guard entry.unit > 0 else { return [] }
    return stride(from: entry.values.lowerBound, to: entry.values.upperBound, by: entry.unit).compactMap {
      tiff.number(at: $0, count: entry.unit)
    }
  }

  /// Takes the entries that lead to positions out of a directory: those behind them move up.
  private func remove(from directory: TIFFDirectories.Directory, in bytes: inout [UInt8]) {
    let remaining = directory.entries.filter { $0.tag != TIFFDirectories.gps }
    let gone = directory.entries.count - remaining.count
    guard gone > 0 else { return }
    var content = tiff.written(remaining.count, count: 2)
    for entry in remaining { content += tiff.bytes[entry.offset..<(entry.offset + 12)] }
    var end = directory.range.upperBound
    // The offset of the next directory follows the last entry, unless a value lies there.
    let next = end..<(end + 4)
    if let offset = bytes.bytes(next), !ranges(ofPositions: false).contains(where: { $0.overlaps(next) }) {
      content += offset
      end = next.upperBound
    }
    content += repeatElement(0, count: end - directory.offset - content.count)
    bytes.replaceSubrange(directory.offset..<end, with: content)
  }
}

extension Range<Int> {
  /// Whether another lies in this one.
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && upperBound >= other.upperBound
  }
}
