import Foundation
import Vips

/// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood, 2014).
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From -1 to 1.
  mutating func signed() -> Float { Float(Int64(bitPattern: next()) >> 40) / Float(1 << 23) }

  /// From 0 up to, and without, a bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

/// Images to measure with, made here so that anyone can make the same.
enum Drawing {
  /// Something like a photograph: noise whose amplitude falls with its frequency, as that of natural scenes does (Field,
  /// 1987), over a gradient, with a little grain.
  static func photograph(_ width: Int, _ height: Int, seed: Int) throws -> Image {
    var chance = Chance(seed: UInt64(seed))
    let light = clouds(width, height, &chance)
    // Eyes and cameras alike see less detail in color.
    let (w, h) = ((width + 3) / 4, (height + 3) / 4)
    let (red, blue) = (clouds(w, h, &chance), clouds(w, h, &chance))
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let coarse = y / 4 * w + x / 4
        let grey =
          120 + 60 * light[y * width + x] + 50 * (0.5 - Float(y) / Float(height)) + 2 * chance.signed()
        let start = (y * width + x) * 3
        pixels[start] = byte(grey + 30 * red[coarse])
        pixels[start + 1] = byte(grey - 10 * red[coarse] - 8 * blue[coarse])
        pixels[start + 2] = byte(grey + 30 * blue[coarse])
      }
    }
    return try Image.fromPixels(pixels, width: width, height: height, bands: 3, file: "drawing")
  }

  /// Something like a screenshot: flat panels with lines of small glyphs.
  ///
  /// - Parameter alpha: whether it carries an alpha channel, which is opaque everywhere.
  static func screenshot(_ width: Int, _ height: Int, seed: Int, alpha: Bool) throws -> Image {
    var chance = Chance(seed: UInt64(seed))
    var page = Page(width: width, height: height)
    page.fill(0, 0, width, height, [250, 250, 252])
    page.fill(0, 0, width, max(12, height / 24), [36, 41, 47])
    let menu = max(24, width / 5)
    page.fill(0, max(12, height / 24), menu, height, [240, 242, 245])
    let glyphs = (0..<48).map { _ in chance.next() & 0x7_ffff_ffff }
    let inks: [[UInt8]] = [[36, 41, 47], [9, 105, 218], [207, 34, 46], [26, 127, 55], [110, 119, 129]]
    var y = max(16, height / 20)
    while y + 20 < height {
      page.write(&chance, glyphs, from: 8, to: menu - 8, at: y, inks[4])
      var x = menu + 16
      while x < width - 60, chance.below(9) > 0 {
        let length = 30 + chance.below(150)
        page.write(
          &chance, glyphs, from: x, to: min(width - 16, x + length), at: y,
          inks[chance.below(6) == 0 ? 1 + chance.below(3) : 0])
        x += length + 10
      }
      if chance.below(12) == 0 {
        page.fill(menu + 16, y + 20, width - 16, min(height, y + 60), [221, 244, 255])
        y += 48
      }
      y += 22
    }
    return try page.image(alpha: alpha)
  }

  /// Values around 0, mostly from -1 to 1: octaves of smooth noise. Amplitudes that fall as 1/f would be the same in each
  /// octave; here each is three quarters of the next coarser, as lenses are less than sharp.
  private static func clouds(_ width: Int, _ height: Int, _ chance: inout Chance) -> [Float] {
    var sizes = [(width, height)]
    while let last = sizes.last, max(last.0, last.1) > 4 {
      sizes.append(((last.0 + 1) / 2 + 1, (last.1 + 1) / 2 + 1))
    }
    var values: [Float] = []
    var from = (0, 0)
    for (octave, size) in sizes.enumerated().reversed() {
      let amplitude = pow(0.75, Float(sizes.count - 1 - octave)) * 0.5
      var finer = [Float](repeating: 0, count: size.0 * size.1)
      for y in 0..<size.1 {
        for x in 0..<size.0 {
          var value = amplitude * chance.signed()
          if from.0 > 0 {
            let (left, top) = (min(x / 2, from.0 - 1), min(y / 2, from.1 - 1))
            let (right, bottom) = (min(left + x % 2, from.0 - 1), min(top + y % 2, from.1 - 1))
            value +=
              (values[top * from.0 + left] + values[top * from.0 + right] + values[bottom * from.0 + left]
                + values[bottom * from.0 + right]) / 4
          }
          finer[y * size.0 + x] = value
        }
      }
      (values, from) = (finer, size)
    }
    return values
  }

  private static func byte(_ value: Float) -> UInt8 { UInt8(min(255, max(0, value.rounded()))) }
}

/// Pixels that are painted on.
private struct Page {
  let width: Int
  let height: Int
  private var pixels: [UInt8]

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    pixels = [UInt8](repeating: 255, count: width * height * 3)
  }

  mutating func fill(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ color: [UInt8]) {
    for y in max(0, top)..<max(0, top, min(bottom, height)) {
      for x in max(0, left)..<max(0, left, min(right, width)) {
        for band in 0..<3 { pixels[(y * width + x) * 3 + band] = color[band] }
      }
    }
  }

  /// Glyphs of 5×7 dots, each dot with a soft right edge, as letters on a screen have.
  mutating func write(
    _ chance: inout Chance, _ glyphs: [UInt64], from left: Int, to right: Int, at top: Int, _ ink: [UInt8]
  ) {
    var x = left
    while x + 10 < right {
      let glyph = glyphs[chance.below(glyphs.count)]
      for dot in 0..<35 where glyph >> UInt64(dot) & 1 == 1 {
        let (dx, dy) = (x + dot % 5, top + 2 * (dot / 5))
        fill(dx, dy, dx + 1, dy + 2, ink)
        fill(dx + 1, dy, dx + 2, dy + 2, ink.map { UInt8(min(255, Int($0) / 2 + 120)) })
      }
      x += chance.below(6) == 0 ? 14 : 8
    }
  }

  func image(alpha: Bool) throws -> Image {
    guard alpha else {
      return try Image.fromPixels(pixels, width: width, height: height, bands: 3, file: "drawing")
    }
    var four: [UInt8] = []
    four.reserveCapacity(width * height * 4)
    for start in stride(from: 0, to: pixels.count, by: 3) {
      four += [pixels[start], pixels[start + 1], pixels[start + 2], 255]
    }
    return try Image.fromPixels(four, width: width, height: height, bands: 4, file: "drawing")
  }
}
