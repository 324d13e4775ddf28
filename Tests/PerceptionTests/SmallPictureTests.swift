import Testing

@testable import Perception

@Suite("Small pictures and wrong sizes")
struct SmallPictureTests {
  @Test(
    "Every size has a score: 100 for the same pixels, less for others, never NaN",
    arguments: [
      (1, 1), (2, 1), (1, 120), (120, 1), (3, 5), (7, 7), (7, 8), (8, 8), (9, 30), (16, 200), (17, 17),
    ],
    [Ssimulacra2.SmallPictures.mirrored, .fewerScales]
  )
  func sizes(_ size: (Int, Int), _ small: Ssimulacra2.SmallPictures) throws {
    let picture = TestPicture.shapes(size.0, size.1)
    let reference = try Ssimulacra2.Reference(
      pixels: picture.pixels, width: size.0, height: size.1, bands: 3, small: small)
    func score(_ other: TestPicture) throws -> Double {
      try reference.score(of: other.pixels, width: size.0, height: size.1, bands: 3)
    }
    #expect(try score(picture) == 100)
    let inverted = TestPicture(size.0, size.1) { x, y in
      let start = 3 * (y * size.0 + x)
      return (
        255 - Int(picture.pixels[start]), 255 - Int(picture.pixels[start + 1]),
        255 - Int(picture.pixels[start + 2])
      )
    }
    let other = try score(inverted)
    #expect(other.isFinite)
    #expect(other < 100)
  }

  @Test("From 225 pixels on both ways to treat small pictures are the same")
  func border() throws {
    let counts = [225, 224, 113, 112, 57, 8].map { side in
      Plan(width: side, height: 400, small: .fewerScales, negligible: 0).scaleCount
    }
    #expect(counts == [6, 5, 5, 4, 4, 1])
    #expect(Plan(width: 113, height: 113, small: .mirrored, negligible: 0).scaleCount == 6)
  }

  @Test(
    "A mirrored place lies inside",
    arguments: [
      (0, 3, 0), (2, 3, 2), (3, 3, 2), (5, 3, 0), (6, 3, 0), (-1, 3, 0), (-3, 3, 2), (-4, 3, 2), (-7, 3, 0),
      (9, 1, 0),
    ]
  )
  func mirrored(_ index: Int, _ count: Int, _ expected: Int) {
    #expect(mirror(index, in: count) == expected)
  }

  @Test(
    "Bytes that are no picture are refused",
    arguments: [
      (11, 2, 2, 3), (13, 2, 2, 3), (0, 0, 0, 3), (0, 0, 5, 3), (12, -2, -2, 3), (20, 2, 2, 5), (0, 2, 2, 0),
      (0, Int.max, Int.max, 3), (0, 1 << 62, 4, 3), (4, Int.min, -1, 4),
    ]
  )
  func wrongShape(_ count: Int, _ width: Int, _ height: Int, _ bands: Int) throws {
    let bytes = [UInt8](repeating: 7, count: count)
    #expect(throws: Ssimulacra2.Failure.shape(bytes: count, width: width, height: height, bands: bands)) {
      try Ssimulacra2.Reference(pixels: bytes, width: width, height: height, bands: bands)
    }
  }

  @Test("A picture of another size is refused, and the error says what to do")
  func wrongSize() throws {
    let reference = try Ssimulacra2.Reference(pixels: [1, 2, 3, 4, 5, 6], width: 6, height: 1, bands: 1)
    let failure = #expect(throws: Ssimulacra2.Failure.self) {
      try reference.score(of: [1, 2, 3, 4, 5, 6], width: 3, height: 2, bands: 1)
    }
    #expect(failure?.description.contains("3x2") == true)
    #expect(failure?.description.contains("6x1") == true)
    #expect(failure?.description.contains("resize") == true)
  }
}
