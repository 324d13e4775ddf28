import Foundation
import Vips

/// PNG without loss, as small as libvips makes it.
enum PNGEncoder {
  /// True color or gray, or a palette where that is smaller and every pixel survives. libimagequant promises
  /// nothing about images that have few colors already, so its result is read back and compared.
  static func smallestExact(_ image: Image, effort: Int) throws(VipsError) -> Data {
    let plain = try image.png()
    guard try hasFewColors(image) else { return plain }
    let palette = try image.pngPalette(quality: 100, effort: effort, dither: 0)
    guard palette.count < plain.count, try isSame(palette, as: image) else { return plain }
    return palette
  }

  /// Whether a palette of 256 colors holds them all.
  static func hasFewColors(_ image: Image) throws(VipsError) -> Bool {
    let bands = image.bands
    return try image.withPixels { pixels in
      var colors = FewColors()
      var last: UInt32?
      for start in stride(from: 0, to: pixels.count, by: bands) {
        var color: UInt32 = 0
        for band in 0..<bands { color = color << 8 | UInt32(pixels[start + band]) }
        guard color != last else { continue }
        last = color
        if !colors.take(color) { return false }
      }
      return true
    }
  }

  private static func isSame(_ file: Data, as image: Image) throws(VipsError) -> Bool {
    var decoded = try Image.open(file, with: .png, file: image.file, failOn: .warning)
    // A palette always decodes to color, and with alpha only where an entry needs it.
    guard decoded.hasAlpha == image.hasAlpha else { return false }
    let original = image.bands < 3 ? try image.converted(to: "srgb") : image
    if decoded.bands < 3 { decoded = try decoded.converted(to: "srgb") }
    guard decoded.bands == original.bands else { return false }
    let pixels = try decoded.inMemory()
    let isSame = try original.withPixels { originalPixels in
      Result { () throws(VipsError) in
        try pixels.withPixels { other in
          guard originalPixels.count == other.count, let a = originalPixels.baseAddress,
            let b = other.baseAddress
          else {
            return false
          }
          return memcmp(a, b, originalPixels.count) == 0
        }
      }
    }
    return try isSame.get()
  }
}

/// A set of at most 256 colors, in a table whose slots are computed by one multiplication. Swift's own hash resists
/// chosen keys, which is unnecessary for such a small table.
private struct FewColors {
  /// Four times as many slots as colors, so that few lookups go beyond the first slot.
  private var slots = [UInt64](repeating: .max, count: 1024)
  private var count = 0

  /// Adds a color.
  ///
  /// - Returns: whether there are not too many now.
  mutating func take(_ color: UInt32) -> Bool {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the upper ten bits of the product.
    var slot = Int((color &* 0x9E37_79B9) >> 22)
    while slots[slot] != .max {
      if slots[slot] == UInt64(color) { return true }
      slot = (slot + 1) & 1023
    }
    guard count < 256 else { return false }
    slots[slot] = UInt64(color)
    count += 1
    return true
  }
}
