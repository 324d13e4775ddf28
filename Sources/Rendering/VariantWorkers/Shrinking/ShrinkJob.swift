import AssetModel
import VariantPlanner

/// A picture that is to be made lighter in its own format and pixel size, under its own name.
package struct ShrinkJob: Codable, Hashable, Sendable {
  /// What is asked for.
  package struct Wish: Codable, Hashable, Sendable {
    /// The SSIMULACRA2 score that a lossy file has to meet, compared with the file itself.
    package var target: Double
    /// The same of graphics, whose letters and lines show more; nil for ``target``.
    package var targetOfGraphics: Double?
    /// Whether every pixel of a PNG is kept.
    package var keepsPNG: Bool
    /// The most pixels that the longer side may have; nil to keep the size.
    package var longestSide: Int?
    /// Whether a file goes on saying where its picture was taken.
    package var keepsPosition: Bool
    /// What has to be won, or the file stays.
    package var leastSaving: Saving
    /// The encoders' efforts by the formats' names; see ``EncodingSettings/effort``.
    package var efforts: [String: Int]

    package init(
      target: Double, targetOfGraphics: Double? = nil, keepsPNG: Bool = true, longestSide: Int? = nil,
      keepsPosition: Bool = false, leastSaving: Saving = Saving(), efforts: [String: Int] = [:]
    ) {
      self.target = target
      self.targetOfGraphics = targetOfGraphics
      self.keepsPNG = keepsPNG
      self.longestSide = longestSide
      self.keepsPosition = keepsPosition
      self.leastSaving = leastSaving
      self.efforts = efforts
    }

    /// The score that a file has to meet by what it shows.
    func target(of content: Source.Content) -> Double {
      content == .photograph ? target : targetOfGraphics ?? target
    }

    /// The score that any file has to meet.
    var leastTarget: Double { min(target, targetOfGraphics ?? target) }
  }

  /// What a new file has to save of the old one's bytes.
  package struct Saving: Codable, Hashable, Sendable {
    /// A part of the old file, 0 to 1.
    package var share: Double
    package var bytes: Int

    package init(share: Double = 0.05, bytes: Int = 2_000) {
      self.share = share
      self.bytes = bytes
    }

    /// The most bytes that a new file may have in the place of one of so many.
    package func most(insteadOf bytes: Int) -> Int {
      min(bytes - self.bytes, Int((Double(bytes) * (1 - share)).rounded(.down)))
    }
  }

  /// The picture. Its path leads to the file in the folder that is named here.
  package var source: Source
  /// Whether the file lies in the folder of originals, and not in the site.
  package var isOriginal: Bool
  package var wish: Wish

  package init(source: Source, isOriginal: Bool = false, wish: Wish) {
    self.source = source
    self.isOriginal = isOriginal
    self.wish = wish
  }

  /// The size of the new file as it is stored: before its orientation.
  var size: PixelSize {
    let size = PixelSize(source)
    guard let most = wish.longestSide, max(size.width, size.height) > most else { return size }
    let scale = Double(most) / Double(max(size.width, size.height))
    func scaled(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded())) }
    return PixelSize(width: scaled(size.width), height: scaled(size.height))
  }

  /// What the file is encoded with, but for its quality.
  var settings: EncodingSettings {
    let format = source.format
    let isLossless = format == .gif || format == .png && wish.keepsPNG
    return EncodingSettings(
      format: format, loss: isLossless ? .lossless : .lossy, effort: wish.efforts[format.rawValue],
      target: isLossless ? nil : wish.target)
  }

  /// What its work costs, roughly: some encodes with their scores.
  var cost: Double {
    let pixels = Double(source.width * source.height) / 1e6
    let encode = RenderCost.encode(width: source.width, height: source.height, settings)
    return RenderCost.decode(source) + 6 * (encode + pixels * 0.3)
  }

  /// The memory that it needs: its pixels, a smaller copy of them, and an encode with its score.
  func memory(_ needs: DecoderNeeds) -> Int {
    let bands = source.alpha ? 4 : 3
    let pixels = source.width * source.height * bands * (wish.longestSide == nil ? 2 : 3)
    let scored = MemoryCost.scored(
      width: source.width, height: source.height, hasAlpha: source.alpha, settings)
    return source.bytes * 3 + MemoryCost.decode(source, needs) + pixels + scored
  }
}
