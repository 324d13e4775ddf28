import AssetModel
import Foundation
import Vips

/// Looks for the lowest quality whose file meets the score, compared with the picture in full.
struct LossyShrink {
  let job: ShrinkJob
  let image: Image
  /// The old file.
  let original: Data

  private var format: ImageFormat { job.source.format }
  /// A file of more bytes wins too little.
  private var most: Int { job.wish.leastSaving.most(insteadOf: original.count) }

  /// The smallest file; nil where none meets the score with fewer bytes.
  func smallest() throws(VipsError) -> ShrinkStep.Candidate? {
    let content = try ContentClass.of(looked(), source: job.source).content
    let judge = try ShrinkJudge(image, format)
    var best: ShrinkStep.Candidate?
    for chroma in chromas(content) {
      let step = Encoder(job: job, image: try carrier, content: content, chroma: chroma)
      if let candidate = try search(step, judge, job.wish.target(of: content)) {
        best = candidate
        break
      }
    }
    return best
  }

  /// A palette that meets the score.
  func palette() throws(VipsError) -> ShrinkStep.Candidate? {
    let target = job.wish.target(of: try ContentClass.of(looked(), source: job.source).content)
    let judge = try ShrinkJudge(image, .png)
    let plain = try image.withoutMetadata()
    for quality in [40, 60, 75, 90, 100] {
      let file = try plain.pngPalette(quality: quality, effort: job.wish.efforts["png"] ?? 7, dither: 1)
      guard file.count <= most else { return nil }
      let score = try judge.score(of: file, least: target)
      guard score >= target else { continue }
      var settings = job.settings
      (settings.quality, settings.target) = (quality, target)
      return ShrinkStep.Candidate(data: file, settings: settings, score: score)
    }
    return nil
  }

  /// What the encoder is given. Of AVIF it writes the metadata as well, which nobody here can put in afterwards.
  private var carrier: Image {
    get throws(VipsError) { format == .avif ? image : try image.withoutMetadata() }
  }

  /// A copy that is small enough to tell what it shows.
  private func looked() throws(VipsError) -> Image {
    guard image.width > 1_280 else { return image }
    return try ResizeStep.resize(
      image, to: PixelSize(width: 1_280, height: max(1, image.height * 1_280 / image.width))
    ).inMemory()
  }

  /// How much of the color detail is kept, in the order of the attempts: no more than the file has, and of graphics all,
  /// since half of it shows as colored fringes on letters.
  private func chromas(_ content: Source.Content) -> [Image.Chroma] {
    let hasAll = format != .jpeg || JPEGFrame(original)?.hasFullChroma == true
    if !hasAll { return [.halved] }
    return content == .photograph ? [.halved, .full] : [.full]
  }

  /// Tries qualities: each next one is told by the last two, and stays between those that meet the score and those that do
  /// not.
  private func search(
    _ encoder: Encoder, _ judge: ShrinkJudge, _ target: Double
  ) throws(VipsError) -> ShrinkStep.Candidate? {
    let model = QualityModel(format: format, content: encoder.content, target: target)
    let range = model.range
    var (missed, met) = (range.lowerBound - 1, range.upperBound + 1)
    var best: ShrinkStep.Candidate?
    var last: (quality: Int, score: Double)?
    var slope = model.slope
    var quality = min(max(model.start, range.lowerBound), range.upperBound)
    for _ in 0..<Self.mostProbes {
      let file = try encoder.encode(quality)
      // More quality only makes it larger.
      let score = try judge.score(of: file, least: target)
      if score >= target {
        met = quality
        if file.count <= most, file.count <= best?.data.count ?? .max {
          var settings = job.settings
          (settings.quality, settings.target) = (quality, target)
          best = ShrinkStep.Candidate(data: file, settings: settings, score: score)
        }
        if score < target + Self.tolerance { break }
      } else {
        if file.count > most { return best }
        missed = quality
      }
      if let last, last.quality != quality {
        let measured = (score - last.score) / Double(quality - last.quality)
        slope = min(max(measured, model.slope / 3), model.slope * 3)
      }
      last = (quality, score)
      guard met - missed > 1, missed < range.upperBound else { break }
      let guess = Double(quality) + (target + Self.tolerance / 2 - score) / slope
      quality = Int(min(max(guess.rounded(), Double(missed + 1)), Double(met - 1)))
      quality = min(max(quality, range.lowerBound), range.upperBound)
      if quality == last?.quality { break }
    }
    return best
  }

  /// A score so little above the target is near enough.
  private static let tolerance = 0.8
  private static let mostProbes = 8

  /// The encoder of a picture's format.
  private struct Encoder {
    let job: ShrinkJob
    let image: Image
    let content: Source.Content
    let chroma: Image.Chroma

    func encode(_ quality: Int) throws(VipsError) -> Data {
      switch job.source.format {
      case .jpeg: return try image.jpeg(quality: quality, chroma: chroma)
      case .webp:
        let file = try image.webp(
          quality: quality, effort: job.wish.efforts["webp"] ?? 4, sharpChroma: chroma == .full)
        return WebPContainer.withoutMetadata(file)
      case .avif:
        return try image.avif(quality: quality, effort: job.wish.efforts["avif"] ?? 3, chroma: chroma)
      default:
        throw VipsError(
          operation: "encode", file: image.file, message: "no lossy \(job.source.format.rawValue)")
      }
    }
  }
}
