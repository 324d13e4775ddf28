/// The loaders that this pipeline calls. Each is called by name, never detected by libvips, so nothing outside this
/// list can open a file: no PDF, SVG, PSD or script, whatever the file's name and content.
package enum Loader: String, CaseIterable, Sendable {
  /// JPEG, through libjpeg.
  case jpeg = "jpegload_buffer"
  /// PNG, through libspng or libpng.
  case png = "pngload_buffer"
  /// WebP, through libwebp.
  case webp = "webpload_buffer"
  /// GIF, through libnsgif.
  case gif = "gifload_buffer"
  /// AVIF and HEIC, through libheif.
  case heif = "heifload_buffer"
  /// TIFF, through libtiff.
  case tiff = "tiffload_buffer"
  /// JPEG XL, through libjxl.
  case jxl = "jxlload_buffer"
  /// JPEG 2000, through OpenJPEG.
  case jp2 = "jp2kload_buffer"

  /// Classes that libvips 8.14 marks as untrusted and that may be enabled: ``isUntrusted`` says which. A saver only
  /// gets our own pixels.
  static let mayBeOpened = ["VipsForeignLoadJxl", "VipsForeignLoadJp2k", "VipsForeignSaveJxl"]

  /// Whether libvips itself calls the loader unfit for hostile files: one that its authors do not fuzz, or one whose library
  /// has a history of holes. In 8.14 those are JPEG XL and JPEG 2000.
  package var isUntrusted: Bool { VipsLibrary.isUntrusted(rawValue) }

  /// From now on the loader refuses all files, where libvips calls it untrusted.
  package func close() {
    guard isUntrusted else { return }
    VipsLibrary.block(rawValue)
  }

  /// libvips' name for it, whatever it reads from: `webpload`.
  package var operation: String { rawValue.replacing("_buffer", with: "") }

  /// Whether this build of libvips has the loader.
  package var isAvailable: Bool { VipsLibrary.has(rawValue) }
}

/// How much damage makes a load fail.
package enum FailOn: String, Sendable {
  /// Nothing that leaves any pixels: a truncated file gives a picture with a grey or empty tail.
  case none
  /// The file ends too early.
  case truncated
  /// A serious error, or the file ends too early.
  case error
  /// Anything that a decoder remarks on, harmless oddities in the metadata among them.
  case warning
}
