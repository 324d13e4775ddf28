import AssetModel
import Vips

/// The color step: eight-bit sRGB, or eight-bit gray, whatever the file holds; or eight-bit Display P3 with its
/// profile.
enum ColorStep {
  static let step = RenderStep("color") { (level: SourceLevel) throws(VipsError) in
    var level = level
    let wanted = level.request
    if isNeeded(for: level.image), !wanted.isConverted {
      level.isRaw = true
    } else {
      // Nothing finer and nothing coarser needs the unconverted pixels, so they never exist all at once.
      let (pixels, broken) = try convert(level.image, to: wanted.space)
      level.image = try pixels.withoutMetadata(keepingProfile: wanted.space == .p3)
      level.brokenProfile = broken
    }
    level.image = try level.image.materialized(in: wanted.storage)
    return level
  }

  /// Whether the step would change any pixel.
  static func isNeeded(for image: Image) -> Bool {
    image.hasProfile || !image.isEightBit || ![.srgb, .gray].contains(image.interpretation)
  }

  /// Converts through the embedded profile where there is one, CMYK through a usual one otherwise, and the rest by
  /// libvips' built-in idea of the color space.
  ///
  /// - Returns: the image with no metadata but the profile of Display P3 where it is in that space, and libvips'
  ///   complaint where its own profile was broken and had to be ignored, which is also what browsers do with one.
  static func convert(
    _ image: Image, to space: EncodingSettings.Color = .srgb
  ) throws(VipsError) -> (image: Image, brokenProfile: String?) {
    guard image.hasAlpha else { return try convertColors(image, to: space) }
    // libvips' ICC operation passes alpha on without scaling sixteen bits down, so it goes its own way.
    let alpha = try image.bands(from: image.bands - 1, count: 1)
    let shifting = image.interpretation == .rgb16 || image.interpretation == .gray16
    let (color, broken) = try convertColors(image.bands(from: 0, count: image.bands - 1), to: space)
    return (try color.joined(with: image.isEightBit ? alpha : alpha.eightBit(shifting: shifting)), broken)
  }

  private static func convertColors(
    _ image: Image, to space: EncodingSettings.Color
  ) throws(VipsError) -> (image: Image, brokenProfile: String?) {
    var broken: String?
    if image.hasProfile {
      do throws(VipsError) {
        if let done = try throughProfile(image, to: space, &broken) { return (done, nil) }
      } catch {
        broken = error.message
      }
    }
    return (try withoutProfile(image.withoutMetadata(), image.interpretation), broken)
  }

  /// - Returns: nil, and what is wrong, where the profile cannot be used.
  private static func throughProfile(
    _ image: Image, to space: EncodingSettings.Color, _ flaw: inout String?
  ) throws(VipsError) -> Image? {
    guard let profile = image.bytes("icc-profile-data") else { return nil }
    flaw = ColorProfile.flaw(in: profile, colors: image.bands)
    guard flaw == nil else { return nil }
    let relative = ColorProfile.relative(profile)
    let prepared =
      relative == profile ? image : try image.carrying(texts: [:], blobs: ["icc-profile-data": relative])
    let converted = try prepared.convertedThroughProfile(to: space == .p3 ? .p3 : .srgb)
    return try converted.withoutMetadata(keepingProfile: space == .p3)
  }

  private static func withoutProfile(
    _ image: Image, _ interpretation: Interpretation
  ) throws(VipsError) -> Image {
    switch interpretation {
    case .srgb, .gray: return image.isEightBit ? image : try image.eightBit(shifting: false)
    case .gray16: return try image.converted(to: "b-w")
    case .cmyk:
      return try image.convertedThroughProfile(to: .srgb, assuming: "cmyk")
        .withoutMetadata()
    case .rgb16, .other: return try image.converted(to: "srgb")
    }
  }
}
