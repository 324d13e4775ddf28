import Foundation

@testable import Vips

/// Pictures for these tests.
enum Samples {
  /// Every pixel different from its neighbours.
  static func gradient(_ width: Int, _ height: Int, bands: Int = 3) throws -> Image {
    let pixels = (0..<(width * height * bands)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / width) }
    return try Image.fromPixels(pixels, width: width, height: height, bands: bands, file: "gradient")
  }

  static func jpeg(_ width: Int, _ height: Int) throws -> Data {
    try gradient(width, height).jpeg(quality: 90, chroma: .full)
  }
}
