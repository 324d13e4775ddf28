import Foundation
import Perception
import Vips

/// PNG without loss, as small as libvips makes it.
enum PNGEncoder {
  /// True color or gray, or a palette where that is smaller and every pixel survives. libimagequant promises
  /// nothing about images that have few colors already, so its result is read back and compared.
  static func smallestExact(_ image: Image, effort: Int) throws(VipsError) -> Data {
    let plain = try image.png()
    guard try hasFewColors(image) else { return plain }
    let palette = try image.pngPalette(quality: 100, effort: effort, dither: 0)
    guard palette.count < plain.count, try isSame(palette, as: image) else { return plain }
    return palette
  }

  /// Whether a palette of 256 colors holds them all.
  static func hasFewColors(_ image: Image) throws(VipsError) -> Bool {
    let bands = image.bands
    return try image.withPixels { FewColors.hold($0, bands: bands) }
  }

  private static func isSame(_ file: Data, as image: Image) throws(VipsError) -> Bool {
    var decoded = try Image.open(file, with: .png, file: image.file, failOn: .warning)
    // A palette always decodes to color, and with alpha only where an entry needs it.
    guard decoded.hasAlpha == image.hasAlpha else { return false }
    let original = image.bands < 3 ? try image.converted(to: "srgb") : image
    if decoded.bands < 3 { decoded = try decoded.converted(to: "srgb") }
    guard decoded.bands == original.bands else { return false }
    let pixels = try decoded.inMemory()
    let isSame = try original.withPixels { originalPixels in
      Result { () throws(VipsError) in
        try pixels.withPixels { other in
          guard originalPixels.count == other.count, let a = originalPixels.baseAddress,
            let b = other.baseAddress
          else {
            return false
          }
          return memcmp(a, b, originalPixels.count) == 0
        }
      }
    }
    return try isSame.get()
  }
}
