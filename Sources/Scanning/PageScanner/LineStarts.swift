/// Where the lines of a file start, to turn offsets into lines and columns.
package struct LineStarts {
  private let starts: [Int]
  /// How many Unicode scalars begin before each block of bytes: pages of one long line are asked about again and again.
  private let scalars: [Int]

  private static let block = 1_024

  package init(_ bytes: [UInt8]) {
    var starts = [0]
    var scalars: [Int] = []
    var count = 0
    for (index, byte) in bytes.enumerated() {
      if index % Self.block == 0 { scalars.append(count) }
      if byte & 0xC0 != 0x80 { count += 1 }
      if byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    }
    self.starts = starts
    self.scalars = scalars
  }

  /// The line and column of an offset, both from 1; columns count Unicode scalars.
  package func position(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, count(before: offset, bytes) - count(before: starts[low], bytes) + 1)
  }

  private func count(before offset: Int, _ bytes: [UInt8]) -> Int {
    let end = min(offset, bytes.count)
    let block = end / Self.block
    guard block < scalars.count else {
      return (scalars.last ?? 0)
        + bytes[max(0, (scalars.count - 1) * Self.block)..<end].count(where: Self.begins)
    }
    return scalars[block] + bytes[block * Self.block..<end].count(where: Self.begins)
  }

  private static func begins(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
