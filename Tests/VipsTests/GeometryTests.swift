import Testing

@testable import Vips

struct GeometryTests {
  /// Where the four corners of a 3×2 picture go: EXIF 2.32, tag 274.
  static let orientations: [(Int, [[UInt8]])] = [
    (1, [[1, 2, 3], [4, 5, 6]]), (2, [[3, 2, 1], [6, 5, 4]]), (3, [[6, 5, 4], [3, 2, 1]]),
    (4, [[4, 5, 6], [1, 2, 3]]), (5, [[1, 4], [2, 5], [3, 6]]), (6, [[4, 1], [5, 2], [6, 3]]),
    (7, [[6, 3], [5, 2], [4, 1]]), (8, [[3, 6], [2, 5], [1, 4]]),
  ]

  @Test(arguments: orientations)
  func orientationMovesEveryPixel(_ orientation: Int, _ expected: [[UInt8]]) throws {
    let image = try Image.fromPixels([1, 2, 3, 4, 5, 6], width: 3, height: 2, bands: 1, file: "x")
    let turned = try image.oriented(orientation)
    #expect(turned.width == expected[0].count)
    #expect(turned.height == expected.count)
    #expect(try turned.withPixels { [UInt8]($0) } == expected.flatMap(\.self))
  }

  /// Rounding must never give a size other than the one asked for.
  @Test func resizedToExactlyTheSizeAskedFor() throws {
    for (width, height) in [(1000, 777), (333, 1021), (97, 13), (2, 300)] {
      let image = try Samples.gradient(width, height, bands: 1)
      for divisor in [1.01, 1.3, 1.9, 2.0, 2.5, 3.7, 8.1, 31.0] {
        let size = (max(1, Int(Double(width) / divisor)), max(1, Int((Double(height) / divisor).rounded())))
        let small = try image.resized(width: size.0, height: size.1)
        #expect((small.width, small.height) == size)
      }
    }
  }

  /// A bright patch on black, and the part of 60×60 that has to hold it.
  @Test(arguments: ["attention", "entropy"], [1, 3, 4])
  func smartCropFindsWhatThereIs(interesting: String, bands: Int) throws {
    let (width, height) = (200, 120)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let inside = (130..<160).contains(x) && (40..<80).contains(y)
        let color: [UInt8] = [
          inside ? UInt8((x * 31 ^ y * 57) & 255) : 0, inside ? 40 : 0, inside ? 30 : 0, 255,
        ]
        pixels += color.prefix(bands)
      }
    }
    let image = try Image.fromPixels(pixels, width: width, height: height, bands: bands, file: "x")
    let (left, top) = try image.smartCrop(width: 60, height: 60, interesting: interesting)
    #expect((90...140).contains(left), "\(left)")
    // Attention is looked for on a thumbnail, so its place is rough.
    #expect((10...50).contains(top), "\(top)")
  }

  @Test(arguments: [(1, 1, 1, 1), (3, 2, 2, 2), (1, 9, 1, 1), (400, 1, 1, 1)])
  func smartCropOfTinyPictures(width: Int, height: Int, partWidth: Int, partHeight: Int) throws {
    let image = try Samples.gradient(width, height)
    for interesting in ["attention", "entropy"] {
      let (left, top) = try image.smartCrop(width: partWidth, height: partHeight, interesting: interesting)
      #expect((0...width - partWidth).contains(left))
      #expect((0...height - partHeight).contains(top))
    }
  }
}
