import Vips

/// The sharpen step, off unless requested: sharpens the edges of a downscaled image, in lightness only, with libvips'
/// own setting for screens.
enum SharpenStep {
  static let step = RenderStep("sharpen") { (picture: PictureInWork) throws(VipsError) in
    let isSmaller =
      DecodedSource.stored(picture.rendition, picture.source).width < PixelSize(picture.source).width
    guard picture.rendition.sharpen, isSmaller else { return picture }
    var picture = picture
    picture.image = try sharpen(picture.image).materialized(in: picture.storage)
    return picture
  }

  static func sharpen(_ image: Image) throws(VipsError) -> Image {
    let alpha = image.hasAlpha ? try image.bands(from: image.bands - 1, count: 1) : nil
    let color = alpha == nil ? image : try image.bands(from: 0, count: image.bands - 1)
    let sharp = try color.sharpened().rounded(like: image)
    guard let alpha else { return sharp }
    return try sharp.joined(with: alpha)
  }
}
