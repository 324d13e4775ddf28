import Foundation

/// Writes chunks of a PNG (https://www.w3.org/TR/png-3/#5Chunk-layout).
enum PNGChunk {
  /// Length, name, content and checksum.
  static func bytes(_ name: String, _ content: Data) -> Data {
    let body = Data(name.utf8) + content
    return number(UInt32(truncatingIfNeeded: content.count)) + body + number(checksum(body))
  }

  /// A number as PNG writes it: four bytes, most significant first.
  static func number(_ value: UInt32) -> Data { withUnsafeBytes(of: value.bigEndian) { Data($0) } }

  /// CRC-32 as PNG takes it from ISO 3309 (https://www.w3.org/TR/png-3/#D-CRCAppendix).
  static func checksum(_ data: Data) -> UInt32 {
    ~data.reduce(0xFFFF_FFFF) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}
