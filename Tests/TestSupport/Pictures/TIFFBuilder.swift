import Foundation

/// Writes TIFF structures for tests: directories with entries whose values lie behind them.
package struct TIFFBuilder {
  /// What an entry holds.
  package enum Value {
    case ascii(String)
    case short([Int])
    case long([Int])
    case rational([(Int, Int)])
    case bytes([UInt8])
    /// The offset of another directory.
    case directory([(tag: Int, value: Value)])
  }

  package typealias Directory = [(tag: Int, value: Value)]

  private let isBigEndian: Bool

  package init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// A camera's notes, with a position.
  package static func camera(bigEndian: Bool, position: Directory? = Self.position) -> Data {
    let main: Directory = [
      (0x010F, .ascii("MAKERNAME")), (0x0112, .short([6])), (0x8298, .ascii("© Someone")),
      (
        0x8769, .directory([(0x9003, .ascii("2026:01:02 03:04:05")), (0x9286, .bytes(Array("A note".utf8)))])
      ),
    ]
    let gps: Directory = position.map { [(0x8825, .directory($0))] } ?? []
    let last: Directory = [(0x9C9B, .bytes(Array("T\0i\0t\0".utf8)))]
    return TIFFBuilder(isBigEndian: bigEndian).structure([main + gps + last, [(0x0103, .short([6]))]])
  }

  package static var position: Directory {
    [
      (0, .bytes([2, 3, 0, 0])), (1, .ascii("N")), (2, .rational([(50, 1), (5, 1), (333, 10)])),
      (3, .ascii("E")), (4, .rational([(14, 1), (25, 1), (87, 10)])), (0x1D, .ascii("2026:01:02")),
    ]
  }

  /// A structure with directories that follow each other.
  package func structure(_ directories: [Directory]) -> Data {
    var data = Data(isBigEndian ? [0x4D, 0x4D, 0, 0x2A] : [0x49, 0x49, 0x2A, 0]) + number(8, 4)
    for (index, directory) in directories.enumerated() {
      let next = write(directory, to: &data)
      if index + 1 < directories.count {
        let offset = number(data.count, 4)
        data.replaceSubrange(next..<(next + 4), with: offset)
      }
    }
    return data
  }

  private func number(_ value: Int, _ count: Int) -> Data {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return Data(isBigEndian ? bytes.reversed() : bytes)
  }

  /// - Returns: where the offset of the next directory belongs.
  private func write(_ directory: Directory, to data: inout Data) -> Int {
    let start = data.count
    let next = start + 2 + 12 * directory.count
    data += number(directory.count, 2) + Data(count: 12 * directory.count + 4)
    for (index, (tag, value)) in directory.enumerated() {
      let offset = start + 2 + 12 * index
      var (type, count, content): (Int, Int, Data)
      switch value {
      case .ascii(let text): (type, count, content) = (2, text.utf8.count + 1, Data(text.utf8) + Data([0]))
      case .short(let values):
        (type, count, content) = (3, values.count, values.reduce(into: Data()) { $0 += number($1, 2) })
      case .long(let values):
        (type, count, content) = (4, values.count, values.reduce(into: Data()) { $0 += number($1, 4) })
      case .rational(let values):
        content = values.reduce(into: Data()) { $0 += number($1.0, 4) + number($1.1, 4) }
        (type, count) = (5, values.count)
      case .bytes(let bytes): (type, count, content) = (7, bytes.count, Data(bytes))
      case .directory(let inner):
        (type, count, content) = (4, 1, number(data.count, 4))
        _ = write(inner, to: &data)
      }
      if content.count > 4 {
        let place = number(data.count, 4)
        data += content + Data(count: content.count % 2)
        content = place
      }
      content += Data(count: 4 - content.count)
      data.replaceSubrange(
        offset..<(offset + 12), with: number(tag, 2) + number(type, 2) + number(count, 4) + content)
    }
    return next
  }

  /// A JPEG with these notes in it.
  package static func noted(_ jpeg: Data, bigEndian: Bool = true) -> Data {
    let content = Data("Exif\0\0".utf8) + camera(bigEndian: bigEndian)
    let length = content.count + 2
    let head = Data([0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)])
    return jpeg.prefix(2) + head + content + jpeg.dropFirst(2)
  }
}
