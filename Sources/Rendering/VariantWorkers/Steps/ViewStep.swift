import AssetModel
import Foundation
import SiteFiles
import Vips

/// The view step, for reports: the same small part of a source and of a variant of it, pixel by pixel at the
/// variant's scale, for a person to compare.
package struct ViewStep: Sendable {
  /// Both parts as files of the same format.
  package struct Pair: Codable, Sendable {
    package var width: Int
    package var height: Int
    package var format: ImageFormat
    package var before: Data
    package var after: Data
  }

  /// Why there is no pair.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The most pixels that a part has in each direction.
  static let largest = PixelSize(width: 480, height: 320)
  /// Both parts are lossless up to this many bytes together, which is enough for most screenshots and diagrams.
  static let largestLossless = 80_000
  /// The WebP quality of other parts: high, so that the visible difference is that of the variant.
  static let quality = 90
  /// A variant with more pixels is not decoded for this.
  static let mostPixels = 16_000_000
  /// The most memory for one pair, in bytes: a variant's pixels twice and a source's once. Two at a time used 283 MB
  /// for sources of 12 to 24 megapixels.
  package static let memory = 256 << 20
  /// Larger source pixels go to a temporary file.
  static let largestInMemory = 64 << 20

  private let inspector: SourceInspector
  private let site: SiteRoot
  private let output: SiteRoot

  /// - Parameters:
  ///   - site: the folder that sources lie in.
  ///   - output: the folder of the variants.
  package init(site: SiteRoot, output: SiteRoot, limits: SourceLimits) {
    self.site = site
    self.output = output
    inspector = SourceInspector(root: site, limits: limits)
  }

  /// Crops the most striking part out of a variant and of its source.
  ///
  /// An animation is compared by its first frame. Blocks for as long as both take to decode.
  ///
  /// - Parameter variant: one that shows all of its source.
  /// - Returns: nil where there is nothing to compare: the source is gone or cannot be read, or the variant is too large.
  /// - Throws: ``Failure`` where a file that should be there cannot be decoded.
  package func pair(of variant: Variant) throws(Failure) -> Pair? {
    // The default image of an animated PNG need not be its first frame.
    guard case .file(let file) = site.resolve(variant.source),
      case .file(let path) = output.resolve(variant.path),
      let source = inspector.inspect(file).source, source.width > 0,
      source.frames == 1 || source.format != .png, source.format.isDecoded
    else { return nil }
    do {
      let after = try open(try FileAccess.read(output.absolute(path)), of: variant)
      guard let after else { return nil }
      let size = PixelSize(width: after.width, height: after.height)
      let part = PixelSize(
        width: min(size.width, Self.largest.width), height: min(size.height, Self.largest.height))
      let corner = try after.smartCrop(width: part.width, height: part.height, interesting: "attention")
      let window = PixelWindow(left: corner.left, top: corner.top, size: part)
      let before = try cut(window, of: size, from: source)
      let (format, files) = try Self.encode([before, try after.cropped(to: window)])
      return Pair(width: part.width, height: part.height, format: format, before: files[0], after: files[1])
    } catch let error as VipsError {
      throw Failure(description: error.message)
    } catch {
      throw Failure(description: "\(error)")
    }
  }

  private func open(_ data: Data, of variant: Variant) throws -> Image? {
    guard let loader = variant.format.loader, loader.isAvailable else { return nil }
    let image = try Image.open(data, with: loader, file: variant.path, failOn: .warning)
    guard image.width <= Self.mostPixels / max(1, image.height) else { return nil }
    return try ColorStep.convert(image).image.inMemory()
  }

  /// The part of a source, scaled to the size of its variant as it was for the encoder.
  private func cut(_ window: PixelWindow, of size: PixelSize, from source: Source) throws -> Image {
    let step = DecodeStep(
      source: source, loader: source.format.loader, data: try FileAccess.read(site.absolute(source.path)))
    let target = size.turned(by: source.orientation)
    let level = Pyramid.level(for: target, in: PixelSize(source))
    let pyramid = try Pyramid(
      step, levels: [level], failOn: .truncated, storage: .disc(above: Self.largestInMemory))
    let scaled = try ResizeStep.resize(pyramid.level(level), to: target)
    let part = try scaled.cropped(to: window.stored(source.orientation, in: size))
    return try OrientStep.upright(part, source.orientation)
  }

  /// Both in the same way, so that they differ by nothing else.
  private static func encode(_ parts: [Image]) throws(VipsError) -> (ImageFormat, [Data]) {
    var files: [Data] = []
    for part in parts { files.append(try part.webpLossless(effort: 1)) }
    if files.reduce(0, { $0 + $1.count }) > largestLossless {
      files = []
      for part in parts { files.append(try part.webp(quality: quality, effort: 4, sharpChroma: true)) }
    }
    return (.webp, files.map { WebPContainer.withoutMetadata($0) })
  }
}

extension Image {
  fileprivate func cropped(to window: PixelWindow) throws(VipsError) -> Image {
    try cropped(
      left: window.left, top: window.top, width: window.size.width, height: window.size.height)
  }
}
