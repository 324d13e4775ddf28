import Vips

/// The alpha step: many screenshots carry an alpha channel that is opaque everywhere, and without it every later
/// step is cheaper and lossy formats become possible.
enum AlphaStep {
  /// - Returns: the image without its alpha where every pixel is opaque, and whether alpha is left.
  static func dropOpaque(_ image: Image) throws(VipsError) -> (image: Image, alpha: Bool) {
    guard image.hasAlpha else { return (image, false) }
    // The channel has to be seen whole before the first pixel is used, and the file can be read through only
    // once, so the pixels are kept.
    let image = try image.inMemory()
    guard try isOpaque(image) else { return (image, true) }
    return (try image.bands(from: 0, count: image.bands - 1), false)
  }

  /// Whether no pixel lets anything through. Eight-bit pixels are looked at where they lie, and up to the first that
  /// does.
  private static func isOpaque(_ image: Image) throws(VipsError) -> Bool {
    let bands = image.bands
    guard image.isEightBit else {
      let alpha = try image.bands(from: bands - 1, count: 1)
      let opaque: Double = [.rgb16, .gray16].contains(image.interpretation) ? 65535 : 255
      return try alpha.minimum() >= opaque
    }
    return try image.withPixels { pixels in
      // Blocks, so that the inner loop has no way out and is done many pixels at a time.
      let block = bands * 4096
      for start in stride(from: 0, to: pixels.count, by: block) {
        var least = UInt8.max
        for index in stride(from: start + bands - 1, to: min(start + block, pixels.count), by: bands) {
          least = min(least, pixels[index])
        }
        if least < .max { return false }
      }
      return true
    }
  }
}
