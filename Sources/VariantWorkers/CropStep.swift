import Vips
import VariantPlanner

/// The crop step: from an image that covers a shape to exactly that shape.
enum CropStep {
  /// The part of the image that is kept.
  static func crop(_ image: Image, to size: PixelSize, _ crop: Crop) throws(VipsError) -> Image {
    guard PixelSize(width: image.width, height: image.height) != size else { return image }
    switch crop {
    case .attention: return try image.smartCropped(width: size.width, height: size.height)
    }
  }
}
