/// A width and a height in pixels.
struct PixelSize: Hashable, Sendable {
  var width: Int
  var height: Int

  var pixels: Int { width * height }

  /// Width and height exchanged, as the four EXIF orientations from 5 on do.
  func turned(by orientation: Int) -> PixelSize {
    orientation < 5 ? self : PixelSize(width: height, height: width)
  }

  /// Half, `times` over, rounded up each time.
  func halved(_ times: Int) -> PixelSize {
    guard times > 0 else { return self }
    return PixelSize(width: (width + 1) / 2, height: (height + 1) / 2).halved(times - 1)
  }

  /// Whether the other fits inside.
  func holds(_ other: PixelSize) -> Bool { width >= other.width && height >= other.height }

  /// The size in the shape of this one that just covers the other.
  func scaledToCover(_ other: PixelSize) -> PixelSize {
    let scale = max(Double(other.width) / Double(width), Double(other.height) / Double(height))
    return PixelSize(
      width: max(other.width, Int((Double(width) * scale).rounded())),
      height: max(other.height, Int((Double(height) * scale).rounded()))
    )
  }
}
