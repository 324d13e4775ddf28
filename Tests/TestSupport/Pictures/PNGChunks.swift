import Foundation

/// Puts chunks into PNG files, for tests.
package enum PNGChunks {
  /// A file with further chunks behind its header.
  package static func inserting(_ chunks: [(name: String, content: Data)], in png: Data) -> Data {
    png.prefix(33) + chunks.reduce(into: Data()) { $0 += chunk($1.name, $1.content) } + png.dropFirst(33)
  }

  /// A number as PNG writes it.
  package static func number(_ value: Int) -> Data {
    Data((0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  private static func chunk(_ name: String, _ content: Data) -> Data {
    let body = Data(name.utf8) + content
    var crc: UInt32 = .max
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(content.count) + body + number(Int(~crc))
  }
}
