import Foundation
import Manifest
import Vips

/// The encode step: from pixels to a file's bytes.
struct EncodeStep {
  /// A file's bytes and how they came about.
  struct Encoded: Sendable {
    var data: Data
    /// The settings asked for, with what was chosen where they left a choice.
    var settings: EncodingSettings
  }

  var content: Source.Content

  /// The most pixels in a row or column that a format, or its encoder, holds: 14 bits in WebP
  /// (https://developers.google.com/speed/webp/docs/riff_container), 65,500 in libjpeg, 16 bits in AV1.
  static func largestSide(of format: ImageFormat) -> Int {
    switch format {
    case .webp: 16383
    case .jpeg: 65500
    case .avif: 65535
    default: .max
    }
  }

  /// Encodes an image of eight-bit sRGB or gray.
  ///
  /// - Throws: ``VipsError`` when the encoder refuses, or there is none for the format.
  func encode(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    if content == .animation { return try AnimationEncodeStep.encode(image, settings) }
    switch settings.loss {
    case .lossy: return try lossy(image, settings)
    case .lossless: return try lossless(image, settings)
    case .smaller:
      let (lossy, lossless) = (try lossy(image, settings), try lossless(image, settings))
      return lossless.data.count <= lossy.data.count ? lossless : lossy
    }
  }

  private func lossy(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    // Graphics keep all of their colour detail: half of it shows as coloured fringes on letters and thin lines.
    let chroma: Image.Chroma = content == .graphic ? .full : .halved
    let data: Data
    switch settings.format {
    case .avif:
      data = try image.avif(quality: settings.quality ?? 50, effort: settings.effort ?? 3, chroma: chroma)
    case .webp:
      data = WebPContainer.withoutMetadata(
        try image.webp(
          quality: settings.quality ?? 75,
          effort: settings.effort ?? 4,
          sharpChroma: content == .graphic
        )
      )
    case .jpeg:
      // JPEG has no alpha; pages are white more often than not.
      let opaque = image.hasAlpha ? try image.flattened(over: [255]) : image
      data = try opaque.jpeg(quality: settings.quality ?? 75, chroma: chroma)
    case .png:
      data = try image.pngPalette(quality: settings.quality ?? 100, effort: settings.effort ?? 7, dither: 1)
    default: throw unsupported(image, settings)
    }
    return Encoded(data: data, settings: settings.with(.lossy))
  }

  private func lossless(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    let data: Data
    switch settings.format {
    case .avif: data = try image.avifLossless(effort: settings.effort ?? 3)
    case .webp: data = WebPContainer.withoutMetadata(try image.webpLossless(effort: settings.effort ?? 4))
    case .png: data = try PNGEncoder.smallestExact(image, effort: settings.effort ?? 7)
    default: throw unsupported(image, settings)
    }
    return Encoded(data: data, settings: settings.with(.lossless))
  }

  private func unsupported(_ image: Image, _ settings: EncodingSettings) -> VipsError {
    VipsError(
      operation: "encode",
      file: image.file,
      message: "no encoder for \(settings.loss.rawValue) \(settings.format.rawValue)"
    )
  }
}

extension EncodingSettings {
  /// The same settings with the choice made; a lossless file has no quality.
  fileprivate func with(_ loss: Loss) -> EncodingSettings {
    var settings = self
    settings.loss = loss
    if loss == .lossless { settings.quality = nil }
    return settings
  }
}
