import AssetModel
import VariantPlanner
import Vips

/// An animation at every wanted size: the input for its renditions.
///
/// The file is decoded twice. The first time finds damage and whether anything is transparent; the second resizes each
/// frame by itself, so that no pixel of one reaches its neighbour in the stack, and keeps none at its own size. Every
/// frame goes through the same arithmetic. If one were resized with alpha and the next without, their equal parts would
/// differ slightly, and the encoder could not skip them.
struct DecodedAnimation: Sendable {
  let facts: RenderRecord.Facts
  private let step: AnimationDecodeStep
  private let surveyed: AnimationDecodeStep.Facts
  private let failOn: FailOn
  private let storage: Image.Storage
  private let stacks: [PixelSize: Image]

  /// Whether each size is decoded on request, because all of them together do not fit into memory.
  var isLazy: Bool { storage != .memory }

  /// Decodes an animation.
  ///
  /// - Parameters:
  ///   - sizes: those that will be requested, upright.
  ///   - storage: where the frames are stored.
  /// - Throws: ``VipsError``
  init(
    _ step: AnimationDecodeStep, sizes: Set<PixelSize>, storage: Image.Storage = .memory
  ) throws(VipsError) {
    var remarks = step.silentDamage.map { [RenderRecord.Remark.damaged($0)] } ?? []
    (surveyed, failOn) = try Self.survey(step, &remarks)
    if let message = surveyed.brokenProfile {
      remarks.append(
        .init(
          message: "its color profile is broken and was ignored: \(message)",
          advice: "check the colors, or save the image again with a sound profile"
        )
      )
    }
    (self.step, self.storage) = (step, storage)
    facts = RenderRecord.Facts(
      content: .animation,
      contentReason: "\(surveyed.delays.count) frames",
      alpha: surveyed.alpha,
      remarks: remarks
    )
    stacks = storage == .memory ? try Self.stacks(step, surveyed, failOn, sizes, storage) : [:]
  }

  /// Decodes the frames once for all sizes.
  private static func stacks(
    _ step: AnimationDecodeStep, _ surveyed: AnimationDecodeStep.Facts, _ failOn: FailOn,
    _ sizes: Set<PixelSize>,
    _ storage: Image.Storage
  ) throws(VipsError) -> [PixelSize: Image] {
    guard !sizes.isEmpty else { return [:] }
    var stacks: [PixelSize: FrameStack] = [:]
    for size in sizes {
      stacks[size] = try FrameStack(
        width: size.width,
        height: size.height,
        frames: surveyed.delays.count,
        alpha: surveyed.alpha,
        file: step.source.path,
        storage: storage
      )
    }
    try step.frames(failOn: failOn) { frame, number, _ throws(VipsError) in
      let frame = frame.hasAlpha && !surveyed.alpha ? try frame.bands(from: 0, count: 3) : frame
      for (size, stack) in stacks {
        let stored = size.turned(by: step.source.orientation)
        var image = try ResizeStep.resize(frame, to: stored)
        // A rotated image is read at several positions at once, which only works for pixels in memory.
        image = try OrientStep.upright(image, step.source.orientation)
        try stack.append(image, delay: surveyed.delays[number])
      }
    }
    var images: [PixelSize: Image] = [:]
    for (size, stack) in stacks { images[size] = try stack.animation(plays: surveyed.plays) }
    return images
  }

  /// Looks at every frame: strictly first, so that no damage goes unseen, then as far as the file is whole.
  private static func survey(
    _ step: AnimationDecodeStep,
    _ remarks: inout [RenderRecord.Remark]
  ) throws(VipsError) -> (AnimationDecodeStep.Facts, FailOn) {
    let complaint: VipsError
    do throws(VipsError) {
      return (try step.frames(failOn: .warning) { _, _, _ in }, .warning)
    } catch { complaint = error }
    let facts = try step.frames(failOn: .truncated) { _, _, _ in }
    remarks.append(.damaged(complaint.message))
    return (facts, .truncated)
  }

  /// A rendition's frames on top of each other: exactly its size, upright, in memory or a temporary file.
  ///
  /// - Throws: ``VipsError``, for a size that was not announced too.
  func render(_ rendition: Rendition) throws(VipsError) -> Image {
    let size = PixelSize(width: rendition.width, height: rendition.height)
    let stacks = isLazy ? try Self.stacks(step, surveyed, failOn, [size], storage) : stacks
    guard let image = stacks[size] else {
      throw VipsError(
        operation: "resize",
        file: "",
        message: "\(size.width)x\(size.height) was not announced"
      )
    }
    return image
  }
}

extension RenderRecord.Remark {
  /// The warning about a file that is used although something is wrong with it.
  static func damaged(_ message: String) -> RenderRecord.Remark {
    .init(
      message: "the file is damaged, and was used as far as it goes: \(message)",
      advice: "look at it, and replace it by an intact one if it is spoilt"
    )
  }
}
