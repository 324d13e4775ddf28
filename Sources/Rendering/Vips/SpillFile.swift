import CVips
import Foundation

/// Pixels in a file of the process's temporary folder, which for a worker is its scratch folder, for pictures that are larger than the memory that may be used.
///
/// The file has no name any more once it is open, so the system removes it when the program ends, even by a crash.
package final class SpillFile {
  private let descriptor: Int32
  private let file: String

  /// - Parameter file: the name that errors carry.
  /// - Throws: ``VipsError`` when no file can be created.
  package init(file: String) throws(VipsError) {
    self.file = file
    var name = Array((NSTemporaryDirectory() + "/optimize-assets-XXXXXX").utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw VipsError(
        operation: "spill", file: file,
        message: "no temporary file can be made in \(NSTemporaryDirectory()): \(reason)")
    }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Adds bytes.
  ///
  /// - Throws: ``VipsError`` when the disk is full.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(VipsError) {
    guard Self.write(bytes, to: descriptor) else {
      let reason = String(cString: strerror(errno))
      throw VipsError(
        operation: "spill", file: file,
        message: "no room for temporary pixels in \(NSTemporaryDirectory()): \(reason)")
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let put = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { return false }
      rest = rest.dropFirst(put)
    }
    return true
  }

  /// Computes an image and adds its pixels, row by row.
  fileprivate func append(_ image: Image) throws(VipsError) {
    // libvips calls this from one thread at a time, rows in order.
    let target = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    target.initialize(to: descriptor)
    defer { target.deallocate() }
    let failed = vips_sink_disc(
      image.pointer,
      { region, area, target in
        guard let region, let area, let target, let data = region.pointee.data else { return -1 }
        let row = Int(area.pointee.width) * bytesOfPixel(region.pointee.im)
        for y in area.pointee.top..<(area.pointee.top + area.pointee.height) {
          let start = data + Int(y - region.pointee.valid.top) * Int(region.pointee.bpl)
          let bytes = UnsafeRawBufferPointer(start: start, count: row)
          guard SpillFile.write(bytes, to: target.load(as: Int32.self)) else { return -1 }
        }
        return 0
      }, target)
    guard failed == 0 else { throw .last("spill", file: file) }
  }

  /// The bytes as an image with another's description. It keeps the file, and maps a few rows of it at a time.
  ///
  /// - Throws: ``VipsError``
  package func image(
    width: Int, height: Int, bands: Int, like model: Image
  ) throws(VipsError) -> Image {
    let size = Int(vips_format_sizeof(vips_image_get_format(model.pointer)))
    // A second descriptor of the same file, which has no name.
    #if os(Linux)
    let path = "/proc/self/fd/\(descriptor)"
    #else
    let path = "/dev/fd/\(descriptor)"
    #endif
    guard
      let vipsImage = vips_image_new_from_file_raw(path, Int32(width), Int32(height), Int32(bands * size), 0)
    else { throw .last("spill", file: file) }
    return try Image(owning: vipsImage, file: file).described(as: model, bands: bands)
  }
}

/// The bytes of one pixel.
private func bytesOfPixel(_ image: UnsafeMutablePointer<VipsImage>?) -> Int {
  guard let image else { return 0 }
  return Int(vips_image_get_bands(image)) * Int(vips_format_sizeof(vips_image_get_format(image)))
}

/// Whether an image's pixels are in memory: computing them does not move them there.
private func isInMemory(_ image: UnsafeMutablePointer<VipsImage>) -> Bool {
  let kind = image.pointee.dtype
  return kind == VIPS_IMAGE_SETBUF || kind == VIPS_IMAGE_SETBUF_FOREIGN
}

extension Image {
  /// Where pixels are stored that are needed more than once.
  package enum Storage: Hashable, Sendable {
    case memory
    /// Pictures of more bytes than this go to a ``SpillFile``, the others stay in memory.
    case disc(above: Int)
  }

  /// Computes every pixel now, into memory or, where it is large, into a temporary file. Either way any number of
  /// threads can read them any number of times, and they are the same.
  ///
  /// - Throws: ``VipsError``
  package func materialized(in storage: Storage) throws(VipsError) -> Image {
    guard case .disc(let most) = storage, pixelBytes > most else { return try inMemory() }
    let spill = try SpillFile(file: file)
    try spill.append(self)
    return try spill.image(width: width, height: height, bands: bands, like: self)
  }

  /// The bytes of all pixels.
  package var pixelBytes: Int { width * height * bytesOfPixel(pointer) }

  /// The bytes of memory that the pixels take: none where they are in a file.
  package var residentBytes: Int { isInMemory(pointer) ? pixelBytes : 0 }

  /// Bytes of raw pixels as numbers with another image's format, interpretation and profile.
  fileprivate func described(as model: Image, bands: Int) throws(VipsError) -> Image {
    let format = vips_image_get_format(model.pointer)
    let interpretation = vips_image_get_interpretation(model.pointer)
    guard let name = vips_enum_nick(vips_band_format_get_type(), Int32(format.rawValue)),
      let space = vips_enum_nick(vips_interpretation_get_type(), Int32(interpretation.rawValue))
    else { throw VipsError(operation: "spill", file: file, message: "pixels of an unknown kind") }
    let copy = try operation(
      "copy",
      [
        "in": .image(self), "format": .text(String(cString: name)), "bands": .int(bands),
        "interpretation": .text(String(cString: space)),
      ]
    ).image()
    guard let profile = model.bytes("icc-profile-data") else { return copy }
    return try copy.carrying(texts: [:], blobs: ["icc-profile-data": profile])
  }
}
