import Foundation
import Perception
import Vips

/// Decodes Windows bitmaps with uncompressed pixels, which nearly all are.
///
/// libvips only reads bitmaps through ImageMagick, which is blocked for untrusted input, because it detects and opens
/// some two hundred further formats. These few lines read one format.
enum BitmapDecoder {
  /// The picture as eight-bit sRGB, with alpha where the file has a mask for it and any pixel uses it.
  ///
  /// - Throws: ``VipsError`` when the file ends too early, an index leaves the palette's room, or the pixels are of a
  ///   kind that is not read.
  static func image(_ data: Data, file: String) throws(VipsError) -> Image {
    guard let header = BitmapHeader(data), header.isPlain else {
      throw VipsError(operation: "bitmap", file: file, message: "no bitmap with plainly stored pixels")
    }
    let bands = header.masks.count > 3 && header.masks[3] != 0 ? 4 : 3
    // Rows are padded to four bytes.
    let stride = (header.width * header.depth + 31) / 32 * 4
    let (needed, overflow) = stride.multipliedReportingOverflow(by: header.height)
    guard !overflow, header.pixels >= 0, needed <= data.count - header.pixels else {
      throw VipsError(operation: "bitmap", file: file, message: "the file ends before its last row")
    }
    let reader = BitmapRow(
      depth: header.depth, palette: palette(data, header), bands: bands, masks: header.masks)
    var pixels = [UInt8](repeating: 0, count: header.width * header.height * bands)
    data.withUnsafeBytes { bytes in
      pixels.withUnsafeMutableBufferPointer { out in
        for y in 0..<header.height {
          let row = header.isTopDown ? y : header.height - 1 - y
          let start = header.pixels + row * stride
          let source = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + stride)])
          let target = UnsafeMutableBufferPointer(
            rebasing: out[(y * header.width * bands)..<((y + 1) * header.width * bands)])
          reader.read(source, width: header.width, into: target)
        }
      }
    }
    let image = try Image.fromPixels(
      pixels, width: header.width, height: header.height, bands: bands, file: file)
    // Many writers leave the alpha byte of an opaque picture at zero, and browsers then take it for opaque.
    guard bands == 4, try image.bands(from: 3, count: 1).maximum() == 0 else { return image }
    return try image.bands(from: 0, count: 3)
  }

  /// The palette as red, green and blue; black where the file holds fewer entries than it says, as in browsers.
  private static func palette(_ data: Data, _ header: BitmapHeader) -> [UInt8] {
    guard header.depth <= 8 else { return [] }
    var palette = [UInt8](repeating: 0, count: 3 * 256)
    for index in 0..<min(256, header.palette.count) {
      let entry = header.palette.offset + index * header.palette.entry
      guard let color = data.littleEndian(at: entry, count: 3) else { break }
      for band in 0..<3 { palette[3 * index + band] = UInt8(truncatingIfNeeded: color >> (16 - 8 * band)) }
    }
    return palette
  }
}
