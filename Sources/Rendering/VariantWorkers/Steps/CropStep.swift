import AssetModel
import Vips

/// The crop step: which part of the upright image a crop keeps. It is computed once for a source and a crop, so that
/// every width shows the same part.
enum CropStep {
  static let step = RenderStep("crop") { (picture: PictureInWork) throws(VipsError) in
    guard let window = picture.window else { return picture }
    var picture = picture
    let source = picture.source
    let size = PixelSize(width: source.width, height: source.height)
    picture.image = try cut(picture.image, window, of: size, orientation: source.orientation)
    return picture
  }

  /// The retained part, in pixels of the upright source.
  ///
  /// - Parameters:
  ///   - size: the upright source's size.
  ///   - look: returns the upright image at a size that is sufficient to judge its content.
  static func window(
    for crop: Crop, in size: PixelSize, look: () throws(VipsError) -> Image
  ) throws(VipsError) -> PixelWindow {
    let area = crop.area(of: (size.width, size.height))
    let target = PixelSize(width: area.width, height: area.height)
    switch crop.gravity {
    case .center: return target.window(around: (0.5, 0.5), in: size)
    case .focus(let x, let y): return target.window(around: (x, y), in: size)
    case .attention: return try smart("attention", target, in: size, look)
    case .entropy: return try smart("entropy", target, in: size, look)
    }
  }

  private static func smart(
    _ interesting: String, _ target: PixelSize, in size: PixelSize, _ look: () throws(VipsError) -> Image
  ) throws(VipsError) -> PixelWindow {
    guard target != size else { return PixelWindow(left: 0, top: 0, size: size) }
    let image = try look()
    let levelSize = PixelSize(width: image.width, height: image.height)
    let part = PixelWindow(left: 0, top: 0, size: target).scaled(from: size, to: levelSize).size
    let corner = try image.smartCrop(width: part.width, height: part.height, interesting: interesting)
    return target.window(left: corner.left, top: corner.top, scaled: levelSize, in: size)
  }

  /// The part of a level that a window covers.
  ///
  /// - Parameters:
  ///   - level: the source at some scale, in its stored orientation.
  ///   - window: in pixels of the upright source, whose size is `size`.
  static func cut(
    _ level: Image, _ window: PixelWindow, of size: PixelSize, orientation: Int
  ) throws(VipsError) -> Image {
    let stored = size.turned(by: orientation)
    let levelSize = PixelSize(width: level.width, height: level.height)
    let part = window.stored(orientation, in: size).scaled(from: stored, to: levelSize)
    guard part.size != levelSize else { return level }
    return try level.cropped(
      left: part.left, top: part.top, width: part.size.width, height: part.size.height)
  }
}
