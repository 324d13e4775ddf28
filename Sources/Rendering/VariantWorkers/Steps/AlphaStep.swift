import Vips

/// The alpha step: many screenshots carry an alpha channel that is opaque everywhere, and without it every later
/// step is cheaper and lossy formats become possible.
enum AlphaStep {
  /// Has pixels made without alpha where every pixel is opaque, and with it where one is not.
  ///
  /// The channel would have to be seen whole before the first pixel is used, and a file is read through once. So it is
  /// taken for opaque, and looked at while the pixels are made. What is transparent mostly is so within its first rows,
  /// where the work then ends and begins anew; and no picture has to be kept whole.
  ///
  /// - Parameters:
  ///   - decode: gives the image, from the start each time.
  ///   - make: makes everything that is wanted of the image.
  /// - Returns: what `make` returned, and whether any pixel is not opaque.
  static func withoutOpaque<Result>(
    _ decode: () throws(VipsError) -> Image, _ make: (Image) throws(VipsError) -> Result
  ) throws(VipsError) -> (result: Result, alpha: Bool) {
    let image = try decode()
    guard image.hasAlpha else { return (try make(image), false) }
    guard let (opaque, check) = try image.assumedOpaque() else { return (try make(image), true) }
    do throws(VipsError) { return (try make(opaque), false) } catch {
      guard check.foundTransparency else { throw error }
    }
    return (try make(decode()), true)
  }
}
