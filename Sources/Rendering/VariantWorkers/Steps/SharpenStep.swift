import Vips

/// The sharpen step, off unless asked for: edges of an image that was made smaller, in lightness alone, by libvips' own
/// measure for screens.
enum SharpenStep {
  static func sharpen(_ image: Image) throws(VipsError) -> Image {
    let alpha = image.hasAlpha ? try image.bands(from: image.bands - 1, count: 1) : nil
    let color = alpha == nil ? image : try image.bands(from: 0, count: image.bands - 1)
    let sharp = try color.sharpened().rounded(like: image)
    guard let alpha else { return sharp }
    return try sharp.joined(with: alpha)
  }
}
