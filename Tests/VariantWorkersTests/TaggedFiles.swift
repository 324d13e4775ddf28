import Foundation

@testable import Vips

extension Image {
  /// A JPEG of the image with an EXIF orientation, as a camera writes it.
  func jpeg(orientation: Int) throws -> Data {
    let tagged = try carrying(orientation, as: "orientation")
    return try tagged.operation(
      "jpegsave_buffer",
      ["in": .image(tagged), "Q": .int(95), "subsample-mode": .text("off")]
    ).bytes()
  }

  /// A PNG with the metadata that the image carries, an ICC profile among it.
  func pngWithMetadata() throws -> Data {
    try operation("pngsave_buffer", ["in": .image(self)]).bytes()
  }

  /// The image in another space through an ICC profile that libvips brings (`p3`, `cmyk`), which it then carries.
  func inSpace(_ profile: String, depth: Int = 8) throws -> Image {
    try operation(
      "icc_transform",
      [
        "in": .image(self), "output-profile": .text(profile), "depth": .int(depth),
        "black-point-compensation": .bool(true),
      ]
    ).image()
  }

  /// The image with sixteen bits a band, each value times 257.
  func sixteenBit() throws -> Image {
    let wide = try operation(
      "linear",
      ["in": .image(self), "a": .doubles([257]), "b": .doubles([0])]
    ).image()
    let cast = try wide.operation("cast", ["in": .image(wide), "format": .text("ushort")]).image()
    return try cast.operation(
      "copy",
      ["in": .image(cast), "interpretation": .text(bands < 3 ? "grey16" : "rgb16")]
    ).image()
  }

  /// A JPEG of the image, CMYK where it is, with its profile.
  func jpegWithMetadata() throws -> Data {
    try operation("jpegsave_buffer", ["in": .image(self), "Q": .int(95)]).bytes()
  }
}

extension Data {
  /// A JPEG without the segments of a marker, such as a profile's (0xE2).
  func withoutSegments(_ marker: UInt8) -> Data {
    let bytes = [UInt8](self)
    var result = Data(bytes.prefix(2))
    var position = 2
    // Up to the start of the scan, everything is a marker and the length of what follows.
    while position + 4 <= bytes.count, bytes[position] == 0xFF, bytes[position + 1] != 0xDA {
      let length = 2 + Int(bytes[position + 2]) << 8 + Int(bytes[position + 3])
      let end = Swift.min(bytes.count, position + length)
      if bytes[position + 1] != marker { result += bytes[position..<end] }
      position = end
    }
    return result + bytes[position...]
  }

  /// A JPEG with one more segment after its start.
  func withSegment(_ marker: UInt8, _ content: Data) -> Data {
    let length = content.count + 2
    return prefix(2) + Data([0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)]) + content + dropFirst(2)
  }
}
