import Perception
import Vips

/// The canvas that an APNG's frames are drawn on, in eight-bit sRGB with straight alpha
/// (https://www.w3.org/TR/png-3/#fcTL-chunk). GIF's and WebP's frames come composed out of libvips.
struct FrameCanvas {
  let size: PixelSize
  /// Rows from the top, four bytes a pixel; transparent black at first.
  private(set) var pixels: [UInt8]

  init(_ size: PixelSize) {
    self.size = size
    pixels = [UInt8](repeating: 0, count: size.pixels * 4)
  }

  /// Draws one frame, hands over the whole picture, and disposes of the frame.
  ///
  /// - Parameters:
  ///   - image: the frame's pixels, of the frame's size: eight-bit sRGB with or without alpha.
  ///   - isFirst: before the first frame there is nothing to go back to, so that `previous` clears instead.
  /// - Throws: ``VipsError``, and what `body` throws.
  mutating func show<Result>(
    _ frame: APNG.Frame,
    _ image: Image,
    isFirst: Bool,
    _ body: ([UInt8]) throws(VipsError) -> Result
  ) throws(VipsError) -> Result {
    let bands = image.bands
    guard (image.width, image.height) == (frame.size.width, frame.size.height), bands == 3 || bands == 4,
      image.isEightBit, frame.left + frame.size.width <= size.width,
      frame.top + frame.size.height <= size.height
    else {
      throw VipsError(operation: "compose", file: image.file, message: "a frame does not fit its canvas")
    }
    let disposal = isFirst && frame.disposal == .previous ? .background : frame.disposal
    let before = disposal == .previous ? pixels : []
    try image.withPixels { draw($0, bands: bands, frame) }
    let result = try body(pixels)
    switch disposal {
    case .none: break
    case .background: clear(frame)
    case .previous: pixels = before
    }
    return result
  }

  private mutating func draw(_ source: UnsafeRawBufferPointer, bands: Int, _ frame: APNG.Frame) {
    let (size, width) = (size, frame.size.width)
    pixels.withUnsafeMutableBufferPointer { canvas in
      for y in 0..<frame.size.height {
        let to = ((frame.top + y) * size.width + frame.left) * 4
        let from = y * width * bands
        FrameBlending.draw(
          UnsafeRawBufferPointer(rebasing: source[from..<(from + width * bands)]), bands: bands,
          over: UnsafeMutableBufferPointer(rebasing: canvas[to..<(to + width * 4)]),
          isReplacing: frame.blend == .source)
      }
    }
  }

  private mutating func clear(_ frame: APNG.Frame) {
    for y in frame.top..<(frame.top + frame.size.height) {
      let start = (y * size.width + frame.left) * 4
      pixels.replaceSubrange(
        start..<(start + frame.size.width * 4),
        with: repeatElement(0, count: frame.size.width * 4)
      )
    }
  }
}
