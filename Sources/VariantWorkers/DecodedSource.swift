import Foundation
import Manifest
import SiteFiles
import VariantPlanner
import Vips

/// A source whose pixels are at hand: what the renditions of a job are made from.
struct DecodedSource {
  let facts: RenderRecord.Facts
  private let source: Source
  private let pixels: Pixels

  /// The pixels of a still image, or the frames of an animation.
  private enum Pixels {
    case still(Pyramid)
    case animation(DecodedAnimation)
  }

  /// Why a source cannot be rendered.
  enum Failure: Error {
    case file(FileError)
    case image(VipsError)
    /// The file is not the one that was inspected.
    case changed
    /// What can be decoded of it is not what browsers show.
    case unfaithful(String)
  }

  /// Reads and decodes a source.
  ///
  /// - Parameters:
  ///   - path: the file, absolute.
  ///   - renditions: those that may be asked for.
  init(_ source: Source, loader: Loader, path: String, renditions: [Rendition]) throws(Failure) {
    let data: Data
    do throws(FileError) { data = try FileAccess.read(path) } catch { throw .file(error) }
    guard ContentDigest.sha256(data) == source.sha256 else { throw .changed }
    if source.content == .animation {
      let step = AnimationDecodeStep(source: source, loader: loader, data: data)
      if let obstacle = step.obstacle { throw .unfaithful(obstacle) }
      do throws(VipsError) {
        let sizes = renditions.map { PixelSize(width: $0.width, height: $0.height) }
        let animation = try DecodedAnimation(step, sizes: Set(sizes))
        (facts, pixels) = (animation.facts, .animation(animation))
      } catch { throw .image(error) }
      self.source = source
      return
    }
    let step = DecodeStep(source: source, loader: loader, data: data)
    let size = PixelSize(source)
    let contentLevel = Pyramid.contentLevel(in: size)
    let levels = Set(
      renditions.map { Pyramid.level(for: Self.stored($0, source), in: size) } + [contentLevel]
    )
    do throws(VipsError) {
      var remarks: [RenderRecord.Remark] = []
      let pyramid = try Self.decode(step, levels, &remarks)
      let level = try pyramid.level(contentLevel)
      let content = try ContentClass.of(level, source: source)
      if let message = pyramid.brokenProfile {
        remarks.append(
          .init(
            message: "its colour profile is broken and was ignored: \(message)",
            advice: "check the colours, or save the image again with a sound profile"
          )
        )
      }
      facts = RenderRecord.Facts(content: content, alpha: pyramid.alpha, remarks: remarks)
      pixels = .still(pyramid)
      self.source = source
    } catch { throw .image(error) }
  }

  /// Decodes strictly first, so that no damage goes unseen, then as far as the file is whole: browsers show a
  /// file with a few bad bytes, and a file that ends too early is refused.
  private static func decode(
    _ step: DecodeStep,
    _ levels: Set<Int>,
    _ remarks: inout [RenderRecord.Remark]
  ) throws(VipsError) -> Pyramid {
    let complaint: VipsError
    do throws(VipsError) { return try Pyramid(step, levels: levels, failOn: .warning) } catch {
      complaint = error
    }
    let pyramid = try Pyramid(step, levels: levels, failOn: .truncated)
    remarks.append(.damaged(complaint.message))
    return pyramid
  }

  /// A rendition's pixels: exactly its size, upright, in memory, without metadata. Those of an animation are its
  /// frames on top of each other.
  func render(_ rendition: Rendition) throws(VipsError) -> Image {
    let pyramid: Pyramid
    switch pixels {
    case .animation(let animation): return try animation.render(rendition)
    case .still(let still): pyramid = still
    }
    let target = Self.stored(rendition, source)
    let level = try pyramid.level(Pyramid.level(for: target, in: pyramid.size))
    // A turned image is read from several places at once, which only pixels in memory can give.
    let resized = try ResizeStep.resize(level, to: target).inMemory()
    let upright = try resized.oriented(source.orientation)
    guard let crop = rendition.crop else { return try upright.inMemory() }
    let size = PixelSize(width: rendition.width, height: rendition.height)
    return try CropStep.crop(upright.inMemory(), to: size, crop).inMemory()
  }

  /// The size that the whole source is resized to for a rendition, in the source's stored orientation.
  private static func stored(_ rendition: Rendition, _ source: Source) -> PixelSize {
    let size = PixelSize(width: rendition.width, height: rendition.height)
    guard rendition.crop != nil else { return size.turned(by: source.orientation) }
    let upright = PixelSize(width: source.width, height: source.height)
    return upright.scaledToCover(size).turned(by: source.orientation)
  }
}
