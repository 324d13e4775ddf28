/// Reads where the items of a container lie (ISO/IEC 14496-12, 8.11.3).
struct ItemLocations<File: ByteSource> {
  let file: File
  let range: Range<Int>
  /// The data in the metadata box itself.
  let data: Range<Int>?
  private var offset = 0

  init(file: File, range: Range<Int>, data: Range<Int>?) {
    (self.file, self.range, self.data) = (file, range, data)
  }

  /// The items whose bytes are all in the file.
  mutating func read() -> [(item: Int, extents: [Range<Int>])] {
    offset = range.lowerBound
    guard let version = number(1), version <= 2, number(3) != nil, let sizes = number(2) else { return [] }
    let (offsetSize, lengthSize, baseSize) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15)
    let indexSize = version == 0 ? 0 : sizes & 15
    guard let count = number(version == 2 ? 4 : 2) else { return [] }
    var items: [(item: Int, extents: [Range<Int>])] = []
    for _ in 0..<count {
      guard let item = number(version == 2 ? 4 : 2), let method = version == 0 ? 0 : number(2),
        let reference = number(2), let base = number(baseSize), let extents = number(2)
      else { break }
      var parts: [Range<Int>?] = []
      for _ in 0..<extents {
        guard number(indexSize) != nil, let start = number(offsetSize), let length = number(lengthSize) else {
          return items
        }
        parts.append(reference == 0 ? extent(base + start, length, method & 15) : nil)
      }
      let present = parts.compactMap(\.self)
      if present.count == parts.count, !present.isEmpty { items.append((item, present)) }
    }
    return items
  }

  /// The bytes of the file that an extent stands for; nil where they are not there, or are those of another item.
  private func extent(_ start: Int, _ length: Int, _ method: Int) -> Range<Int>? {
    let space: Range<Int>? = method == 0 ? 0..<file.count : method == 1 ? data : nil
    guard let space, start <= space.count else { return nil }
    // A length of zero is the rest of it.
    let length = length == 0 ? space.count - start : length
    guard length <= space.count - start else { return nil }
    return (space.lowerBound + start)..<(space.lowerBound + start + length)
  }

  /// The next number, of a few bytes; a size of none is zero.
  private mutating func number(_ size: Int) -> Int? {
    if size == 0 { return 0 }
    guard size <= 8, offset + size <= range.upperBound else { return nil }
    defer { offset += size }
    guard size == 8 else { return file.bigEndian(at: offset, count: size) }
    guard file.bigEndian(at: offset, count: 2) == 0 else { return nil }
    return file.bigEndian(at: offset + 2, count: 6)
  }
}
