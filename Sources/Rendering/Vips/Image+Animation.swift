import CVips
import Foundation

/// An animation is one tall image to libvips: its frames on top of each other, with the height of one, the delays
/// and the number of plays as metadata.
extension Image {
  /// Opens every frame of a GIF or WebP, each composed to the whole canvas. As with
  /// ``open(_:with:file:failOn:shrink:)`` pixels are decoded on request, from top to bottom and only once.
  ///
  /// - Throws: ``VipsError``
  package static func openFrames(
    _ data: Data,
    with loader: Loader,
    file: String,
    failOn: FailOn
  ) throws(VipsError) -> Image {
    try VipsCall(
      loader.rawValue,
      file: file,
      [
        "buffer": .bytes(data), "n": .int(-1), "access": .text("sequential"),
        "fail-on": .text(failOn.rawValue),
      ]
    ).image()
  }

  /// The height of one frame; the image's own where it holds no frames.
  package var frameHeight: Int {
    guard let pageHeight = int("page-height"), pageHeight > 0, height % pageHeight == 0 else { return height }
    return pageHeight
  }

  /// The number of frames on top of each other.
  package var frameCount: Int { height / frameHeight }

  /// Milliseconds for which each frame is shown, as the file says; empty where it says nothing.
  package var delays: [Int] { ints("delay") }

  /// How often the animation is played, 0 for without end. libvips counts plays, where GIF's own number is that of
  /// repetitions.
  package var plays: Int { int("loop") ?? 0 }

  /// One frame, with the metadata of the whole.
  ///
  /// - Parameters:
  ///   - number: from 0. An image that was opened sequentially gives its frames in order only.
  /// - Throws: ``VipsError``
  package func frame(_ number: Int) throws(VipsError) -> Image {
    let one = frameHeight
    guard frameCount > 1 else { return self }
    return try cropped(left: 0, top: number * one, width: width, height: one)
  }

  /// The same pixels as an animation.
  ///
  /// - Parameters:
  ///   - frameHeight: a divisor of the image's height.
  ///   - delays: milliseconds, one for each frame.
  ///   - plays: 0 for without end.
  /// - Throws: ``VipsError``
  package func animated(frameHeight: Int, delays: [Int], plays: Int) throws(VipsError) -> Image {
    let copy = try operation("copy", ["in": .image(self)]).image()
    vips_image_set_int(copy.pointer, "page-height", Int32(truncatingIfNeeded: frameHeight))
    vips_image_set_int(copy.pointer, "loop", Int32(truncatingIfNeeded: plays))
    var numbers = delays.map { Int32(truncatingIfNeeded: $0) }
    vips_image_set_array_int(copy.pointer, "delay", &numbers, Int32(numbers.count))
    return copy
  }

  /// The first few frames as an animation of their own.
  ///
  /// - Throws: ``VipsError``
  package func firstFrames(_ count: Int) throws(VipsError) -> Image {
    let one = frameHeight
    guard count < frameCount else { return self }
    return try cropped(left: 0, top: 0, width: width, height: count * one)
      .animated(frameHeight: one, delays: Array(delays.prefix(count)), plays: plays)
  }

  /// Animated WebP, lossy.
  ///
  /// Chroma is always subsampled the slow and sharp way: at equal quality numbers it gains 1 (screen recordings) to
  /// 18 points (video) of SSIMULACRA2 for 2 to 20 % more bytes, and on drawings saves bytes too.
  ///
  /// - Throws: ``VipsError``
  package func webpAnimation(quality: Int, effort: Int) throws(VipsError) -> Data {
    try operation(
      "webpsave_buffer",
      [
        "in": .image(self), "Q": .int(quality), "effort": .int(effort), "smart-subsample": .bool(true),
        "strip": .bool(true),
      ]
    ).bytes()
  }

  /// Animated WebP that keeps every pixel. `min-size` saves 0 to 24 % for twice the time; on lossy frames it
  /// saves 0 to 4 % for the same, which is not worth it.
  ///
  /// - Throws: ``VipsError``
  package func webpAnimationLossless(effort: Int, smallest: Bool) throws(VipsError) -> Data {
    try operation(
      "webpsave_buffer",
      [
        "in": .image(self), "lossless": .bool(true), "effort": .int(effort), "min-size": .bool(smallest),
        "strip": .bool(true),
      ]
    ).bytes()
  }

  /// A field that holds an array of numbers.
  private func ints(_ field: String) -> [Int] {
    var start: UnsafeMutablePointer<Int32>?
    var count: Int32 = 0
    guard has(field), vips_image_get_array_int(pointer, field, &start, &count) == 0, let start, count > 0
    else { return [] }
    return UnsafeBufferPointer(start: start, count: Int(count)).map(Int.init)
  }
}
