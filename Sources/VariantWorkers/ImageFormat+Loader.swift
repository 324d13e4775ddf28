import Manifest
import Vips

extension ImageFormat {
  /// Whether files of the format are decoded at all. SVG, whose renderer can be crashed by a file, and icons, which
  /// hold several images, are passed through.
  package var isDecoded: Bool { loader != nil || self == .bmp }

  /// The loader of libvips that decodes the format; nil for formats that are passed through, and for bitmaps, which
  /// libvips reads through ImageMagick alone: ``BitmapDecoder`` does.
  package var loader: Loader? {
    switch self {
    case .avif, .heic: .heif
    case .gif: .gif
    case .jp2: .jp2
    case .jpeg: .jpeg
    case .jxl: .jxl
    case .png: .png
    case .tiff: .tiff
    case .webp: .webp
    case .bmp, .ico, .svg: nil
    }
  }
}
