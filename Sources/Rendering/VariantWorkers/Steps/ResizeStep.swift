import Vips

/// The resize step: Lanczos3, with colors weighted by their opacity where there is alpha, so that what hides
/// under transparent pixels does not bleed into the visible ones.
enum ResizeStep {
  static let step = RenderStep("resize") { (picture: PictureInWork) throws(VipsError) in
    var picture = picture
    let size = PixelSize(width: picture.rendition.width, height: picture.rendition.height)
    let stored = size.turned(by: picture.source.orientation)
    picture.image = try resize(picture.image, to: stored).materialized(in: picture.storage)
    return picture
  }

  /// The image at exactly this size.
  static func resize(_ image: Image, to size: PixelSize) throws(VipsError) -> Image {
    guard PixelSize(width: image.width, height: image.height) != size else { return image }
    guard image.hasAlpha else { return try image.resized(width: size.width, height: size.height) }
    return try image.premultiplied().resized(width: size.width, height: size.height).unpremultiplied()
      .rounded(like: image)
  }
}
