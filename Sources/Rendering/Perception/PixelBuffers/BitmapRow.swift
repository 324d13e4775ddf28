/// How a Windows bitmap stores the pixels of a row.
package struct BitmapRow {
  /// Bits of a pixel: 1, 4 or 8 (indices into the palette), 16, 24 or 32.
  private let depth: Int
  /// Red, green and blue of 256 colors; for up to eight bits only.
  private let palette: [UInt8]
  private let bands: Int
  private let channels: [Channel]

  /// - Parameters:
  ///   - masks: which bits of a pixel are red, green, blue and alpha; of 16 and 32 bits only.
  package init(depth: Int, palette: [UInt8], bands: Int, masks: [UInt32]) {
    (self.depth, self.palette, self.bands) = (depth, palette, bands)
    channels = masks.prefix(bands).map(Channel.init)
  }

  /// Reads `width` pixels as eight-bit colors, bands next to each other.
  package func read(_ row: UnsafeRawBufferPointer, width: Int, into out: UnsafeMutableBufferPointer<UInt8>) {
    switch depth {
    case 1, 4, 8:
      let perByte = 8 / depth
      let mask = UInt8(truncatingIfNeeded: (1 << depth) - 1)
      for x in 0..<width {
        let shift = 8 - depth * (x % perByte + 1)
        let index = Int(row[x / perByte] >> UInt8(shift) & mask)
        for band in 0..<3 { out[3 * x + band] = palette[3 * index + band] }
      }
    case 24:
      for x in 0..<width { for band in 0..<3 { out[3 * x + band] = row[3 * x + 2 - band] } }
    default:
      let size = depth / 8
      for x in 0..<width {
        var pixel: UInt32 = 0
        for byte in 0..<size { pixel |= UInt32(row[size * x + byte]) << UInt32(8 * byte) }
        for band in channels.indices { out[bands * x + band] = channels[band].value(of: pixel) }
      }
    }
  }

  /// The bits of a pixel that are one color.
  private struct Channel {
    let mask: UInt32
    let shift: UInt32
    let most: UInt32

    init(_ mask: UInt32) {
      self.mask = mask
      shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
      most = mask >> shift
    }

    /// The color, 0 to 255.
    func value(of pixel: UInt32) -> UInt8 {
      guard most > 0 else { return 0 }
      let value = UInt64((pixel & mask) >> shift)
      return UInt8(truncatingIfNeeded: (value * 255 + UInt64(most) / 2) / UInt64(most))
    }
  }
}
