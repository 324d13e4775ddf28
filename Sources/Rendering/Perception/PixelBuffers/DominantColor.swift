/// The color that most of a picture has.
package enum DominantColor {
  /// Red, green and blue, 0 to 255: the mean of the pixels in the fullest of 16×16×16 boxes of color.
  ///
  /// - Parameters:
  ///   - pixels: gray or color; bands next to each other, a byte each.
  package static func of(_ pixels: UnsafeRawBufferPointer, bands: Int) -> [Int] {
    var boxes = [(count: Int, sum: SIMD3<Int>)](repeating: (0, .zero), count: 1 << 12)
    for start in stride(from: 0, to: pixels.count, by: bands) {
      let red = Int(pixels[start])
      let green = bands < 3 ? red : Int(pixels[start + 1])
      let blue = bands < 3 ? red : Int(pixels[start + 2])
      let box = (red >> 4) << 8 | (green >> 4) << 4 | blue >> 4
      boxes[box].count += 1
      boxes[box].sum &+= SIMD3(red, green, blue)
    }
    let fullest = boxes.max { $0.count < $1.count } ?? (1, .zero)
    return (0..<3).map { (fullest.sum[$0] + fullest.count / 2) / max(1, fullest.count) }
  }
}
