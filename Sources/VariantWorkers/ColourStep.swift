import Vips

/// The colour step: eight-bit sRGB, or eight-bit gray, whatever the file holds.
enum ColourStep {
  /// Whether the step would change any pixel.
  static func isNeeded(for image: Image) -> Bool {
    image.hasProfile || !image.isEightBit || ![.srgb, .gray].contains(image.interpretation)
  }

  /// Converts through the embedded profile where there is one and by libvips' built-in idea of the colour space
  /// otherwise (CMYK included).
  ///
  /// - Returns: the image, and libvips' complaint where the profile was broken and had to be ignored, which is
  ///   also what browsers do with one.
  static func toSRGB(_ image: Image) throws(VipsError) -> (image: Image, brokenProfile: String?) {
    guard image.hasAlpha else { return try convert(image) }
    // libvips' ICC operation passes alpha on without scaling sixteen bits down, so it goes its own way.
    let alpha = try image.bands(from: image.bands - 1, count: 1)
    let shifting = image.interpretation == .rgb16 || image.interpretation == .gray16
    let (colour, broken) = try convert(image.bands(from: 0, count: image.bands - 1))
    return (try colour.joined(with: image.isEightBit ? alpha : alpha.eightBit(shifting: shifting)), broken)
  }

  private static func convert(_ image: Image) throws(VipsError) -> (image: Image, brokenProfile: String?) {
    var broken: String?
    if let profile = image.bytes("icc-profile-data") {
      broken = ColourProfile.flaw(in: profile, colours: image.bands)
    }
    if image.hasProfile, broken == nil {
      do throws(VipsError) {
        return (try image.convertedThroughProfile(), nil)
      } catch {
        broken = error.message
      }
    }
    switch image.interpretation {
    case .srgb, .gray:
      return (image.isEightBit ? image : try image.eightBit(shifting: false), broken)
    case .gray16: return (try image.converted(to: "b-w"), broken)
    case .rgb16, .cmyk, .other: return (try image.converted(to: "srgb"), broken)
    }
  }
}
