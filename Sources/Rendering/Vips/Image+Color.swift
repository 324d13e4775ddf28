import CVips

extension Image {
  /// The image in libvips' built-in version of another color space, regardless of an embedded profile: `srgb` or `b-w`.
  ///
  /// - Throws: ``VipsError``
  package func converted(to space: String) throws(VipsError) -> Image {
    try operation("colourspace", ["in": .image(self), "space": .text(space)]).image()
  }

  /// A color space whose profile libvips brings.
  package enum ProfileSpace: String, Sendable {
    /// sRGB (IEC 61966-2-1).
    case srgb
    /// Display P3.
    case p3
  }

  /// The image in eight bits of another space through its embedded ICC profile, as browsers convert: colors that
  /// the other space cannot hold are cut off, the others stay as they are relative to white (the relative intent), and
  /// black is not moved (no black point compensation).
  ///
  /// - Parameter assuming: libvips' own profile (`cmyk`, `srgb`) for an image that carries none.
  /// - Throws: ``VipsError`` when the profile is broken or does not fit the pixels.
  package func convertedThroughProfile(
    to space: ProfileSpace = .srgb, assuming: String = "srgb"
  ) throws(VipsError) -> Image {
    try operation(
      "icc_transform",
      [
        "in": .image(self), "output-profile": .text(space.rawValue), "embedded": .bool(true),
        "input-profile": .text(assuming), "intent": .text("relative"),
        "black-point-compensation": .bool(false), "depth": .int(8),
      ]
    ).image()
  }

  /// Some bands, from `first` on.
  ///
  /// - Throws: ``VipsError``
  package func bands(from first: Int, count: Int) throws(VipsError) -> Image {
    try operation("extract_band", ["in": .image(self), "band": .int(first), "n": .int(count)]).image()
  }

  /// This image's bands followed by another's.
  ///
  /// - Throws: ``VipsError``
  package func joined(with other: Image) throws(VipsError) -> Image {
    try operation("bandjoin", ["in": .images([self, other])]).image()
  }

  /// The smallest number in the image.
  ///
  /// - Throws: ``VipsError``
  package func minimum() throws(VipsError) -> Double {
    try operation("min", ["in": .image(self)]).double()
  }

  /// The largest number in the image.
  ///
  /// - Throws: ``VipsError``
  package func maximum() throws(VipsError) -> Double {
    try operation("max", ["in": .image(self)]).double()
  }

  /// Eight bits a band: sixteen bits lose their lower byte.
  ///
  /// - Throws: ``VipsError``
  package func eightBit(shifting: Bool) throws(VipsError) -> Image {
    try operation(
      "cast",
      ["in": .image(self), "format": .text("uchar"), "shift": .bool(shifting)]
    ).image()
  }

  /// Each color times its alpha, so that a transparent pixel's color does not bleed into its neighbours.
  ///
  /// - Throws: ``VipsError``
  package func premultiplied() throws(VipsError) -> Image {
    try operation("premultiply", ["in": .image(self)]).image()
  }

  /// The reverse of ``premultiplied()``.
  ///
  /// - Throws: ``VipsError``
  package func unpremultiplied() throws(VipsError) -> Image {
    try operation("unpremultiply", ["in": .image(self)]).image()
  }

  /// The image of four inks (cyan, magenta, yellow, black) in sRGB as browsers show it without a profile: what each ink
  /// leaves of the light, times what black leaves of it.
  ///
  /// - Throws: ``VipsError``
  package func inksMultiplied() throws(VipsError) -> Image {
    let light = try operation("invert", ["in": .image(self)]).image()
    let (colors, black) = (try light.bands(from: 0, count: 3), try light.bands(from: 3, count: 1))
    let product = try colors.operation("multiply", ["left": .image(colors), "right": .image(black)]).image()
    let scaled = try product.operation(
      "linear", ["in": .image(product), "a": .doubles([1.0 / 255]), "b": .doubles([0])]
    ).image().rounded(like: self)
    return try scaled.operation("copy", ["in": .image(scaled), "interpretation": .text("srgb")]).image()
      .withoutMetadata()
  }

  /// The image with an alpha channel of television's numbers, from 16 for transparent to 235 for opaque, spread over all
  /// numbers.
  ///
  /// - Throws: ``VipsError``
  package func withWidenedAlpha() throws(VipsError) -> Image {
    let (color, alpha) = (try bands(from: 0, count: bands - 1), try bands(from: bands - 1, count: 1))
    let most: Double = [.rgb16, .gray16].contains(interpretation) ? 65535 : 255
    let scale = 255.0 / 219
    let wide = try alpha.operation(
      "linear", ["in": .image(alpha), "a": .doubles([scale]), "b": .doubles([-16 * most / 255 * scale])]
    ).image().rounded(like: self)
    return try color.joined(with: wide)
  }

  /// A part of the image with alpha, the rest transparent.
  ///
  /// - Throws: ``VipsError``
  package func onTransparent(left: Int, top: Int, width: Int, height: Int) throws(VipsError) -> Image {
    let (right, bottom) = (min(self.width, left + width), min(self.height, top + height))
    guard !hasAlpha, left < right, top < bottom else { return self }
    let part = try cropped(left: left, top: top, width: right - left, height: bottom - top)
    let opaque = try part.operation("bandjoin_const", ["in": .image(part), "c": .doubles([255])])
      .image()
    return try opaque.operation(
      "embed",
      [
        "in": .image(opaque), "x": .int(left), "y": .int(top), "width": .int(self.width),
        "height": .int(self.height), "extend": .text("black"),
      ]
    ).image()
  }

  /// The image over a plain background, without alpha.
  ///
  /// - Parameters:
  ///   - background: one number a color band, 0 to 255.
  /// - Throws: ``VipsError``
  package func flattened(over background: [Double]) throws(VipsError) -> Image {
    try operation("flatten", ["in": .image(self), "background": .doubles(background)]).image()
  }
}

extension Image {
  /// Numbers rounded into another image's number format. (libvips' own cast cuts the fraction off, which would
  /// darken the picture a little at every step.)
  ///
  /// - Throws: ``VipsError``
  package func rounded(like other: Image) throws(VipsError) -> Image {
    let half = try operation(
      "linear",
      ["in": .image(self), "a": .doubles([1]), "b": .doubles([0.5])]
    ).image()
    return try half.operation(
      "cast",
      ["in": .image(half), "format": .text(other.isEightBit ? "uchar" : "ushort")]
    ).image()
  }
}
