/// Red, green, blue and opacity of a picture, a byte each, however its file writes them.
package struct VisiblePixels {
  private let bytes: [UInt8]

  /// - Parameters:
  ///   - pixels: gray or color, with or without opacity; bands next to each other, a byte each.
  package init(_ pixels: UnsafeRawBufferPointer, bands: Int) {
    var bytes = [UInt8](repeating: 255, count: pixels.count / bands * 4)
    var target = 0
    for start in stride(from: 0, to: pixels.count, by: bands) {
      for color in 0..<3 { bytes[target + color] = pixels[start + (bands < 3 ? 0 : color)] }
      if bands == 2 || bands == 4 { bytes[target + 3] = pixels[start + bands - 1] }
      target += 4
    }
    self.bytes = bytes
  }

  /// Whether two pictures look the same to the last bit. What color a pixel has that cannot be seen is no difference.
  package func lookLike(_ other: VisiblePixels) -> Bool {
    guard bytes.count == other.bytes.count else { return false }
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let isHidden = bytes[start + 3] == 0 && other.bytes[start + 3] == 0
      guard isHidden || bytes[start..<(start + 4)] == other.bytes[start..<(start + 4)] else { return false }
    }
    return true
  }
}
