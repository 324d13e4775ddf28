import AssetModel
import Foundation
import Vips

/// The encode step of animations: from frames on top of each other to an animated WebP.
///
/// libwebp writes of each frame only the part that changed, and joins a frame that equals the one before it (or, in
/// lossy mode, differs by one level of 255) with that one, whose delay grows by its own: the number of frames can go
/// down, the time at which each is shown stays. An animation whose frames are all equal becomes a still image.
enum AnimationEncodeStep {
  /// Encodes an animation.
  ///
  /// - Parameters:
  ///   - image: eight-bit sRGB, see ``Vips/Image/animated(frameHeight:delays:plays:)``.
  ///   - smallest: whether the encoder takes twice the time for a smaller file.
  /// - Throws: ``VipsError`` when the encoder refuses, or the format is not WebP.
  static func encode(
    _ image: Image, _ settings: EncodingSettings, smallest: Bool = true
  ) throws(VipsError) -> EncodeStep.Encoded {
    guard settings.format == .webp else {
      throw VipsError(
        operation: "encode",
        file: image.file,
        message: "no encoder for animated \(settings.format.rawValue)"
      )
    }
    var settings = settings
    if settings.loss == .smallest { settings.loss = try smallerLoss(of: image, settings) }
    if settings.loss == .lossless { settings.quality = nil }
    return EncodeStep.Encoded(data: try bytes(of: image, settings, smallest: smallest), settings: settings)
  }

  /// Flat drawings and screen recordings at their own size are smaller without loss, video and anything resized with
  /// it, each by a factor of 2 to 10; libwebp's own choice (`mixed`) never differed from lossy by more than 10 % on
  /// seven animations. The first frames decide, so that the expensive encode is not run for all of them.
  private static func smallerLoss(
    of image: Image,
    _ settings: EncodingSettings
  ) throws(VipsError) -> EncodingSettings.Compression {
    let sample = try image.firstFrames(sampleFrames)
    var (lossy, lossless) = (settings, settings)
    lossy.loss = .lossy
    lossless.loss = .lossless
    let lossyBytes = try bytes(of: sample, lossy, smallest: false).count
    return try bytes(of: sample, lossless, smallest: false).count <= lossyBytes ? .lossless : .lossy
  }

  /// More than one, because the first frame alone shows no changes.
  private static let sampleFrames = 8

  private static func bytes(
    of image: Image,
    _ settings: EncodingSettings,
    smallest: Bool
  ) throws(VipsError) -> Data {
    let effort = settings.effort ?? 4
    let data =
      settings.loss == .lossless
      ? try image.webpAnimationLossless(effort: effort, smallest: smallest)
      : try image.webpAnimation(quality: settings.quality ?? 80, effort: effort)
    return WebPContainer.withoutMetadata(data)
  }
}
