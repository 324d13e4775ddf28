import AssetModel
import Foundation
import Vips

/// The encode step: from pixels to a file's bytes.
struct EncodeStep {
  /// A file's bytes and how they came about.
  struct Encoded: Sendable {
    var data: Data
    /// The requested settings, with the open choices decided.
    var settings: EncodingSettings
    /// Its SSIMULACRA2 score, where one had to be measured.
    var score: Double?
  }

  static let step = RenderStep("encode") { (work: FileInWork) throws(VipsError) in
    EncodedFile(work: work, encoded: try work.encoder(work.image))
  }

  var content: Source.Content
  /// What a file says of its maker where its settings want that.
  var credit: Credit?

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
    let metadata = settings.metadata == .copyright ? credit.map(CreditMetadata.init) : nil
    let carrier = settings.format == .avif ? try metadata?.carried(by: image) ?? image : image
    var encoded = try encodePixels(carrier, settings)
    if let metadata { encoded.data = metadata.embedded(in: encoded.data, encoded.settings.format, of: image) }
    return encoded
  }

  private func encodePixels(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    switch settings.loss {
    case .lossy: return try lossy(image, settings)
    case .lossless: return try lossless(image, settings)
    case .nearLossless: return try nearLossless(image, settings)
    case .smallest where content == .icon: return try lossless(image, settings)
    case .smallest where settings.format == .png: return try palette(image, settings)
    case .smallest:
      let lossy = try lossy(image, settings)
      guard try mayBeSmallerWithoutLoss(image, settings, than: lossy) else { return lossy }
      let lossless = try lossless(image, settings)
      return lossless.data.count <= lossy.data.count ? lossless : lossy
    }
  }

  /// Whether a lossless encode is worth trying, judged by a quick one. For most downscaled graphics it is not, and the
  /// thorough encode takes as much time as all their other steps.
  func mayBeSmallerWithoutLoss(
    _ image: Image, _ settings: EncodingSettings, than lossy: Encoded
  ) throws(VipsError) -> Bool {
    guard settings.format == .webp, settings.effort ?? 4 > 1 else { return true }
    let quick = try image.webpLossless(effort: 1, thoroughness: 20).count
    return Double(quick) <= Self.mostByQuickWay * Double(lossy.data.count)
  }

  /// In bytes of the lossy file: above this ratio, the thorough encode is not tried.
  ///
  /// Of 138 rungs of the screenshots and diagrams of a real blog 20 were smaller without loss, and the quick encode
  /// gave each of them at most 1.15 times the lossy file. A limit of 1.5 rules out 99 of the other 118, in half of the
  /// time of the thorough encode. (Effort 0 is quicker, and its files are up to 11 times larger than the thorough ones;
  /// those of this effort are 2.3 times larger.)
  private static let mostByQuickWay = 1.5

  private func lossy(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    // Graphics keep all of their color detail: half of it shows as colored fringes on letters and thin lines.
    let chroma: Image.Chroma = content == .photograph ? .halved : .full
    let data: Data
    switch settings.format {
    case .avif:
      data = try image.avif(quality: settings.quality ?? 50, effort: settings.effort ?? 3, chroma: chroma)
    case .webp:
      data = WebPContainer.withoutMetadata(
        try image.webp(
          quality: settings.quality ?? 75,
          effort: settings.effort ?? 4,
          sharpChroma: settings.smartSubsample ?? (content != .photograph)
        ),
        keepingProfile: image.hasProfile
      )
    case .jpeg:
      // JPEG has no alpha; pages are white more often than not.
      let opaque = image.hasAlpha ? try image.flattened(over: [255]) : image
      data = try opaque.jpeg(quality: settings.quality ?? 75, chroma: chroma)
    case .jxl: data = try image.jxl(quality: settings.quality ?? 75, effort: settings.effort ?? 5)
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
    case .webp:
      data = WebPContainer.withoutMetadata(
        try image.webpLossless(effort: settings.effort ?? 4), keepingProfile: image.hasProfile)
    case .jxl: data = try image.jxlLossless(effort: settings.effort ?? 5)
    case .png: data = try PNGEncoder.smallestExact(image, effort: settings.effort ?? 7)
    default: throw unsupported(image, settings)
    }
    return Encoded(data: data, settings: settings.with(.lossless))
  }

  /// PNG with a palette where nobody sees the difference and that is smaller, else without loss.
  private func palette(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    let exact = try lossless(image, settings)
    let palette = try lossy(image, settings)
    guard palette.data.count < exact.data.count else { return exact }
    let score = try ScoreStep(image, for: .png).score(of: palette.data, .png)
    guard score >= Self.visuallyLossless else { return exact }
    return Encoded(data: palette.data, settings: palette.settings, score: score)
  }

  /// From this SSIMULACRA2 score on, people do not tell two images apart even when they are shown in turn
  /// (https://github.com/cloudinary/ssimulacra2).
  static let visuallyLossless = 90.0

  private func nearLossless(_ image: Image, _ settings: EncodingSettings) throws(VipsError) -> Encoded {
    guard settings.format == .webp else { throw unsupported(image, settings) }
    let data = try image.webpNearLossless(quality: settings.quality ?? 60, effort: settings.effort ?? 4)
    return Encoded(
      data: WebPContainer.withoutMetadata(data, keepingProfile: image.hasProfile), settings: settings)
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
  /// The same settings with the choice decided; a lossless file has no quality.
  fileprivate func with(_ loss: Compression) -> EncodingSettings {
    var settings = self
    settings.loss = loss
    if loss == .lossless { settings.quality = nil }
    return settings
  }
}
