import AssetModel
import Foundation
import Vips

/// The faithful step, a part of the decode step: what browsers read in a file and its decoder does not.
enum FaithfulStep {
  /// The image with the colors and the transparency that browsers show.
  static func asDisplayed(_ image: Image, _ data: Data, _ format: ImageFormat) throws(VipsError) -> Image {
    switch format {
    case .png: return try DeclaredColors.carried(by: image, of: data, format)
    case .avif, .heic:
      let isNarrow = image.hasAlpha && ContainerItem(data)?.alphaHeader?.isFullRange == false
      return try DeclaredColors.carried(by: isNarrow ? image.withWidenedAlpha() : image, of: data, format)
    case .gif:
      guard let frame = GIFStructure(data)?.uncoveredFrame else { return image }
      return try image.onTransparent(
        left: frame.left, top: frame.top, width: frame.width, height: frame.height)
    case .jpeg:
      // Inks without a profile are multiplied.
      guard image.interpretation == .cmyk, !image.hasProfile, image.isEightBit else { return image }
      return try image.inksMultiplied()
    case .bmp, .ico, .jp2, .jxl, .svg, .tiff, .webp: return image
    }
  }
}
