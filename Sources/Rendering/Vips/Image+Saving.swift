import CVips
import Foundation

extension Image {
  /// How much of the color detail an encoder keeps.
  package enum Chroma: String, Sendable {
    /// Half in each direction (4:2:0).
    case halved = "on"
    /// All of it (4:4:4).
    case full = "off"
  }

  /// JPEG, progressive, with optimized Huffman tables and no metadata.
  ///
  /// - Throws: ``VipsError``
  package func jpeg(quality: Int, chroma: Chroma) throws(VipsError) -> Data {
    try operation(
      "jpegsave_buffer",
      [
        "in": .image(self), "Q": .int(quality), "interlace": .bool(true), "optimize-coding": .bool(true),
        "subsample-mode": .text(chroma.rawValue), "strip": .bool(true),
      ]
    ).bytes()
  }

  /// Lossy WebP. An image's profile is written, with what other metadata it carries: WebP's saver ignores `strip` up to
  /// libvips 8.14, and later ones take the profile away with all else.
  ///
  /// - Parameters:
  ///   - sharpChroma: slower chroma subsampling that keeps thin colored lines.
  /// - Throws: ``VipsError``
  package func webp(quality: Int, effort: Int, sharpChroma: Bool) throws(VipsError) -> Data {
    try operation(
      "webpsave_buffer",
      [
        "in": .image(self), "Q": .int(quality), "effort": .int(effort),
        "smart-subsample": .bool(sharpChroma), "strip": .bool(!hasProfile),
      ]
    ).bytes()
  }

  /// WebP that keeps every pixel.
  ///
  /// - Parameter thoroughness: how long libwebp looks for smaller ways of saying the same at an effort, 0 to 100. (Its
  ///   name for it is quality.) 75 is libvips' default.
  /// - Throws: ``VipsError``
  package func webpLossless(effort: Int, thoroughness: Int = 75) throws(VipsError) -> Data {
    try operation(
      "webpsave_buffer",
      [
        "in": .image(self), "lossless": .bool(true), "Q": .int(thoroughness), "effort": .int(effort),
        "strip": .bool(!hasProfile),
      ]
    ).bytes()
  }

  /// WebP in lossless mode, after a preparation that changes pixels a little where that saves bytes.
  ///
  /// - Parameters:
  ///   - quality: 100 changes nothing, 0 the most.
  /// - Throws: ``VipsError``
  package func webpNearLossless(quality: Int, effort: Int) throws(VipsError) -> Data {
    try operation(
      "webpsave_buffer",
      [
        "in": .image(self), "near-lossless": .bool(true), "Q": .int(quality), "effort": .int(effort),
        "strip": .bool(!hasProfile),
      ]
    ).bytes()
  }

  /// AVIF, eight bits a band. What metadata the image carries is written, an ICC profile among it; with any of it
  /// libvips 8.14 also writes an EXIF block of its own making, with the resolution.
  ///
  /// - Throws: ``VipsError``
  package func avif(quality: Int, effort: Int, chroma: Chroma) throws(VipsError) -> Data {
    try operation(
      "heifsave_buffer",
      [
        "in": .image(self), "compression": .text("av1"), "bitdepth": .int(8), "Q": .int(quality),
        "effort": .int(effort), "subsample-mode": .text(chroma.rawValue), "strip": .bool(!hasMetadata),
      ]
    ).bytes()
  }

  /// AVIF that keeps every pixel.
  ///
  /// - Throws: ``VipsError``
  package func avifLossless(effort: Int) throws(VipsError) -> Data {
    try operation(
      "heifsave_buffer",
      [
        "in": .image(self), "compression": .text("av1"), "bitdepth": .int(8), "lossless": .bool(true),
        "effort": .int(effort), "subsample-mode": .text(Chroma.full.rawValue), "strip": .bool(!hasMetadata),
      ]
    ).bytes()
  }

  /// JPEG XL, without metadata.
  ///
  /// - Parameters:
  ///   - effort: 3 to 9.
  /// - Throws: ``VipsError``
  package func jxl(quality: Int, effort: Int) throws(VipsError) -> Data {
    try operation(
      "jxlsave_buffer",
      ["in": .image(self), "Q": .int(quality), "effort": .int(effort), "strip": .bool(true)]
    ).bytes()
  }

  /// JPEG XL that keeps every pixel.
  ///
  /// - Throws: ``VipsError``
  package func jxlLossless(effort: Int) throws(VipsError) -> Data {
    try operation(
      "jxlsave_buffer",
      ["in": .image(self), "lossless": .bool(true), "effort": .int(effort), "strip": .bool(true)]
    ).bytes()
  }

  /// PNG in true color or gray, without row filters, at zlib's level 7: on resized screenshots level 9 saves
  /// another 2 % and takes three times as long, and filters make them larger below level 7.
  ///
  /// - Throws: ``VipsError``
  package func png() throws(VipsError) -> Data {
    try operation(
      "pngsave_buffer",
      ["in": .image(self), "compression": .int(7), "strip": .bool(true)]
    ).bytes()
  }

  /// How each row of a PNG is foretold from those around it (PNG 3rd edition, 9.2).
  package enum PNGFilter: Int, Sendable {
    /// Not at all: VIPS_FOREIGN_PNG_FILTER_NONE.
    case none = 0x08
    /// As is best for each row: VIPS_FOREIGN_PNG_FILTER_ALL.
    case all = 0xF8
  }

  /// PNG in true color or gray, at zlib's highest level.
  ///
  /// - Throws: ``VipsError``
  package func png(filter: PNGFilter) throws(VipsError) -> Data {
    try operation(
      "pngsave_buffer",
      [
        "in": .image(self), "compression": .int(9), "filter": .int(filter.rawValue), "strip": .bool(true),
      ]
    ).bytes()
  }

  /// GIF with the colors that the image has, where those are at most 256.
  ///
  /// - Throws: ``VipsError``
  package func gif() throws(VipsError) -> Data {
    try operation(
      "gifsave_buffer",
      ["in": .image(self), "dither": .double(0), "effort": .int(10), "strip": .bool(true)]
    ).bytes()
  }

  /// PNG with a palette of at most 256 colors chosen by libimagequant.
  ///
  /// - Parameters:
  ///   - quality: 100 keeps as much as 256 colors can.
  ///   - effort: 1 to 10.
  ///   - dither: 0 for none, 1 for all.
  /// - Throws: ``VipsError``
  package func pngPalette(quality: Int, effort: Int, dither: Double) throws(VipsError) -> Data {
    try operation(
      "pngsave_buffer",
      [
        "in": .image(self), "palette": .bool(true), "Q": .int(quality), "effort": .int(effort),
        "dither": .double(dither), "compression": .int(7), "strip": .bool(true),
      ]
    ).bytes()
  }
}
