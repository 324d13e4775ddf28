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
    let alpha = try image.bands(from: image.bands - 1, count: 1)
    let opaque: Double = [.rgb16, .gray16].contains(image.interpretation) ? 65535 : 255
    guard try alpha.minimum() >= opaque else { return (image, true) }
    return (try image.bands(from: 0, count: image.bands - 1), false)
  }
}
