import AssetModel
import Foundation
import Perception
import Vips

/// Looks for the smallest file that keeps every pixel.
struct ExactShrink {
  let job: ShrinkJob
  let image: Image

  private var settings: EncodingSettings {
    var settings = job.settings
    (settings.loss, settings.target) = (.lossless, nil)
    return settings
  }

  /// True color or gray with and without row filters, or a palette.
  func png() throws(VipsError) -> ShrinkStep.Candidate? {
    let plain = try image.withoutMetadata()
    var files: [Data] = []
    for filter in [Image.PNGFilter.none, .all] { files.append(try plain.png(filter: filter)) }
    if try PNGEncoder.hasFewColors(plain) {
      files.append(try plain.pngPalette(quality: 100, effort: settings.effort ?? 7, dither: 0))
    }
    return try smallest(of: files, loader: .png)
  }

  func webp() throws(VipsError) -> ShrinkStep.Candidate? {
    let file = try image.withoutMetadata().webpLossless(effort: 6, thoroughness: 100)
    return try smallest(of: [WebPContainer.withoutMetadata(file)], loader: .webp)
  }

  func gif() throws(VipsError) -> ShrinkStep.Candidate? {
    guard Saver.gif.isAvailable else { return nil }
    return try smallest(of: [image.withoutMetadata().gif()], loader: .gif)
  }

  /// The smallest file whose pixels are the image's. Encoders promise that of no palette, so each is read back.
  private func smallest(of files: [Data], loader: Loader) throws(VipsError) -> ShrinkStep.Candidate? {
    for file in files.sorted(by: { $0.count < $1.count }) {
      let decoded = try Image.open(file, with: loader, file: image.file, failOn: .warning)
      guard try SamePixels.hold(decoded, image) else { continue }
      return ShrinkStep.Candidate(data: file, settings: settings, score: 100)
    }
    return nil
  }
}

/// Whether two pictures look the same to the last bit, however their files write it.
enum SamePixels {
  static func hold(_ a: Image, _ b: Image) throws(VipsError) -> Bool {
    guard a.width == b.width, a.height == b.height, a.isEightBit, b.isEightBit else { return false }
    return try visible(a).lookLike(visible(b))
  }

  private static func visible(_ image: Image) throws(VipsError) -> VisiblePixels {
    let bands = image.bands
    return try image.withPixels { VisiblePixels($0, bands: bands) }
  }
}
