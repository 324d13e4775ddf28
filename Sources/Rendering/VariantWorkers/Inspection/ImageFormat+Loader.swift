import AssetModel
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

extension ImageFormat {
  /// Whether the libvips that is loaded decodes such files, or this program does itself. It starts libvips.
  package var isReadable: Bool {
    switch self {
    case .avif: Loader.heif.isAvailable && HEIFCodec.av1.isDecoded
    case .heic: Loader.heif.isAvailable && HEIFCodec.hevc.isDecoded
    default: loader?.isAvailable ?? (self == .bmp)
    }
  }

  /// Whether the libvips that is loaded encodes such files. It starts libvips.
  package var isWritable: Bool {
    switch self {
    case .avif: Saver.avif.isAvailable
    case .jpeg: Saver.jpeg.isAvailable
    case .jxl: Saver.jxl.isAvailable
    case .png: Saver.png.isAvailable
    case .webp: Saver.webp.isAvailable
    case .bmp, .gif, .heic, .ico, .jp2, .svg, .tiff: false
    }
  }
}
