import Manifest
import Vips

extension ImageFormat {
  /// The loader that decodes the format; nil for formats that are never decoded, only passed through: SVG, whose
  /// renderer can be crashed by a file, and those that libvips reads through ImageMagick or a decoder that it calls
  /// unfit for hostile input.
  package var loader: Loader? {
    switch self {
    case .avif, .heic: .heif
    case .gif: .gif
    case .jpeg: .jpeg
    case .jxl: .jxl
    case .png: .png
    case .tiff: .tiff
    case .webp: .webp
    case .bmp, .ico, .jp2, .svg: nil
    }
  }
}
