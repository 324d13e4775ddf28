import Foundation
import TestSupport
import Vips

/// Pictures drawn for tests.
struct Drawing {
  var width: Int
  var height: Int
  var bands: Int
  var pixels: [UInt8]

  init(width: Int, height: Int, bands: Int = 3, _ color: (_ x: Int, _ y: Int) -> [UInt8]) {
    self.width = width
    self.height = height
    self.bands = bands
    pixels = []
    pixels.reserveCapacity(width * height * bands)
    for y in 0..<height { for x in 0..<width { pixels += color(x, y) } }
  }

  func image() throws -> Image {
    try Image.fromPixels(pixels, width: width, height: height, bands: bands, file: "drawing")
  }

  /// Soft shapes with noise, as a camera makes them. The same pixels for the same seed.
  static func photograph(_ width: Int, _ height: Int, seed: UInt64 = 1) -> Drawing {
    var random = SplitMix(seed: seed)
    return Drawing(width: width, height: height) { x, y in
      let (u, v) = (Double(x) / Double(width), Double(y) / Double(height))
      let light = 128 + 60 * sin(6 * u + 2 * v) + 40 * cos(9 * v - 3 * u)
      return (0..<3).map { band in
        let noise = Double(random.next() % 15) - 7
        return UInt8(max(0, min(255, light + Double(band) * 20 * u - 20 * v + noise)))
      }
    }
  }

  /// A photograph with a red, green, blue and yellow square in its corners, as in ``quarters(_:_:)``.
  static func photographWithCorners(_ width: Int, _ height: Int) -> Drawing {
    let (photograph, corners) = (photograph(width, height), quarters(width, height))
    let side = min(width, height) / 6
    return Drawing(width: width, height: height) { x, y in
      let isCorner = (x < side || x >= width - side) && (y < side || y >= height - side)
      let start = (y * width + x) * 3
      return Array((isCorner ? corners : photograph).pixels[start..<(start + 3)])
    }
  }

  /// Lines of dark strokes on a plain ground under a colored bar, as a screenshot has them.
  static func screenshot(_ width: Int, _ height: Int) -> Drawing {
    Drawing(width: width, height: height) { x, y in
      if y < height / 10 { return [40, 90, 200] }
      let stroke = y % 16 < 9 && (x * 7 + (y / 16) * 13) % 11 < 2 && x % 90 < 70
      return stroke ? [20, 20, 20] : [250, 250, 250]
    }
  }

  /// Red, green, blue and yellow quarters: top left, top right, bottom left, bottom right.
  static func quarters(_ width: Int, _ height: Int) -> Drawing {
    Drawing(width: width, height: height) { x, y in
      switch (x < width / 2, y < height / 2) {
      case (true, true): [255, 0, 0]
      case (false, true): [0, 255, 0]
      case (true, false): [0, 0, 255]
      case (false, false): [255, 255, 0]
      }
    }
  }
}

extension Image {
  /// The numbers of one pixel.
  func pixel(_ x: Int, _ y: Int) throws -> [Int] {
    let (width, bands) = (width, bands)
    return try withPixels { pixels in
      (0..<bands).map { Int(pixels[(y * width + x) * bands + $0]) }
    }
  }

  /// The names of the colors a little inside the four corners: top left, top right, bottom left, bottom right.
  func cornerColors() throws -> [String] {
    let (dx, dy) = (max(1, width / 40), max(1, height / 40))
    return try [
      (dx, dy), (width - 1 - dx, dy), (dx, height - 1 - dy), (width - 1 - dx, height - 1 - dy),
    ].map { x, y in
      let p = try pixel(x, y)
      switch (p[0] > 100, p[1] > 100, p[2] > 100) {
      case (true, false, false): return "red"
      case (false, true, false): return "green"
      case (false, false, true): return "blue"
      case (true, true, false): return "yellow"
      default: return "\(p)"
      }
    }
  }
}
