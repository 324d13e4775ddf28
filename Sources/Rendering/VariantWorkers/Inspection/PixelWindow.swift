/// A part of an image, in pixels from its top left corner.
struct PixelWindow: Hashable, Sendable {
  var left: Int
  var top: Int
  var size: PixelSize

  /// The same part of the image as stored, where this one is a part of the upright image.
  ///
  /// - Parameters:
  ///   - orientation: EXIF's, 1 to 8 (EXIF 2.32, 4.6.4.A, tag 274).
  ///   - upright: the size of the upright image.
  func stored(_ orientation: Int, in upright: PixelSize) -> PixelWindow {
    let right = upright.width - left - size.width
    let bottom = upright.height - top - size.height
    let (x, y) =
      switch orientation {
      case 2: (right, top)
      case 3: (right, bottom)
      case 4: (left, bottom)
      case 5: (top, left)
      case 6: (top, right)
      case 7: (bottom, right)
      case 8: (bottom, left)
      default: (left, top)
      }
    return PixelWindow(left: x, top: y, size: size.turned(by: orientation))
  }

  /// The same part of the image at another scale, to the nearest pixel: never empty, and never beyond the edges.
  func scaled(from image: PixelSize, to other: PixelSize) -> PixelWindow {
    guard image != other else { return self }
    let (left, width) = Self.scaled(left, size.width, from: image.width, to: other.width)
    let (top, height) = Self.scaled(top, size.height, from: image.height, to: other.height)
    return PixelWindow(left: left, top: top, size: PixelSize(width: width, height: height))
  }

  private static func scaled(_ start: Int, _ length: Int, from: Int, to: Int) -> (start: Int, length: Int) {
    let scale = Double(to) / Double(from)
    let length = min(to, max(1, Int((Double(length) * scale).rounded())))
    return (min(to - length, Int((Double(start) * scale).rounded())), length)
  }
}

extension PixelSize {
  /// The window of this size whose middle is as near as the image's edges allow to a point: from the left
  /// `min(max(0, round(x · W - w / 2)), W - w)`, and likewise from the top, where `W` is the image's width and `w` this
  /// one.
  ///
  /// - Parameters:
  ///   - point: in shares of the image's width and height.
  ///   - image: the size of the image, at least this one.
  func window(around point: (x: Double, y: Double), in image: PixelSize) -> PixelWindow {
    PixelWindow(
      left: Self.start(point.x * Double(image.width) - Double(width) / 2, image.width - width),
      top: Self.start(point.y * Double(image.height) - Double(height) / 2, image.height - height), size: self)
  }

  /// The window of this size that begins where another begins in the image at another scale.
  func window(left: Int, top: Int, scaled other: PixelSize, in image: PixelSize) -> PixelWindow {
    let x = Double(left) * Double(image.width) / Double(other.width)
    let y = Double(top) * Double(image.height) / Double(other.height)
    return PixelWindow(
      left: Self.start(x, image.width - width), top: Self.start(y, image.height - height), size: self)
  }

  private static func start(_ exact: Double, _ last: Int) -> Int { min(max(0, Int(exact.rounded())), last) }
}
