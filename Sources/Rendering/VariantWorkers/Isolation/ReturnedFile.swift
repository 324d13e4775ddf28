import AssetModel
import Foundation

/// A file that a worker has written. The worker may be under an attacker's control, so the file is checked before it is
/// used.
enum ReturnedFile {
  /// The longest file that is taken.
  private static let most = 512 << 20

  /// Its name in the scratch folder.
  static func name(task: Int, position: Int) -> String { "\(task)-\(position)" }

  /// Reads a file and empties it, which gives its space back. Its name goes with the folder: where files are removed and
  /// made in turn, ext4 looks through all that were removed a moment ago for each one that is made, which came to 2 % of a
  /// run.
  ///
  /// - Returns: nil where it is no file, or not what was ordered.
  static func take(_ path: String, _ planned: PlannedEncode, _ file: RenderRecord.File) -> Data? {
    let size = PixelSize(width: planned.rendition.width, height: planned.rendition.height)
    return take(path, planned.settings.format, size, file)
  }

  /// The same of a file that is to be of a format and size.
  static func take(_ path: String, _ format: ImageFormat, _ size: PixelSize, _ file: RenderRecord.File)
    -> Data?
  {
    guard file.settings.format == format, let data = read(path), data.count == file.bytes,
      ContentDigest.sha256(data) == file.sha256, isSound(data, format, size.width, size.height)
    else { return nil }
    return data
  }

  /// No link is followed: it could lead to any file.
  private static func read(_ path: String) -> Data? {
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var info = stat()
    // A file of two names may be another's, which is not to be emptied.
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
      info.st_size <= most
    else { return nil }
    defer { ftruncate(descriptor, 0) }
    var data = Data(count: Int(info.st_size))
    var done = 0
    while done < data.count {
      let rest = data.count - done
      let got = data.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { Foundation.read(descriptor, $0 + done, rest) } ?? 0
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      done += got
    }
    return data
  }

  /// Whether a file is of a format, and has so many pixels by its header.
  static func isSound(_ data: Data, _ format: ImageFormat, _ width: Int, _ height: Int) -> Bool {
    guard ContentSniffer.format(of: data) == format else { return false }
    switch format {
    case .avif, .png, .webp, .jpeg:
      return ImageHeader.pixels(of: data) == PixelSize(width: width, height: height)
    // The header is packed by the bit, and only Safari shows the format.
    case .jxl: return true
    case .gif:
      guard let file = GIFStructure(data), file.isWhole else { return false }
      return PixelSize(width: file.width, height: file.height) == PixelSize(width: width, height: height)
    case .bmp, .heic, .ico, .jp2, .svg, .tiff: return false
    }
  }
}

extension WebPContainer {
  /// Width and height by the first chunk's header: the extended one, VP8L's or VP8's (RFC 9649, 2.4 to 2.7; RFC 6386, 9.1).
  static func size(of data: Data) -> PixelSize? {
    switch data.ascii(at: 12, count: 4) {
    case "VP8X":
      guard let width = data.littleEndian(at: 24, count: 3), let height = data.littleEndian(at: 27, count: 3)
      else { return nil }
      return PixelSize(width: width + 1, height: height + 1)
    case "VP8L":
      guard data.matches([0x2F], at: 20), let bits = data.littleEndian(at: 21, count: 4) else { return nil }
      return PixelSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
    case "VP8 ":
      guard data.matches([0x9D, 0x01, 0x2A], at: 23), let width = data.littleEndian(at: 26, count: 2),
        let height = data.littleEndian(at: 28, count: 2)
      else { return nil }
      return PixelSize(width: width & 0x3FFF, height: height & 0x3FFF)
    default: return nil
    }
  }
}
