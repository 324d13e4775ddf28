import Foundation
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
    let palette = palette(data, header)
    var pixels = [UInt8](repeating: 0, count: header.width * header.height * bands)
    data.withUnsafeBytes { bytes in
      pixels.withUnsafeMutableBufferPointer { out in
        for y in 0..<header.height {
          let row = header.isTopDown ? y : header.height - 1 - y
          let start = header.pixels + row * stride
          let source = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + stride)])
          let target = UnsafeMutableBufferPointer(
            rebasing: out[(y * header.width * bands)..<((y + 1) * header.width * bands)])
          read(source, header, palette, bands, into: target)
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

  private static func read(
    _ row: UnsafeRawBufferPointer, _ header: BitmapHeader, _ palette: [UInt8], _ bands: Int,
    into out: UnsafeMutableBufferPointer<UInt8>
  ) {
    switch header.depth {
    case 1, 4, 8:
      let perByte = 8 / header.depth
      let mask = UInt8(truncatingIfNeeded: (1 << header.depth) - 1)
      for x in 0..<header.width {
        let shift = 8 - header.depth * (x % perByte + 1)
        let index = Int(row[x / perByte] >> UInt8(shift) & mask)
        for band in 0..<3 { out[3 * x + band] = palette[3 * index + band] }
      }
    case 24:
      for x in 0..<header.width { for band in 0..<3 { out[3 * x + band] = row[3 * x + 2 - band] } }
    default:
      let size = header.depth / 8
      let channels = header.masks.prefix(bands).map(Channel.init)
      for x in 0..<header.width {
        var pixel: UInt32 = 0
        for byte in 0..<size { pixel |= UInt32(row[size * x + byte]) << UInt32(8 * byte) }
        for (band, channel) in channels.enumerated() { out[bands * x + band] = channel.value(of: pixel) }
      }
    }
  }

  /// The bits of a pixel that are one color.
  private struct Channel {
    let mask: UInt32
    let shift: UInt32
    let most: UInt32

    init(_ mask: UInt32) {
      self.mask = mask
      shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
      most = mask >> shift
    }

    /// The color, 0 to 255.
    func value(of pixel: UInt32) -> UInt8 {
      guard most > 0 else { return 0 }
      let value = UInt64((pixel & mask) >> shift)
      return UInt8(truncatingIfNeeded: (value * 255 + UInt64(most) / 2) / UInt64(most))
    }
  }
}
