import AssetModel
import Foundation
import Vips

/// The decode step of animations: from a file's bytes to its frames in order, each composed to the whole canvas, in
/// eight-bit sRGB.
struct AnimationDecodeStep {
  var source: Source
  var loader: Loader
  var data: Data

  /// What holds for all frames.
  struct Facts: Hashable {
    /// The canvas as stored.
    var size: PixelSize
    /// Milliseconds for which each frame is shown.
    var delays: [Int]
    /// 0 for without end.
    var plays: Int
    /// Whether any pixel of any frame is not opaque.
    var alpha = false
    /// What is wrong with the ICC profile.
    var brokenProfile: String?
  }

  /// Why the file's frames cannot be what browsers show; nil where they can.
  var obstacle: String? {
    guard loader == .gif, GIFStructure(data)?.showsBackground == true else { return nil }
    return "its frames uncover a background that decoders fill with a color and browsers leave transparent"
  }

  /// What is missing although every decoder is content; nil for a whole file.
  var silentDamage: String? {
    switch loader {
    case .gif where GIFStructure(data)?.isWhole == false: "it ends too early"
    case .png: APNG(data)?.damage
    default: nil
    }
  }

  /// Decodes the frames one after the other.
  ///
  /// - Parameters:
  ///   - body: called with each frame, its number, and the facts so far; the returned facts are complete. A frame has
  ///     three bands, or four where the file can hold transparency.
  /// - Throws: ``VipsError`` for a frame that cannot be decoded, and what `body` throws.
  @discardableResult
  func frames(
    failOn: FailOn,
    _ body: (_ frame: Image, _ number: Int, _ facts: Facts) throws(VipsError) -> Void
  ) throws(VipsError) -> Facts {
    if loader == .png { return try drawnFrames(failOn: failOn, body) }
    let stack = try Image.openFrames(data, with: loader, file: source.path, failOn: failOn)
    let storedDelays = stack.delays
    var facts = Facts(
      size: PixelSize(width: stack.width, height: stack.frameHeight),
      // A file without delays is shown at the usual 100 ms.
      delays: (0..<stack.frameCount).map {
        AnimationTiming.displayedDelay($0 < storedDelays.count ? storedDelays[$0] : 0)
      },
      plays: AnimationTiming.plays(stack.plays)
    )
    for number in 0..<stack.frameCount {
      // Frames are taken in order and each is computed before the next, as sequential access wants it.
      let frame = try colored(stack.frame(number), &facts).inMemory()
      try facts.record(frame)
      try body(frame, number, facts)
    }
    return facts
  }

  /// libvips knows no APNG: its frames are decoded as PNGs of their own and drawn on a canvas here.
  private func drawnFrames(
    failOn: FailOn,
    _ body: (_ frame: Image, _ number: Int, _ facts: Facts) throws(VipsError) -> Void
  ) throws(VipsError) -> Facts {
    guard let animation = APNG(data) else {
      throw VipsError(operation: "apng", file: source.path, message: "the file is no animation")
    }
    var facts = Facts(
      size: animation.canvas,
      delays: AnimationTiming.milliseconds(of: animation.frames),
      plays: AnimationTiming.plays(animation.plays)
    )
    var canvas = FrameCanvas(animation.canvas)
    for (number, frame) in animation.frames.enumerated() {
      let part = try Image.open(
        animation.png(of: frame, in: data),
        with: .png,
        file: source.path,
        failOn: failOn
      )
      let pixels = try colored(DeclaredColors.carried(by: part, of: data, .png), &facts)
      let whole = try canvas.show(frame, pixels, isFirst: number == 0) { all throws(VipsError) in
        try Image.fromPixels(
          all,
          width: animation.canvas.width,
          height: animation.canvas.height,
          bands: 4,
          file: source.path
        )
      }
      try facts.record(whole)
      try body(whole, number, facts)
    }
    return facts
  }

  /// A frame in eight-bit sRGB with three color bands.
  private func colored(_ frame: Image, _ facts: inout Facts) throws(VipsError) -> Image {
    var image = frame
    if ColorStep.isNeeded(for: image) {
      let (converted, broken) = try ColorStep.convert(image)
      facts.brokenProfile = facts.brokenProfile ?? broken
      image = converted
    }
    if image.bands < 3 { image = try image.converted(to: "srgb") }
    return try image.withoutMetadata()
  }
}

extension AnimationDecodeStep.Facts {
  /// Checks for transparency until some is detected.
  fileprivate mutating func record(_ frame: Image) throws(VipsError) {
    guard !alpha, frame.hasAlpha else { return }
    alpha = try frame.bands(from: frame.bands - 1, count: 1).minimum() < 255
  }
}
