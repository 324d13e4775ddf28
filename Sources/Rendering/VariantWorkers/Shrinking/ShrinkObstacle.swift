import AssetModel
import Foundation
import Vips

/// What keeps a picture from being made lighter where it lies: its new file would not be the same picture, or would not hold
/// all that it holds.
enum ShrinkObstacle {
  /// Why a file is left alone; nil for nearly all.
  ///
  /// - Parameter image: the picture as it was opened.
  static func of(_ source: Source, _ data: Data, _ image: Image, _ wish: ShrinkJob.Wish) -> String? {
    let format = source.format
    if format != .gif, !format.isWritable { return "this build of libvips writes no \(format.title)" }
    if source.frames > 1 || source.content == .animation || image.frameCount > 1 { return "it is animated" }
    let parts = Fidelity.lostParts(data, format, image)
    if !parts.isEmpty { return "a new file would not hold \(parts.joined(separator: ", nor "))" }
    if let reason = Fidelity.obstacle(data, format, image) { return reason }
    if image.interpretation == .cmyk { return "its colors are inks (CMYK)" }
    guard image.isEightBit, ![.rgb16, .gray16].contains(image.interpretation) else {
      return "it has more than 8 bits a color"
    }
    // PNG says its colors in chunks that are kept.
    if format == .avif || format == .gif, let correction = source.correction {
      return "its \(correction) would be lost"
    }
    if wish.longestSide != nil, format == .gif { return "a GIF is not made smaller in pixels" }
    return nil
  }
}
