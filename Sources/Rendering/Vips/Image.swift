import CVips

/// A picture, or the recipe of one: libvips computes pixels on request.
///
/// It carries the name of the file it came from, so that an operation which fails at the end of a chain still
/// names the file.
package final class Image: @unchecked Sendable {
  // Safe to share: libvips' images never change after creation and may be used by several threads at once
  // (https://www.libvips.org/API/current/using-threads.html: "images can be shared between threads"; their reference
  // counts are atomic). This class adds no state that changes, nothing here calls libvips' drawing operations, and
  // metadata is removed only from a fresh copy that nothing else uses yet.
  let pointer: UnsafeMutablePointer<VipsImage>

  /// The file it came from, as the caller named it.
  package let file: String

  /// Takes over a reference that the caller holds.
  init(owning pointer: UnsafeMutablePointer<VipsImage>, file: String) {
    self.pointer = pointer
    self.file = file
  }

  deinit { VectorLock.release(pointer) }

  /// Width in pixels.
  package var width: Int { Int(vips_image_get_width(pointer)) }

  /// Height in pixels.
  package var height: Int { Int(vips_image_get_height(pointer)) }

  /// Numbers in a pixel, alpha included.
  package var bands: Int { Int(vips_image_get_bands(pointer)) }

  /// Whether the last band is alpha.
  package var hasAlpha: Bool { vips_image_hasalpha(pointer) != 0 }

  /// What the numbers of a pixel mean.
  package var interpretation: Interpretation {
    Interpretation(vips_image_guess_interpretation(pointer))
  }

  /// Whether each number is one byte.
  package var isEightBit: Bool { vips_image_get_format(pointer) == VIPS_FORMAT_UCHAR }

  /// Runs an operation with this image's file in its errors.
  func operation(
    _ name: String,
    _ arguments: KeyValuePairs<String, VipsCall.Argument>
  ) throws(VipsError) -> VipsCall {
    try VipsCall(name, file: file, arguments)
  }
}

/// What the numbers of a pixel mean, as far as this pipeline tells it apart.
package enum Interpretation: Hashable, Sendable {
  /// Eight bits of red, green and blue.
  case srgb
  /// Eight bits of grey.
  case gray
  /// Sixteen bits of red, green and blue.
  case rgb16
  /// Sixteen bits of grey.
  case gray16
  /// Cyan, magenta, yellow and black.
  case cmyk
  /// Anything else that libvips knows.
  case other

  init(_ interpretation: VipsInterpretation) {
    switch interpretation {
    case VIPS_INTERPRETATION_sRGB, VIPS_INTERPRETATION_RGB: self = .srgb
    case VIPS_INTERPRETATION_B_W: self = .gray
    case VIPS_INTERPRETATION_RGB16: self = .rgb16
    case VIPS_INTERPRETATION_GREY16: self = .gray16
    case VIPS_INTERPRETATION_CMYK: self = .cmyk
    default: self = .other
    }
  }
}
