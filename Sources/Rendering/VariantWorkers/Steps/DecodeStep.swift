import AssetModel
import Foundation
import Vips

/// The decode step: from a file's bytes to pixels that nothing has been done to, still to be computed.
struct DecodeStep {
  var source: Source
  /// Nil for a bitmap.
  var loader: Loader?
  var data: Data

  static let step = RenderStep("decode") { (wanted: LevelRequest) throws(VipsError) in
    SourceLevel(request: wanted, image: try wanted.file.decoded(wanted))
  }

  /// The image at the level that is wanted or at a finer one, as the decoder gives it.
  private func decoded(_ wanted: LevelRequest) throws(VipsError) -> Image {
    let (image, level) = try image(atLevel: wanted.finest, failOn: wanted.failOn)
    let expected = wanted.size.halved(level)
    // JPEG's scaled decoding leaves out the last column or row where half of it would be missing.
    guard (0...1).contains(expected.width - image.width), (0...1).contains(expected.height - image.height)
    else {
      throw VipsError(
        operation: loader?.rawValue ?? "bitmap",
        file: source.path,
        message: "the pixels are \(image.width)x\(image.height), the header says otherwise"
      )
    }
    return image
  }

  /// How often JPEG's own scaled decoding halves this source; 0 for other formats.
  ///
  /// It depends on the source alone, so that a variant's bytes do not depend on which others are rendered with it. The
  /// scaled decoding is a plain box average, so it stops while the image is still twice as wide as the widest rung of
  /// the default ladder; Lanczos does the rest (libvips' vipsthumbnail keeps the same margin).
  var shrinkLevels: Int {
    guard source.format == .jpeg else { return 0 }
    let width = PixelSize(source).width
    return (1...3).last { width >> $0 >= 2 * 1920 } ?? 0
  }

  /// The level that the decoder returns for a requested one: that one or a finer.
  func decodedLevel(for level: Int) -> Int {
    loader != nil && shrinkLevels > 0 && level >= shrinkLevels ? shrinkLevels : 0
  }

  /// The image at the requested level, or at a finer one if the decoder does not support it.
  ///
  /// - Returns: the image and the level it is at.
  func image(atLevel level: Int, failOn: FailOn) throws(VipsError) -> (image: Image, level: Int) {
    guard let loader else { return (try BitmapDecoder.image(data, file: source.path), 0) }
    let shrunk = decodedLevel(for: level)
    let image = try Image.open(data, with: loader, file: source.path, failOn: failOn, shrink: 1 << shrunk)
    return (try FaithfulStep.asDisplayed(image, data, source.format), shrunk)
  }
}

extension PixelSize {
  /// The size as stored, before orientation.
  init(_ source: Source) {
    self = PixelSize(width: source.width, height: source.height).turned(by: source.orientation)
  }
}
