import AssetModel
import Foundation
import VariantPlanner
import Vips

/// The encoders alone, with the settings of a run.
enum FloorEncoder {
  /// Encodes what a setting asks for.
  ///
  /// - Returns: the bytes of all files that had to be made for it.
  static func encode(
    _ image: Image, _ settings: EncodingSettings, _ content: Source.Content
  ) throws -> Int {
    switch settings.loss {
    case .lossy: return try lossy(image, settings, content)
    case .lossless: return try lossless(image, settings)
    case .nearLossless:
      return try image.webpNearLossless(quality: settings.quality ?? 60, effort: settings.effort ?? 4).count
    case .smallest where content == .icon: return try lossless(image, settings)
    case .smallest: return try lossy(image, settings, content) + lossless(image, settings)
    }
  }

  private static func lossy(
    _ image: Image, _ settings: EncodingSettings, _ content: Source.Content
  ) throws -> Int {
    let isPhotograph = content == .photograph
    let chroma: Image.Chroma = isPhotograph ? .halved : .full
    switch settings.format {
    case .avif:
      return try image.avif(quality: settings.quality ?? 50, effort: settings.effort ?? 3, chroma: chroma)
        .count
    case .webp:
      return try image.webp(
        quality: settings.quality ?? 75, effort: settings.effort ?? 4,
        sharpChroma: settings.smartSubsample ?? !isPhotograph
      ).count
    case .jpeg:
      let opaque = image.hasAlpha ? try image.flattened(over: [255]) : image
      return try opaque.jpeg(quality: settings.quality ?? 75, chroma: chroma).count
    case .jxl: return try image.jxl(quality: settings.quality ?? 75, effort: settings.effort ?? 5).count
    case .png:
      return try image.pngPalette(quality: settings.quality ?? 100, effort: settings.effort ?? 7, dither: 1)
        .count
    default: return 0
    }
  }

  private static func lossless(_ image: Image, _ settings: EncodingSettings) throws -> Int {
    switch settings.format {
    case .avif: return try image.avifLossless(effort: settings.effort ?? 3).count
    case .webp: return try image.webpLossless(effort: settings.effort ?? 4).count
    case .jxl: return try image.jxlLossless(effort: settings.effort ?? 5).count
    case .png: return try image.png().count
    default: return 0
    }
  }
}
