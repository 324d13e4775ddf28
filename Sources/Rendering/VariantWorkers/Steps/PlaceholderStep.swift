import Foundation
import Perception
import VariantPlanner
import Vips

/// The placeholder step: what is shown until an image has loaded.
enum PlaceholderStep {
  /// A data URL has to stay below this many characters, or it costs the page more than it gives.
  static let mostCharacters = 400

  /// The color as `#rrggbb`, or the small image as a `data:` URL; nil if none is wanted, and for images with
  /// transparency, where it would stay visible.
  ///
  /// - Parameters:
  ///   - image: the source or a smaller copy, as stored.
  ///   - orientation: EXIF's.
  static func make(
    _ kind: PlanOptions.Placeholder, of image: Image, orientation: Int
  ) throws(VipsError) -> String? {
    guard !image.hasAlpha else { return nil }
    switch kind {
    case .none: return nil
    case .color: return try dominantColor(image)
    case .blur: return try blur(image, orientation)
    }
  }

  private static func dominantColor(_ image: Image) throws(VipsError) -> String {
    let bands = image.bands
    let color = try image.withPixels { DominantColor.of($0, bands: bands) }
    return "#" + color.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// A WebP of at most 24 pixels a side, fewer and coarser until it is short enough.
  private static func blur(_ image: Image, _ orientation: Int) throws(VipsError) -> String? {
    for (side, quality) in [(24, 40), (24, 20), (16, 20), (12, 10), (8, 5)] {
      let scale = Double(side) / Double(max(image.width, image.height))
      let size = PixelSize(
        width: max(1, Int((Double(image.width) * scale).rounded())),
        height: max(1, Int((Double(image.height) * scale).rounded()))
      )
      let small = try OrientStep.upright(ResizeStep.resize(image, to: size).inMemory(), orientation)
      let data = WebPContainer.withoutMetadata(
        try small.webp(quality: quality, effort: 6, sharpChroma: false)
      )
      let url = "data:image/webp;base64," + data.base64EncodedString()
      if url.count < mostCharacters { return url }
    }
    return nil
  }
}
