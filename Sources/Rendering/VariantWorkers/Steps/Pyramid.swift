import AssetModel
import Vips

/// A source's pixels at its own size and at halves of it, from which every rendition is rendered: the smaller ones from
/// smaller levels, so a whole ladder costs little more than its widest rung.
///
/// Which level a rendition uses, and how a level is computed, depends on the source and the rendition alone. So a
/// variant has the same bytes whether it is rendered alone, with others, or by a run that continues after one that was
/// killed.
///
/// Levels have the source's own orientation. A class because levels are computed on first use; used by one worker at a
/// time.
final class Pyramid {
  /// The source's size as stored.
  let size: PixelSize
  /// Whether any pixel is not opaque.
  let alpha: Bool
  /// What was wrong with the ICC profile, once a level has been converted.
  private(set) var brokenProfile: String?

  private let space: EncodingSettings.Color
  private let storage: Image.Storage
  private var raw: [Int: Image] = [:]
  private var converted: [Int: Image] = [:]

  /// Decodes a source.
  ///
  /// - Parameters:
  ///   - levels: every level that will be requested.
  ///   - space: the space of the levels' colors.
  ///   - storage: where the pixels of levels are stored.
  init(
    _ step: DecodeStep, levels: Set<Int>, failOn: FailOn, space: EncodingSettings.Color = .srgb,
    storage: Image.Storage = .memory
  ) throws(VipsError) {
    self.space = space
    self.storage = storage
    size = PixelSize(step.source)
    let colorLevel = Self.colorLevel(in: size)
    var alpha = false
    // A scaled decode and a full one are wanted together only where a rendition is wider than the default ladder.
    let split = step.shrinkLevels
    for group in [levels.filter { $0 < split }, levels.filter { $0 >= split }] {
      guard let finest = group.map({ min($0, colorLevel) }).min() else { continue }
      let wanted = LevelRequest(
        file: step, size: size, finest: finest, failOn: failOn, isConverted: finest == colorLevel,
        space: space,
        storage: storage)
      let (decoded, hasAlpha) = try RenderSteps.level.run(wanted)
      alpha = hasAlpha
      brokenProfile = brokenProfile ?? decoded.brokenProfile
      if decoded.isRaw { raw[finest] = decoded.image } else { converted[finest] = decoded.image }
    }
    self.alpha = alpha
  }

  /// The level for a rendition of a size: the smallest that is at least `margin` times as large in both directions, or
  /// the source itself.
  static func level(for target: PixelSize, in source: PixelSize) -> Int {
    let needed = PixelSize(
      width: Int((Double(target.width) * margin).rounded(.up)),
      height: Int((Double(target.height) * margin).rounded(.up))
    )
    var level = 0
    while source.halved(level + 1).holds(needed), source.halved(level + 1) != source.halved(level) {
      level += 1
    }
    return level
  }

  /// The level that the content class is read from: the finest that is not wider than 1280 pixels.
  static func contentLevel(in source: PixelSize) -> Int {
    var level = 0
    while source.halved(level).width > 1280 { level += 1 }
    return level
  }

  /// At 1.5 the renditions of 14 photographs and screenshots score 94 to 100 (SSIMULACRA2, mean by width) against one
  /// Lanczos resize from the source; chaining each rung from the next larger one scores 93 to 98, 1.25 scores 93 to 99.
  private static let margin = 1.5

  /// A level in eight-bit sRGB or gray, or in Display P3, in memory.
  ///
  /// - Parameters:
  ///   - level: one of those that were announced.
  func level(_ level: Int) throws(VipsError) -> Image {
    if let image = converted[level] { return image }
    let image: Image
    if level <= Self.colorLevel(in: size), let pixels = try rawLevel(level) {
      let (pixels, broken) = try ColorStep.convert(pixels, to: space)
      brokenProfile = brokenProfile ?? broken
      image = try pixels.withoutMetadata(keepingProfile: space == .p3).materialized(in: storage)
    } else if level > 0 {
      image = try ResizeStep.resize(self.level(level - 1), to: size.halved(level)).materialized(in: storage)
    } else {
      throw VipsError(operation: "resize", file: "", message: "level \(level) was not announced")
    }
    converted[level] = image
    return image
  }

  /// Coarser levels are computed from this one after its colors have been converted; finer ones are converted
  /// separately. So no more pixels are converted than necessary, and the result still depends only on the source.
  static func colorLevel(in size: PixelSize) -> Int {
    var level = 0
    while size.halved(level + 1).width >= 1920 { level += 1 }
    return level
  }

  /// A level before the color step; nil where the source needs none.
  private func rawLevel(_ level: Int) throws(VipsError) -> Image? {
    if let image = raw[level] { return image }
    guard level > 0, let finer = try rawLevel(level - 1) else { return nil }
    let image = try ResizeStep.resize(finer, to: size.halved(level)).materialized(in: storage)
    raw[level] = image
    return image
  }
}
