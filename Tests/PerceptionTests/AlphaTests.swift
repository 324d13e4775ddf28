import Testing

@testable import Perception

@Suite("Transparent pictures")
struct AlphaTests {
  let width = 120
  let height = 116
  let picture = TestPicture.shapes(120, 116)

  func score(_ first: [UInt8], _ second: [UInt8], bands: (Int, Int) = (4, 4)) throws -> Double {
    try Ssimulacra2.Reference(pixels: first, width: width, height: height, bands: bands.0)
      .score(of: second, width: width, height: height, bands: bands.1)
  }

  @Test("An opaque alpha band changes nothing")
  func opaque() throws {
    let noisy = picture.noisy(8)
    let expected = try score(picture.pixels, noisy.pixels, bands: (3, 3))
    #expect(expected < 100)
    #expect(try score(picture.withAlpha { _, _ in 255 }, noisy.withAlpha { _, _ in 255 }) == expected)
    #expect(try score(picture.pixels, noisy.withAlpha { _, _ in 255 }, bands: (3, 4)) == expected)
    #expect(try score(picture.withAlpha { _, _ in 255 }, noisy.pixels, bands: (4, 3)) == expected)
  }

  @Test("What no one can see is not compared")
  func hidden() throws {
    let first = picture.withAlpha { x, _ in x < 60 ? 0 : 255 }
    let second = TestPicture(width, height) { x, y in
      x < 60 ? (0, 255, 0) : (self.pixel(x, y, 0), self.pixel(x, y, 1), self.pixel(x, y, 2))
    }.withAlpha { x, _ in x < 60 ? 0 : 255 }
    #expect(try score(first, second) == 100)
  }

  @Test("The background on which a difference is seen better counts")
  func lowerScore() throws {
    // White strokes that get thinner: nothing on a light page, a lot on a dark one.
    func strokes(_ thickness: Int) -> [UInt8] {
      TestPicture(width, height) { _, _ in (255, 255, 255) }.withAlpha { x, _ in x % 8 < thickness ? 255 : 0 }
    }
    func over(_ gray: Int, _ thickness: Int) -> [UInt8] {
      TestPicture(width, height) { x, _ in x % 8 < thickness ? (255, 255, 255) : (gray, gray, gray) }.pixels
    }
    // The tool's backgrounds, 0.1 and 0.9, in bytes.
    let dark = try score(over(26, 3), over(26, 2), bands: (3, 3))
    let light = try score(over(230, 3), over(230, 2), bands: (3, 3))
    #expect(dark < light - 10)
    #expect(abs(try score(strokes(3), strokes(2)) - dark) < 1)
  }

  @Test("Half transparent pixels are blended as the page shows them, between the bytes")
  func blended() throws {
    let half = picture.withAlpha { _, _ in 102 }
    func over(_ background: Double) -> TestPicture {
      TestPicture(width, height) { x, y in
        func blend(_ band: Int) -> Int {
          Int((Double(pixel(x, y, band)) * 0.4 + 255 * background * 0.6).rounded())
        }
        return (blend(0), blend(1), blend(2))
      }
    }
    // Compared with the blend in bytes, only the rounding is left.
    let reference = try Ssimulacra2.Reference(pixels: half, width: width, height: height, bands: 4)
    let dark = try reference.score(of: over(0.1).pixels, width: width, height: height, bands: 3)
    #expect(dark < 50, "opaque pixels over the light background are far away")
    let onlyDistorted = try score(over(0.5).pixels, half, bands: (3, 4))
    #expect(onlyDistorted > 95)
  }

  private func pixel(_ x: Int, _ y: Int, _ band: Int) -> Int {
    Int(picture.pixels[3 * (y * width + x) + band])
  }
}
