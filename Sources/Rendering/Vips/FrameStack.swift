import CVips

/// Frames of eight-bit sRGB, written one after the other into the memory of one tall image, so that only one further
/// frame has to be in memory.
///
/// Used by one worker at a time.
package final class FrameStack {
  /// Width in pixels.
  package let width: Int
  /// Height of one frame in pixels.
  package let height: Int
  /// 3, or 4 with alpha.
  package let bands: Int
  /// Milliseconds for each frame so far.
  private var delays: [Int] = []
  private let frames: Int
  private let file: String
  private let target: Target

  /// Whether all frames are there.
  package var isFull: Bool { delays.count == frames }

  /// Where the rows go.
  private enum Target {
    case memory(Image)
    case disc(SpillFile, like: Image)
  }

  /// Room for some frames.
  ///
  /// - Parameter storage: where the frames are stored.
  /// - Throws: ``VipsError`` when libvips refuses the size, or has no memory for it.
  package init(
    width: Int, height: Int, frames: Int, alpha: Bool, file: String, storage: Image.Storage = .memory
  ) throws(VipsError) {
    (self.width, self.height, self.frames, bands) = (width, height, frames, alpha ? 4 : 3)
    self.file = file
    try VipsLibrary.started()
    let (rows, overflow) = height.multipliedReportingOverflow(by: frames)
    guard width > 0, rows > 0, !overflow, rows <= Self.mostRows else {
      throw VipsError(
        operation: "vips_image_new_memory",
        file: file,
        message: "no image of \(frames) frames of \(width)x\(height)"
      )
    }
    if case .disc(let most) = storage, width * rows * bands > most {
      target = .disc(try SpillFile(file: file), like: try Self.description(width, 1, bands, file: file))
    } else {
      target = .memory(try Self.description(width, rows, bands, file: file))
    }
  }

  /// An image in memory whose rows are still to be written.
  private static func description(
    _ width: Int, _ rows: Int, _ bands: Int, file: String
  ) throws(VipsError) -> Image {
    guard let vipsImage = vips_image_new_memory() else { throw .last("vips_image_new_memory", file: file) }
    let image = Image(owning: vipsImage, file: file)
    vips_image_init_fields(
      vipsImage,
      Int32(width),
      Int32(rows),
      Int32(bands),
      VIPS_FORMAT_UCHAR,
      VIPS_CODING_NONE,
      VIPS_INTERPRETATION_sRGB,
      1,
      1
    )
    guard vips_image_write_prepare(vipsImage) == 0 else {
      throw .last("vips_image_write_prepare", file: file)
    }
    return image
  }

  /// The most rows of an image (libvips' `VIPS_MAX_COORD`).
  package static let mostRows = 10_000_000

  /// Adds a frame.
  ///
  /// - Parameters:
  ///   - frame: of the stack's width, height and bands, eight bits a band.
  ///   - delay: milliseconds.
  /// - Throws: ``VipsError`` when the frame does not fit, or its pixels cannot be computed.
  package func append(_ frame: Image, delay: Int) throws(VipsError) {
    guard frame.width == width, frame.height == height, frame.bands == bands, frame.isEightBit,
      delays.count < frames
    else {
      throw VipsError(
        operation: "append",
        file: file,
        message: "a frame of \(frame.width)x\(frame.height), \(frame.bands) bands, does not fit"
      )
    }
    switch target {
    case .memory(let image): try write(frame, to: image)
    case .disc(let spill, _):
      let written = try frame.withPixels { pixels in
        Result { () throws(VipsError) in try spill.append(pixels) }
      }
      try written.get()
    }
    delays.append(delay)
  }

  private func write(_ frame: Image, to image: Image) throws(VipsError) {
    let start = delays.count * height
    let row = width * bands
    let isWritten = try frame.withPixels { pixels in
      (0..<height).allSatisfy { y in
        let line = pixels.baseAddress?.advanced(by: y * row).assumingMemoryBound(to: UInt8.self)
        return vips_image_write_line(image.pointer, Int32(start + y), UnsafeMutablePointer(mutating: line))
          == 0
      }
    }
    guard isWritten else { throw .last("vips_image_write_line", file: file) }
  }

  /// The frames as an animation.
  ///
  /// - Parameter plays: 0 for without end.
  /// - Throws: ``VipsError`` when frames are missing.
  package func animation(plays: Int) throws(VipsError) -> Image {
    guard isFull else {
      throw VipsError(
        operation: "append",
        file: file,
        message: "\(delays.count) of \(frames) frames came"
      )
    }
    let image =
      switch target {
      case .memory(let image): image
      case .disc(let spill, let model):
        try spill.image(width: width, height: height * frames, bands: bands, like: model)
      }
    return try image.animated(frameHeight: height, delays: delays, plays: plays)
  }
}
