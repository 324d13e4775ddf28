/// A picture made in code, eight-bit RGB, the same on every machine: only integers are used.
struct TestPicture {
  var width: Int
  var height: Int
  var pixels: [UInt8]

  /// - Parameter color: red, green and blue at a column and a row; what is out of range is clipped.
  init(_ width: Int, _ height: Int, _ color: (Int, Int) -> (Int, Int, Int)) {
    self.width = width
    self.height = height
    pixels = []
    pixels.reserveCapacity(3 * width * height)
    for y in 0..<height {
      for x in 0..<width {
        let (red, green, blue) = color(x, y)
        for value in [red, green, blue] { pixels.append(UInt8(clamping: value)) }
      }
    }
  }

  /// A value of 0…255 that looks random and is always the same for a place.
  static func noise(_ x: Int, _ y: Int, _ seed: Int) -> Int {
    var state = UInt32(truncatingIfNeeded: x &* 73_856_093 ^ y &* 19_349_663 ^ seed &* 83_492_791)
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return Int((state &* 2_654_435_761) >> 24)
  }

  /// Light that falls off over hills of several sizes, as in a photograph of nature.
  static func hills(_ width: Int, _ height: Int) -> TestPicture {
    /// Noise at a grid's corners, linear between them.
    func smooth(_ x: Int, _ y: Int, _ grid: Int, _ seed: Int) -> Int {
      let (column, row, right, down) = (x / grid, y / grid, x % grid, y % grid)
      let top = noise(column, row, seed) * (grid - right) + noise(column + 1, row, seed) * right
      let bottom = noise(column, row + 1, seed) * (grid - right) + noise(column + 1, row + 1, seed) * right
      return (top * (grid - down) + bottom * down) / (grid * grid)
    }
    return TestPicture(width, height) { x, y in
      let relief = (4 * smooth(x, y, 64, 1) + 2 * smooth(x, y, 16, 2) + smooth(x, y, 4, 3)) / 7
      let light = 255 - y * 120 / height
      let warm = smooth(x, y, 48, 4) / 4
      return (relief * light / 255 + warm, relief * light / 255, relief * light / 300 + 40 - warm)
    }
  }

  /// Dark strokes on light panels, as on a screenshot.
  static func screen(_ width: Int, _ height: Int) -> TestPicture {
    TestPicture(width, height) { x, y in
      if x < width / 5 { return y / 24 % 3 == 0 ? (40, 90, 200) : (36, 41, 47) }
      let isText = y % 14 < 9 && noise(x / 2, y / 3, y / 14) < 90 && x % 60 > 6
      return isText ? (30, 30, 40) : (y / 56 % 2 == 0 ? (255, 255, 255) : (246, 248, 250))
    }
  }

  /// Saturated shapes before a gradient, as in an illustration.
  static func shapes(_ width: Int, _ height: Int) -> TestPicture {
    TestPicture(width, height) { x, y in
      let (dx, dy) = (x - width / 3, y - height / 2)
      if dx * dx + dy * dy < width * width / 25 { return (230, 40, 50) }
      if abs(x - 2 * width / 3) + abs(y - height / 3) < width / 6 { return (30, 160, 70) }
      if x + y > width + height / 3, (x + y) / 6 % 2 == 0 { return (20, 40, 180) }
      return (90 + 120 * x / width, 120 + 100 * y / height, 220 - 100 * x / width)
    }
  }

  private func channel(_ x: Int, _ y: Int, _ band: Int) -> Int {
    Int(pixels[3 * (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) + band])
  }

  private func mapped(_ value: (Int, Int, Int) -> Int) -> TestPicture {
    TestPicture(width, height) { x, y in (value(x, y, 0), value(x, y, 1), value(x, y, 2)) }
  }

  /// The mean of the square that reaches `radius` pixels to each side.
  func blurred(_ radius: Int) -> TestPicture {
    let count = (2 * radius + 1) * (2 * radius + 1)
    return mapped { x, y, band in
      var sum = count / 2
      for dy in -radius...radius {
        for dx in -radius...radius { sum += channel(x + dx, y + dy, band) }
      }
      return sum / count
    }
  }

  /// Noise of up to ±`amplitude` in each band.
  func noisy(_ amplitude: Int) -> TestPicture {
    mapped { x, y, band in
      channel(x, y, band) + Self.noise(x, y, 7 + band) * (2 * amplitude + 1) / 256 - amplitude
    }
  }

  /// Fewer levels: steps of `step`.
  func banded(_ step: Int) -> TestPicture {
    mapped { x, y, band in channel(x, y, band) / step * step + step / 2 }
  }

  /// Blocks of eight by eight pixels drawn to their corner's color by `strength` sixteenths.
  func blocky(_ strength: Int) -> TestPicture {
    mapped { x, y, band in
      (channel(x, y, band) * (16 - strength) + channel(x & ~7, y & ~7, band) * strength) / 16
    }
  }

  /// Red up and blue down.
  func tinted(_ amount: Int) -> TestPicture {
    mapped { x, y, band in channel(x, y, band) + [amount, 0, -amount][band] }
  }

  /// Color at half the resolution, brightness as it was: what 4:2:0 does.
  func subsampled() -> TestPicture {
    TestPicture(width, height) { x, y in
      let (left, top) = (x & ~1, y & ~1)
      func mean(_ band: Int) -> Int {
        (channel(left, top, band) + channel(left + 1, top, band) + channel(left, top + 1, band)
          + channel(left + 1, top + 1, band)) / 4
      }
      let change = channel(x, y, 1) - mean(1)
      return (mean(0) + change, channel(x, y, 1), mean(2) + change)
    }
  }

  /// Turned by 180 degrees.
  func turned() -> TestPicture {
    mapped { x, y, band in channel(width - 1 - x, height - 1 - y, band) }
  }

  /// The same with an alpha band.
  func withAlpha(_ alpha: (Int, Int) -> Int) -> [UInt8] {
    var result: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for band in 0..<3 { result.append(UInt8(channel(x, y, band))) }
        result.append(UInt8(clamping: alpha(x, y)))
      }
    }
    return result
  }
}
