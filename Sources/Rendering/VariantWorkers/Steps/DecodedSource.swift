import AssetModel
import Foundation
import SiteFiles
import VariantPlanner
import Vips

/// A source whose pixels are available: the input for the renditions of a job.
///
/// ``RenderSteps`` lists what is done to them.
struct DecodedSource {
  let facts: RenderRecord.Facts
  private let source: Source
  private let pixels: Pixels

  /// The pixels of a still image, or the frames of an animation.
  private enum Pixels {
    case still(Still)
    case animation(DecodedAnimation)
  }

  private struct Still {
    var pyramid: Pyramid
    /// The same in Display P3, where any rendition wants that. It is decoded separately, so that no file's bytes depend
    /// on which others are rendered.
    var wide: Pyramid?
    /// The part of the upright source that each crop keeps.
    var windows: [Crop: PixelWindow]
    var storage: Image.Storage
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
  ///   - renditions: those that may be requested.
  ///   - storage: where large pictures are stored. If an animation does not fit into memory, each size is decoded on
  ///     request.
  init(
    _ source: Source,
    loader: Loader?,
    path: String,
    renditions: [Rendition],
    placeholder: PlanOptions.Placeholder = .none,
    storage: Image.Storage = .memory
  ) throws(Failure) {
    let data: Data
    do throws(FileError) { data = try FileAccess.read(path) } catch { throw .file(error) }
    guard ContentDigest.sha256(data) == source.sha256 else { throw .changed }
    if source.content == .animation, let loader {
      let step = AnimationDecodeStep(source: source, loader: loader, data: data)
      if let obstacle = step.obstacle { throw .unfaithful(obstacle) }
      do throws(VipsError) {
        let sizes = renditions.map { PixelSize(width: $0.width, height: $0.height) }
        let animation = try DecodedAnimation(step, sizes: Set(sizes), storage: storage)
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
      let pyramid = try Self.decode(step, levels, storage, &remarks)
      let isWide = renditions.contains { ($0.photograph + $0.graphic).contains { $0.color == .p3 } }
      let wide =
        isWide
        ? try Pyramid(step, levels: levels, failOn: .truncated, space: .p3, storage: storage) : nil
      let level = try pyramid.level(contentLevel)
      let verdict = try ContentClass.of(level, source: source)
      if let message = pyramid.brokenProfile {
        remarks.append(
          .init(
            message: "its color profile is broken and was ignored: \(message)",
            advice: "check the colors, or save the image again with a sound profile"
          )
        )
      }
      let windows = try Self.windows(of: renditions, source, level: level)
      pixels = .still(Still(pyramid: pyramid, wide: wide, windows: windows, storage: storage))
      var facts = RenderRecord.Facts(
        content: verdict.content,
        contentReason: verdict.reason,
        alpha: pyramid.alpha,
        remarks: remarks
      )
      if placeholder != .none {
        facts.placeholders[placeholder.rawValue] =
          try PlaceholderStep.make(placeholder, of: level, orientation: source.orientation) ?? ""
      }
      for ladder in RenderRecord.Facts.ladders(in: renditions) where facts.rungs[ladder.count] == nil {
        facts.rungs[ladder.count] = try LadderStep.choose(level, from: ladder.map(\.width))
      }
      self.facts = facts
      self.source = source
    } catch { throw .image(error) }
  }

  /// Decodes strictly first, so that no damage goes unseen, then as far as the file is whole: browsers show a
  /// file with a few bad bytes, and a file that ends too early is refused.
  private static func decode(
    _ step: DecodeStep,
    _ levels: Set<Int>,
    _ storage: Image.Storage,
    _ remarks: inout [RenderRecord.Remark]
  ) throws(VipsError) -> Pyramid {
    let complaint: VipsError
    do throws(VipsError) {
      return try Pyramid(step, levels: levels, failOn: .warning, storage: storage)
    } catch {
      complaint = error
    }
    let pyramid = try Pyramid(step, levels: levels, failOn: .truncated, storage: storage)
    remarks.append(.damaged(complaint.message))
    return pyramid
  }

  /// The windows of all crops, computed on a level that depends on the source alone.
  private static func windows(
    of renditions: [Rendition], _ source: Source, level: Image
  ) throws(VipsError) -> [Crop: PixelWindow] {
    let size = PixelSize(width: source.width, height: source.height)
    var windows: [Crop: PixelWindow] = [:]
    for case let crop? in renditions.map(\.crop) where windows[crop] == nil {
      windows[crop] = try CropStep.window(for: crop, in: size) { () throws(VipsError) in
        try OrientStep.upright(level, source.orientation)
      }
    }
    return windows
  }

  /// A closure that renders a rendition's pixels later, if they should not be rendered before they are needed; else
  /// nil.
  func later(_ rendition: Rendition) -> (@Sendable () throws(VipsError) -> Image)? {
    guard case .animation(let animation) = pixels, animation.isLazy else { return nil }
    return { () throws(VipsError) in try animation.render(rendition) }
  }

  /// A closure that makes the file of a long animation, of whose frames only some are in memory at once; else nil.
  func runs(
    _ rendition: Rendition, _ settings: EncodingSettings
  ) -> (@Sendable () throws(VipsError) -> EncodeStep.Encoded)? {
    guard case .animation(let animation) = pixels else { return nil }
    return animation.runs(rendition, settings)
  }

  /// A rendition's pixels: exactly its size, upright, in memory, without metadata but for the profile of Display P3.
  /// Those of an animation are its frames on top of each other.
  func render(_ rendition: Rendition, in color: EncodingSettings.Color? = nil) throws(VipsError) -> Image {
    switch pixels {
    case .animation(let animation): return try animation.render(rendition)
    case .still(let still): return try render(rendition, from: still, in: color)
    }
  }

  private func render(
    _ rendition: Rendition, from still: Still, in color: EncodingSettings.Color?
  ) throws(VipsError) -> Image {
    let pyramid = color == .p3 ? still.wide ?? still.pyramid : still.pyramid
    let target = Self.stored(rendition, source)
    let level = try pyramid.level(Pyramid.level(for: target, in: pyramid.size))
    return try RenderSteps.rendition.run(
      PictureInWork(
        source: source, rendition: rendition, window: rendition.crop.flatMap { still.windows[$0] },
        storage: still.storage, image: level))
  }

  /// The size that the whole source has at a rendition's scale, in the source's stored orientation.
  static func stored(_ rendition: Rendition, _ source: Source) -> PixelSize {
    let size = PixelSize(width: rendition.width, height: rendition.height)
    guard rendition.crop != nil else { return size.turned(by: source.orientation) }
    let upright = PixelSize(width: source.width, height: source.height)
    return upright.scaledToCover(size).turned(by: source.orientation)
  }
}
