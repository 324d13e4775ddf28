import AssetModel
import Foundation
import Vips

/// What keeps a picture from being made lighter where it lies: its new file would not be the same picture, or would not hold
/// all that it holds.
enum ShrinkObstacle {
  /// Why a file is not even opened; nil for nearly all. An animation may have very many frames, and opening it looks at each.
  static func of(_ source: Source, _ wish: ShrinkJob.Wish) -> String? {
    let format = source.format
    if format != .gif, !format.isWritable { return "this build of libvips writes no \(format.title)" }
    if source.frames > 1 || source.content == .animation { return "it is animated" }
    if wish.longestSide != nil, format == .gif { return "a GIF is not made smaller in pixels" }
    return nil
  }

  /// Why a file is left alone; nil for nearly all.
  ///
  /// - Parameter image: the picture as it was opened.
  static func of(_ source: Source, _ data: Data, _ image: Image) -> String? {
    let format = source.format
    if image.frameCount > 1 { return "it is animated" }
    let hasVideo = format == .jpeg && MotionPhoto.video(in: DataBytes(data: data), behind: 2) != nil
    let parts = Fidelity.lostParts(data, format, image) + (hasVideo ? ["the video behind it"] : [])
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
    return nil
  }
}
