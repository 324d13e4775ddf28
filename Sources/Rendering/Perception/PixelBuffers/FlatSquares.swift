/// The squares of a picture that are of one color, and of a color that makes up a good part of it: its grounds.
package struct FlatSquares {
  /// A square of one color: its left upper corner in pixels, and the color as opacity, red, green and blue.
  private struct Square {
    var left: Int
    var top: Int
    var color: UInt32
  }

  private var squares: [Square] = []
  private let side: Int

  package var count: Int { squares.count }

  /// - Parameters:
  ///   - pixels: `width` × `height`, bands next to each other, a byte each.
  ///   - side: of a square, in pixels.
  ///   - leastShare: a color with a smaller share of all squares is no ground.
  package init(
    _ pixels: UnsafeRawBufferPointer, width: Int, height: Int, bands: Int, side: Int, leastShare: Double
  ) {
    self.side = side
    var (candidates, all): ([Square], Int) = ([], 0)
    var shares: [UInt32: Int] = [:]
    for top in stride(from: 0, through: height - side, by: side) {
      for left in stride(from: 0, through: width - side, by: side) {
        all += 1
        let start = (top * width + left) * bands
        let color = Self.color(pixels, at: start, bands: bands)
        guard Self.isFlat(pixels, start, width: width, bands: bands, side: side, color) else { continue }
        candidates.append(Square(left: left, top: top, color: color))
        shares[color, default: 0] += 1
      }
    }
    let least = max(1, Int(Double(all) * leastShare))
    squares = candidates.filter { shares[$0.color] ?? 0 >= least }
  }

  /// How many of the squares have another color in their middle in a picture of the same size.
  package func differing(in pixels: UnsafeRawBufferPointer, width: Int, bands: Int) -> Int {
    squares.count { square in
      let middle = (square.top + side / 2) * width + square.left + side / 2
      return Self.color(pixels, at: middle * bands, bands: bands) != square.color
    }
  }

  private static func isFlat(
    _ pixels: UnsafeRawBufferPointer, _ start: Int, width: Int, bands: Int, side: Int, _ color: UInt32
  ) -> Bool {
    for y in 0..<side {
      for x in 0..<side where self.color(pixels, at: start + (y * width + x) * bands, bands: bands) != color {
        return false
      }
    }
    return true
  }

  /// The color of the pixel that starts at a byte. Gray is written as color by some encoders, and opaque pictures without
  /// their opacity; all that cannot be seen is one color.
  private static func color(_ pixels: UnsafeRawBufferPointer, at start: Int, bands: Int) -> UInt32 {
    let (second, third) = bands < 3 ? (0, 0) : (1, 2)
    let opacity = bands == 2 || bands == 4 ? UInt32(pixels[start + bands - 1]) : 255
    guard opacity > 0 else { return 0 }
    return opacity << 24 | UInt32(pixels[start]) << 16 | UInt32(pixels[start + second]) << 8
      | UInt32(pixels[start + third])
  }
}
