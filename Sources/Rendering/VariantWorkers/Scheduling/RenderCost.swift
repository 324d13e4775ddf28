import AssetModel
import VariantPlanner

/// What work costs, roughly, in CPU seconds: only the order of costs matters, so that the longest work starts first and
/// does not keep a single core busy at the end.
enum RenderCost {
  /// Reading, decoding and resizing a source.
  static func decode(_ source: Source) -> Double {
    megapixels(source.width, source.height) * 0.04 * Double(max(1, source.frames))
  }

  /// The cost of all encodes of a source if nothing is cached: a source whose encodes take long has to start early,
  /// however quickly it is decoded.
  static func all(of job: RenderJob) -> Double {
    job.renditions.reduce(decode(job.source)) { sum, rendition in
      // Which of the two lists counts shows in the pixels.
      let lists = [rendition.photograph, rendition.graphic].map {
        $0.reduce(0) { $0 + encode(rendition, $1) }
      }
      return sum + (lists.max() ?? 0) * Double(max(1, job.source.frames))
    }
  }

  /// One encode of a rendition.
  static func encode(_ rendition: Rendition, _ settings: EncodingSettings) -> Double {
    encode(width: rendition.width, height: rendition.height, settings)
  }

  /// One encode. Seconds per megapixel as measured on one core of 2020s hardware with libaom 3.6, libwebp 1.2 and
  /// zlib; each step of AVIF's effort about doubles.
  static func encode(width: Int, height: Int, _ settings: EncodingSettings) -> Double {
    let perMegapixel: Double
    switch (settings.format, settings.loss) {
    case (.avif, _): perMegapixel = 0.08 * Double(1 << min(6, max(0, settings.effort ?? 3)))
    case (.jxl, _): perMegapixel = 0.03 * Double(1 << min(6, max(0, (settings.effort ?? 5) - 2)))
    case (.webp, .lossy): perMegapixel = 0.07
    case (.webp, _): perMegapixel = 0.4
    case (.png, _): perMegapixel = 0.2
    default: perMegapixel = 0.02
    }
    return megapixels(width, height) * perMegapixel
  }

  private static func megapixels(_ width: Int, _ height: Int) -> Double {
    Double(width) * Double(height) / 1e6
  }
}
