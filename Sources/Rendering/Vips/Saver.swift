/// The savers that this pipeline calls, by libvips' names.
package enum Saver: String, CaseIterable, Sendable {
  /// JPEG, through libjpeg or one of its kin.
  case jpeg = "jpegsave_buffer"
  /// PNG, through libspng or libpng.
  case png = "pngsave_buffer"
  /// WebP, through libwebp.
  case webp = "webpsave_buffer"
  /// AVIF, through libheif.
  case avif = "heifsave_buffer"
  /// JPEG XL, through libjxl.
  case jxl = "jxlsave_buffer"
  /// GIF, through cgif, which not every build has.
  case gif = "gifsave_buffer"

  /// libvips' name for it, whatever it writes to: `webpsave`.
  package var operation: String { rawValue.replacing("_buffer", with: "") }

  /// Whether this build of libvips can write such files.
  package var isAvailable: Bool {
    VipsLibrary.has(rawValue) && (self != .avif || HEIFCodec.encodesAV1)
  }
}
