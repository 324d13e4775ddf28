import Vips

/// The orient step: the image as it should be seen. Windows for crops are found on an upright copy; pixels are turned
/// last, when they are fewest, which gives the same image.
enum OrientStep {
  static let step = RenderStep("orient") { (picture: PictureInWork) throws(VipsError) in
    try upright(picture.image, picture.source.orientation)
  }

  /// - Parameter orientation: EXIF's, 1 to 8.
  static func upright(_ image: Image, _ orientation: Int) throws(VipsError) -> Image {
    guard orientation > 1 else { return image }
    // A turned image is read from several places at once, which only pixels in memory can give.
    return try image.inMemory().oriented(orientation).inMemory()
  }
}
