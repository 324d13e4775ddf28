import AssetModel
import Foundation
import Vips

/// Encodes at the lowest quality that meets a score.
struct PerceptualEncode {
  let step: EncodeStep
  let settings: EncodingSettings
  let target: Double

  /// A file and its score.
  struct Scored: Sendable {
    var encoded: EncodeStep.Encoded
    var score: Double

    init(_ encoded: EncodeStep.Encoded, score: Double) {
      self.encoded = encoded
      self.encoded.score = score
      self.score = score
    }
  }

  /// A score farther below or above the target makes an encode be repeated at a better quality.
  static let acceptable = -1.8...2.5
  /// How often that is done at most: small rungs cost little, and a large one is rarely far off. One that is costs its readers
  /// more than the encode.
  private static func mostEncodes(_ image: Image, missing: Double) -> Int {
    image.width * image.height <= mostPixels || !nearby.contains(missing) ? 4 : 2
  }
  /// A score farther from the target is far off.
  private static let nearby = -4.0...5.0
  /// The search looks at a copy of at most so many pixels: which is enough to see the effect of a quality.
  static let mostPixels = 700_000

  private var model: QualityModel {
    QualityModel(format: settings.format, content: step.content, target: target)
  }

  private func at(_ quality: Int) -> EncodingSettings {
    var settings = settings
    settings.quality = quality
    settings.loss = .lossy
    return settings
  }

  // MARK: The search

  /// The result of the search, and its best file if the search ran at the rung's own size and came near the target.
  ///
  /// - Parameters:
  ///   - image: the middle rung's pixels.
  func search(_ image: Image) throws(VipsError) -> (quality: RenderRecord.Quality, file: Scored?) {
    let copy = try shrunk(image)
    let judge = try ScoreStep(copy, for: settings.format)
    let search = QualitySearch(target: target, start: model.start, slope: model.slope, range: model.range)
    var probes: [QualitySearch.Probe] = []
    var best: Scored?
    while let quality = search.next(after: probes) {
      let file = try scored(copy, quality, judge)
      probes.append(.init(quality: quality, score: file.score))
      if isBetter(file, than: best) { best = file }
    }
    let result = search.result(of: probes)
    var quality = RenderRecord.Quality(
      quality: result.isMet ? result.quality : nil,
      slope: search.slope(of: probes)
    )
    if settings.loss == .smallest, let best {
      let lossless = try step.encode(copy, losslessSettings)
      quality.losslessRatio = Double(lossless.data.count) / Double(max(1, best.encoded.data.count))
      // Lossy files that miss the target are never used, and another search would not help.
      if !result.isMet { quality.losslessRatio = 0 }
    } else if !result.isMet {
      quality.quality = Double(model.range.upperBound)
    }
    // A file far above the target was but a step on the way.
    let isFound = best.map { !result.isMet || Self.acceptable.contains($0.score - target) } ?? false
    return (quality, copy.width == image.width && isFound ? best : nil)
  }

  private func isBetter(_ file: Scored, than other: Scored?) -> Bool {
    guard let other else { return true }
    switch (file.score >= target, other.score >= target) {
    case (true, true): return file.encoded.data.count < other.encoded.data.count
    case (let a, let b) where a != b: return a
    default: return file.score > other.score
    }
  }

  private func shrunk(_ image: Image) throws(VipsError) -> Image {
    let pixels = image.width * image.height
    guard pixels > Self.mostPixels * 3 / 2 else { return image }
    let scale = (Double(Self.mostPixels) / Double(pixels)).squareRoot()
    let size = PixelSize(
      width: max(1, Int(Double(image.width) * scale)),
      height: max(1, Int(Double(image.height) * scale))
    )
    return try ResizeStep.resize(image, to: size).inMemory()
  }

  // MARK: A rung

  /// A rung's file, from the result of the search on another rung.
  ///
  /// - Parameters:
  ///   - image: the rung's pixels.
  ///   - middle: the width that the search used.
  ///   - file: the rung's file, if the search encoded one.
  func encode(
    _ image: Image, _ searched: RenderRecord.Quality, middle: Int, file: Scored?
  ) throws(VipsError) -> Scored {
    // A file twice as large at the middle rung as the other way is not the smaller one at another rung.
    let ratio = searched.losslessRatio ?? .infinity
    let lossless = ratio < 2 ? Scored(try step.encode(image, losslessSettings), score: 100) : nil
    guard let quality = searched.quality, ratio >= 0.5 || lossless == nil else {
      if let lossless { return lossless }
      return try lossy(image, Double(model.range.upperBound), searched.slope)
    }
    let lossy: Scored
    if let file, image.width == middle {
      lossy = file
    } else {
      let doublings = log2(Double(image.width) / Double(middle))
      lossy = try self.lossy(image, quality + model.perDoubling * doublings, searched.slope)
    }
    guard let lossless else { return lossy }
    return lossless.encoded.data.count <= lossy.encoded.data.count ? lossless : lossy
  }

  /// Encodes once, and again while the score is far from the target.
  private func lossy(_ image: Image, _ quality: Double, _ slope: Double) throws(VipsError) -> Scored {
    let judge = try ScoreStep(image, for: settings.format)
    let search = QualitySearch(target: target, start: clamped(quality), slope: slope, range: model.range)
    var probes: [QualitySearch.Probe] = []
    var next = search.start
    var best = try scored(image, next, judge)
    var file = best
    while true {
      probes.append(.init(quality: next, score: file.score))
      if miss(file) < miss(best) { best = file }
      guard !Self.acceptable.contains(file.score - target),
        probes.count < Self.mostEncodes(image, missing: best.score - target)
      else {
        break
      }
      next = clamped(search.result(of: probes).quality)
      guard !probes.contains(where: { $0.quality == next }) else { break }
      file = try scored(image, next, judge)
    }
    return best
  }

  /// How far a score is from where a search ends.
  private func miss(_ file: Scored) -> Double { abs(file.score - target - QualitySearch.tolerance / 2) }

  private func scored(_ image: Image, _ quality: Int, _ judge: ScoreStep) throws(VipsError) -> Scored {
    let encoded = try step.encode(image, at(quality))
    return Scored(encoded, score: try judge.score(of: encoded.data, settings.format))
  }

  private var losslessSettings: EncodingSettings {
    var settings = settings
    settings.loss = .lossless
    return settings
  }

  private func clamped(_ quality: Double) -> Int {
    Int(min(max(quality.rounded(), Double(model.range.lowerBound)), Double(model.range.upperBound)))
  }
}
