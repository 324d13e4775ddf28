import AssetModel

@testable import VariantWorkers

/// Builds of libvips differ in what they read: the one that packages bring has no HEIC, JPEG 2000 and JPEG XL.
enum Readability {
  /// Whether the libvips of this run reads a picture of that name. Where it does not, a line says so.
  static func reads(_ file: String) -> Bool {
    guard let format = ImageFormat(fileName: file), format.isDecoded, !format.isReadable else { return true }
    print("skipped: \(file), since this libvips does not read \(format.title)")
    return false
  }
}
