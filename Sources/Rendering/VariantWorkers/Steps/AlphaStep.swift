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
  /// Processes an image without its alpha channel if every pixel is opaque, and with it otherwise.
  ///
  /// Knowing this in advance would need a complete pass over the channel, but a file is read only once. So the image is
  /// assumed to be opaque, and checked while its pixels are computed. Transparent images mostly have transparent pixels
  /// in their first rows, so the work stops there and restarts. No picture has to be in memory completely.
  ///
  /// - Parameters:
  ///   - image: the image.
  ///   - decode: decodes it again, from the start.
  ///   - make: the work to do with the image.
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
