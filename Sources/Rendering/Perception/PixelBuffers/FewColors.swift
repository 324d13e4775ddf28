/// A set of at most 256 colors, in a table whose slots are computed by one multiplication. Swift's own hash resists
/// chosen keys, which is unnecessary for such a small table.
package struct FewColors {
  /// Four times as many slots as colors, so that few lookups go beyond the first slot.
  private var slots = [UInt64](repeating: .max, count: 1024)
  private var count = 0

  /// Whether a palette of 256 colors holds all of a picture's.
  ///
  /// - Parameters:
  ///   - pixels: bands next to each other, a byte each.
  package static func hold(_ pixels: UnsafeRawBufferPointer, bands: Int) -> Bool {
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

  /// Adds a color.
  ///
  /// - Returns: whether there are not too many now.
  private mutating func take(_ color: UInt32) -> Bool {
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
