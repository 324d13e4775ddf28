import Vips

extension RenderStep where Output == SourceLevel {
  /// This step and the next ones as one, with the alpha step between them: see ``AlphaStep``.
  func droppingOpaqueAlpha(
    before next: RenderStep<SourceLevel, SourceLevel>
  ) -> RenderStep<Input, (level: SourceLevel, alpha: Bool)> {
    RenderStep<Input, (level: SourceLevel, alpha: Bool)>(names + ["alpha"] + next.names) {
      input throws(VipsError) in
      let start = try run(input)
      return try AlphaStep.withoutOpaque(start.image) { () throws(VipsError) in
        try run(input).image
      } _: { image throws(VipsError) in
        var level = start
        level.image = image
        return try next.run(level)
      }
    }
  }
}

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
  ///   - image: the image.
  ///   - decode: gives it once more, from the start.
  ///   - make: makes everything that is wanted of the image.
  /// - Returns: what `make` returned, and whether any pixel is not opaque.
  static func withoutOpaque<Result>(
    _ image: Image, _ decode: () throws(VipsError) -> Image, _ make: (Image) throws(VipsError) -> Result
  ) throws(VipsError) -> (level: Result, alpha: Bool) {
    guard image.hasAlpha else { return (try make(image), false) }
    guard let (opaque, check) = try image.assumedOpaque() else { return (try make(image), true) }
    do throws(VipsError) { return (try make(opaque), false) } catch {
      guard check.hasTransparency else { throw error }
    }
    return (try make(decode()), true)
  }
}
