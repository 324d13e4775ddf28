import Foundation
import Vips

/// PNG without loss, as small as libvips makes it.
enum PNGEncoder {
  /// True colour or gray, or a palette where that is smaller and every pixel survives. libimagequant promises
  /// nothing about images that have few colours already, so its result is read back and compared.
  static func smallestExact(_ image: Image, effort: Int) throws(VipsError) -> Data {
    let plain = try image.png()
    guard try hasFewColours(image) else { return plain }
    let palette = try image.pngPalette(quality: 100, effort: effort, dither: 0)
    guard palette.count < plain.count, try isSame(palette, as: image) else { return plain }
    return palette
  }

  /// Whether a palette of 256 colours holds them all.
  static func hasFewColours(_ image: Image) throws(VipsError) -> Bool {
    let bands = image.bands
    return try image.withPixels { pixels in
      var colours: Set<UInt32> = []
      var last: UInt32?
      for start in stride(from: 0, to: pixels.count, by: bands) {
        var colour: UInt32 = 0
        for band in 0..<bands { colour = colour << 8 | UInt32(pixels[start + band]) }
        guard colour != last else { continue }
        last = colour
        if colours.insert(colour).inserted, colours.count > 256 { return false }
      }
      return true
    }
  }

  private static func isSame(_ file: Data, as image: Image) throws(VipsError) -> Bool {
    var decoded = try Image.open(file, with: .png, file: image.file, failOn: .warning)
    // A palette always decodes to colour, and with alpha only where an entry needs it.
    guard decoded.hasAlpha == image.hasAlpha else { return false }
    let original = image.bands < 3 ? try image.converted(to: "srgb") : image
    if decoded.bands < 3 { decoded = try decoded.converted(to: "srgb") }
    guard decoded.bands == original.bands else { return false }
    let pixels = try decoded.withPixels { Data($0) }
    return try original.withPixels { $0.elementsEqual(pixels) }
  }
}
