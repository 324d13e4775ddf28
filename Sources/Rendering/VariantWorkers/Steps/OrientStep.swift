import Vips

/// The orient step: the image as it should be displayed. Windows for crops are computed on an upright copy; pixels are
/// rotated last, when they are fewest, with the same result.
enum OrientStep {
  static let step = RenderStep("orient") { (picture: PictureInWork) throws(VipsError) in
    try upright(picture.image, picture.source.orientation)
  }

  /// - Parameter orientation: EXIF's, 1 to 8.
  static func upright(_ image: Image, _ orientation: Int) throws(VipsError) -> Image {
    guard orientation > 1 else { return image }
    // A rotated image is read at several positions at once, which only works for pixels in memory.
    return try image.inMemory().oriented(orientation).inMemory()
  }
}
