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
  /// The most pixels of frames that are held at once, where not all frames are.
  private let runPixels: Int?

  /// Whether each size is decoded on request, because all of them together do not fit into memory.
  var isLazy: Bool { storage != .memory || runPixels != nil }

  /// Decodes an animation.
  ///
  /// - Parameters:
  ///   - sizes: those that will be requested, upright.
  ///   - storage: where the frames are stored.
  ///   - mostPixels: see ``AnimationRuns``.
  /// - Throws: ``VipsError``
  init(
    _ step: AnimationDecodeStep, sizes: Set<PixelSize>, storage: Image.Storage = .memory,
    mostPixels: Int = AnimationRuns.mostPixels
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
    let isLong = !surveyed.alpha && surveyed.size.pixels * surveyed.delays.count > mostPixels
    runPixels = isLong ? mostPixels : nil
    facts = RenderRecord.Facts(
      content: .animation,
      contentReason: "\(surveyed.delays.count) frames",
      alpha: surveyed.alpha,
      remarks: remarks
    )
    stacks = storage == .memory && !isLong ? try Self.stacks(step, surveyed, failOn, sizes, storage) : [:]
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
      let frame = try opaque(frame, surveyed)
      for (size, stack) in stacks {
        try stack.append(resized(frame, to: size, step), delay: surveyed.delays[number])
      }
    }
    var images: [PixelSize: Image] = [:]
    for (size, stack) in stacks { images[size] = try stack.animation(plays: surveyed.plays) }
    return images
  }

  /// A frame without the alpha channel that no frame uses.
  private static func opaque(
    _ frame: Image, _ surveyed: AnimationDecodeStep.Facts
  ) throws(VipsError) -> Image {
    frame.hasAlpha && !surveyed.alpha ? try frame.bands(from: 0, count: 3) : frame
  }

  private static func resized(
    _ frame: Image, to size: PixelSize, _ step: AnimationDecodeStep
  ) throws(VipsError) -> Image {
    let image = try ResizeStep.resize(frame, to: size.turned(by: step.source.orientation))
    // A rotated image is read at several positions at once, which only works for pixels in memory.
    return try OrientStep.upright(image, step.source.orientation)
  }

  /// What encodes a rendition in runs; nil where all of its frames are encoded at once.
  func runs(
    _ rendition: Rendition, _ settings: EncodingSettings
  ) -> (@Sendable () throws(VipsError) -> EncodeStep.Encoded)? {
    guard let runPixels else { return nil }
    return { [self] () throws(VipsError) in try encode(rendition, settings, runPixels) }
  }

  private func encode(
    _ rendition: Rendition, _ settings: EncodingSettings, _ mostPixels: Int
  ) throws(VipsError) -> EncodeStep.Encoded {
    let size = PixelSize(width: rendition.width, height: rendition.height)
    let length = AnimationRuns.frames(of: size, mostPixels: mostPixels)
    var runs = AnimationRuns(settings: settings, size: size, plays: surveyed.plays)
    var stack: FrameStack?
    try step.frames(failOn: failOn) { frame, number, _ throws(VipsError) in
      let current: FrameStack
      if let stack {
        current = stack
      } else {
        current = try FrameStack(
          width: size.width, height: size.height, frames: min(length, surveyed.delays.count - number),
          alpha: false, file: step.source.path, storage: storage)
      }
      try current.append(
        Self.resized(Self.opaque(frame, surveyed), to: size, step), delay: surveyed.delays[number])
      stack = current
      guard current.isFull else { return }
      try runs.add(current.animation(plays: surveyed.plays))
      stack = nil
    }
    return try runs.encoded(file: step.source.path)
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
