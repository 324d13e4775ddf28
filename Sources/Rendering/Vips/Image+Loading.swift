import CVips
import Foundation

extension Image {
  /// Opens an image from a file's bytes. Only the header is read now; pixels are decoded on request, from top to bottom
  /// and only once.
  ///
  /// The bytes are read by the caller and not by libvips because they are hashed anyway, so that the file is read
  /// once and what was hashed is what was decoded; decoding from memory costs the same as from a file.
  ///
  /// - Parameters:
  ///   - data: the file's content.
  ///   - loader: the decoder to use.
  ///   - file: the name that errors carry.
  ///   - failOn: how much damage is an error.
  ///   - shrink: 1, 2, 4 or 8: JPEG alone can be decoded at a fraction of its size.
  /// - Throws: ``VipsError``
  package static func open(
    _ data: Data,
    with loader: Loader,
    file: String,
    failOn: FailOn,
    shrink: Int = 1
  ) throws(VipsError) -> Image {
    if loader == .jpeg, shrink > 1 {
      return try VipsCall(
        loader.rawValue,
        file: file,
        [
          "buffer": .bytes(data), "access": .text("sequential"), "fail-on": .text(failOn.rawValue),
          "shrink": .int(shrink),
        ]
      ).image()
    }
    let image = try VipsCall(
      loader.rawValue,
      file: file,
      ["buffer": .bytes(data), "access": .text("sequential"), "fail-on": .text(failOn.rawValue)]
    ).image()
    // The profile that libvips 8.14 reads from AVIF and HEIC is freed with the image it was read into, while copies of
    // that image still point to it. So it is copied while it is there.
    guard loader == .heif, let profile = image.bytes("icc-profile-data") else { return image }
    return try image.carrying(texts: [:], blobs: ["icc-profile-data": profile])
  }

  /// An image from pixels in memory, which are copied: rows from the top, eight bits a band.
  ///
  /// - Parameters:
  ///   - bands: 1 gray, 2 gray and alpha, 3 sRGB, 4 sRGB and alpha.
  /// - Throws: ``VipsError`` when the pixels do not fill the image.
  package static func fromPixels(
    _ pixels: [UInt8],
    width: Int,
    height: Int,
    bands: Int,
    file: String
  ) throws(VipsError) -> Image {
    try VipsLibrary.started()
    let name = "vips_image_new_from_memory_copy"
    guard width > 0, height > 0, bands > 0, pixels.count == width * height * bands else {
      throw VipsError(operation: name, file: file, message: "\(pixels.count) bytes for \(width)x\(height)")
    }
    let vipsImage = pixels.withUnsafeBytes {
      vips_image_new_from_memory_copy(
        $0.baseAddress,
        $0.count,
        Int32(width),
        Int32(height),
        Int32(bands),
        VIPS_FORMAT_UCHAR
      )
    }
    guard let vipsImage else { throw .last(name, file: file) }
    let image = Image(owning: vipsImage, file: file)
    return try image.operation(
      "copy",
      ["in": .image(image), "interpretation": .text(bands < 3 ? "b-w" : "srgb")]
    ).image()
  }

  /// Computes every pixel now, into memory, from where any number of threads can read them any number of times.
  ///
  /// - Throws: ``VipsError``; damage after a file's header is detected here.
  package func inMemory() throws(VipsError) -> Image {
    guard let copy = vips_image_copy_memory(pointer) else { throw .last("decode", file: file) }
    return Image(owning: copy, file: file)
  }

  /// Computes every pixel now and calls `body` with them: rows from the top, bands next to each other, each band
  /// of one byte where ``isEightBit``.
  ///
  /// - Throws: ``VipsError`` when the pixels cannot be computed.
  package func withPixels<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(VipsError) -> Result {
    let copy = try inMemory()
    guard let start = vips_image_get_data(copy.pointer) else { throw .last("pixels", file: file) }
    let bytes = Int(vips_format_sizeof(vips_image_get_format(copy.pointer)))
    let result = body(
      UnsafeRawBufferPointer(start: start, count: copy.width * copy.height * copy.bands * bytes)
    )
    withExtendedLifetime(copy) {}
    return result
  }
}
