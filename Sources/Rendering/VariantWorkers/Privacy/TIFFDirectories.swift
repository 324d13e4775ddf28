/// The directories of a TIFF structure (TIFF 6.0, section 2), of which EXIF is one (EXIF 2.32, 4.5).
struct TIFFDirectories {
  /// One entry of a directory.
  struct Entry {
    var tag: Int
    /// Where the entry's twelve bytes begin.
    var offset: Int
    /// Where its values are: in the entry itself where they have at most four bytes.
    var values: Range<Int>
    /// The number of bytes of one value.
    var unit: Int
  }

  struct Directory {
    var offset: Int
    var entries: [Entry] = []
    /// Which entries lead to it; nil for those that follow each other.
    var parent: Int?

    /// The number of entries and the entries; not the offset of the next directory, which some programs leave out.
    var range: Range<Int> { offset..<(offset + 2 + 12 * entries.count) }
    /// Where the offset of the next directory is.
    var next: Int { range.upperBound }
  }

  static let exif = 0x8769
  static let gps = 0x8825
  /// Tags whose values are offsets of directories: sub-directories, EXIF, GPS, interoperability.
  private static let pointers: Set<Int> = [0x014A, exif, gps, 0xA005]
  /// A page of a TIFF has a directory, and a hostile file can claim any number.
  private static let mostDirectories = 4096

  let bytes: [UInt8]
  private(set) var directories: [Directory] = []
  private let isBigEndian: Bool

  /// Reads the directories, each once; nil where the bytes are no TIFF structure.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      isBigEndian = true
    } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) {
      isBigEndian = false
    } else {
      return nil
    }
    self.bytes = bytes
    var visited: Set<Int> = []
    var waiting: [(offset: Int, parent: Int?)] = [(number(at: 4, count: 4) ?? 0, nil)]
    while let (offset, parent) = waiting.popLast(), directories.count < Self.mostDirectories {
      guard offset >= 8, visited.insert(offset).inserted, let current = directory(at: offset, parent) else {
        continue
      }
      directories.append(current)
      for entry in current.entries where Self.pointers.contains(entry.tag) && entry.unit == 4 {
        for value in stride(from: entry.values.lowerBound, to: entry.values.upperBound, by: 4) {
          if let target = number(at: value, count: 4) { waiting.append((target, entry.tag)) }
        }
      }
      // What follows a directory of positions is none.
      if parent != Self.gps, let next = number(at: current.next, count: 4) { waiting.append((next, parent)) }
    }
  }

  func number(at offset: Int, count: Int) -> Int? {
    isBigEndian ? bytes.bigEndian(at: offset, count: count) : bytes.littleEndian(at: offset, count: count)
  }

  /// A number as this structure writes it.
  func written(_ value: Int, count: Int) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? bytes.reversed() : bytes
  }

  private func directory(at offset: Int, _ parent: Int?) -> Directory? {
    guard let count = number(at: offset, count: 2) else { return nil }
    var directory = Directory(offset: offset, parent: parent)
    for index in 0..<count {
      guard let entry = entry(at: offset + 2 + 12 * index) else { break }
      directory.entries.append(entry)
    }
    return directory
  }

  private func entry(at offset: Int) -> Entry? {
    guard let tag = number(at: offset, count: 2), let type = number(at: offset + 2, count: 2),
      let count = number(at: offset + 4, count: 4), let value = number(at: offset + 8, count: 4)
    else { return nil }
    // BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE, IFD.
    let units = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
    let unit = type < units.count ? units[type] : 0
    let length = unit * count
    let start = length <= 4 ? offset + 8 : value
    let end = min(bytes.count, start + length)
    return Entry(tag: tag, offset: offset, values: min(start, end)..<end, unit: unit)
  }
}
