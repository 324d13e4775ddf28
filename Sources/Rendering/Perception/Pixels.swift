/// A picture in memory: rows from the top without padding, the bands of a pixel next to each other, eight bits each, in
/// sRGB.
struct Pixels {
  let bytes: UnsafeRawBufferPointer
  let width: Int
  let height: Int
  /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.
  let bands: Int

  /// - Throws: ``Ssimulacra2/Failure/shape(bytes:width:height:bands:)`` when the bytes are not that picture.
  init(
    _ bytes: UnsafeRawBufferPointer,
    width: Int,
    height: Int,
    bands: Int
  ) throws(Ssimulacra2.Failure) {
    let pixels = width.multipliedReportingOverflow(by: height)
    let count = pixels.partialValue.multipliedReportingOverflow(by: bands)
    guard width > 0, height > 0, (1...4).contains(bands), !pixels.overflow, !count.overflow,
      bytes.count == count.partialValue
    else { throw .shape(bytes: bytes.count, width: width, height: height, bands: bands) }
    self.bytes = bytes
    self.width = width
    self.height = height
    self.bands = bands
  }

  private init(unchecked bytes: UnsafeRawBufferPointer, width: Int, height: Int, bands: Int) {
    self.bytes = bytes
    self.width = width
    self.height = height
    self.bands = bands
  }

  /// Whether any pixel lets a background through.
  var isTransparent: Bool {
    guard bands == 2 || bands == 4 else { return false }
    return stride(from: bands - 1, to: bytes.count, by: bands).contains { bytes[$0] != 255 }
  }

  /// Calls `body` with the picture, continued to the right and below by its mirror image (a b c | c b a | a b …)
  /// where a side is shorter than `minimum`.
  func mirrored<Result>(toAtLeast minimum: Int, _ body: (Pixels) -> Result) -> Result {
    guard width < minimum || height < minimum else { return body(self) }
    let (wide, high) = (max(width, minimum), max(height, minimum))
    var copy: [UInt8] = []
    copy.reserveCapacity(wide * high * bands)
    for y in 0..<high {
      let row = mirror(y, in: height) * width
      for x in 0..<wide {
        let pixel = (row + mirror(x, in: width)) * bands
        copy.append(contentsOf: bytes[pixel..<pixel + bands])
      }
    }
    return copy.withUnsafeBytes { body(Pixels(unchecked: $0, width: wide, height: high, bands: bands)) }
  }
}

/// The position inside 0..<count that corresponds to a position outside when the picture is mirrored repeatedly at its
/// edges.
@inline(__always)
func mirror(_ index: Int, in count: Int) -> Int {
  if index >= 0, index < count { return index }
  let period = 2 * count
  let position = ((index % period) + period) % period
  return position < count ? position : period - 1 - position
}
