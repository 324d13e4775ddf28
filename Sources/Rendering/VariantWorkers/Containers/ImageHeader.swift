import AssetModel
import Foundation

/// The pixels that an image file has by its header, read without a decoder: for a second look at files that were made.
package enum ImageHeader {
  /// As much of a file as holds the header of most. A JPEG may have more than that of profiles and notes before it.
  package static let usualLength = 65_536

  /// Width and height before any rotation; nil where the file is no image, or of a kind whose header is not read here (JPEG
  /// XL, TIFF, SVG).
  package static func size(of data: Data) -> (width: Int, height: Int)? {
    pixels(of: data).map { ($0.width, $0.height) }
  }

  static func pixels(of data: Data) -> PixelSize? {
    switch ContentSniffer.format(of: data) {
    case .avif, .heic: ImageContainer(data).map { PixelSize(width: $0.width, height: $0.height) }
    case .png: PNGHeader(data).map { PixelSize(width: $0.width, height: $0.height) }
    case .webp: WebPContainer.size(of: data)
    case .jpeg: jpegSize(of: data)
    case .gif: gifSize(of: data)
    // A JPEG XL header is packed by the bit, and only Safari shows the format.
    case .bmp, .ico, .jp2, .jxl, .svg, .tiff, nil: nil
    }
  }

  /// The size in a JPEG's frame header (ITU T.81, B.2.2).
  private static func jpegSize(of data: Data) -> PixelSize? {
    var offset = 2
    while let marker = data.bigEndian(at: offset, count: 2), marker >> 8 == 0xFF,
      let length = data.bigEndian(at: offset + 2, count: 2), length >= 2
    {
      let code = marker & 0xFF
      if (0xC0...0xCF).contains(code), ![0xC4, 0xC8, 0xCC].contains(code) {
        guard let height = data.bigEndian(at: offset + 5, count: 2),
          let width = data.bigEndian(at: offset + 7, count: 2)
        else { return nil }
        return PixelSize(width: width, height: height)
      }
      if code == 0xDA { return nil }
      offset += 2 + length
    }
    return nil
  }

  private static func gifSize(of data: Data) -> PixelSize? {
    guard let width = data.littleEndian(at: 6, count: 2), let height = data.littleEndian(at: 8, count: 2)
    else { return nil }
    return PixelSize(width: width, height: height)
  }
}
