import AssetModel
import VariantPlanner

/// One file that a job wants, with its path and its cache key.
struct PlannedEncode: Hashable, Sendable {
  var rendition: Rendition
  var settings: EncodingSettings
  /// ``VariantName/key(source:rendition:settings:)``
  var key: String
  /// Relative to the site's root.
  var path: String
  /// Whether the score is noted although no quality was searched for.
  var isScored: Bool

  /// Names the action: what is remembered of an encode with a score differs from what is remembered without one.
  var action: String { isScored ? key + " scored" : key }

  /// The files that a job wants, given its content class and alpha; each once.
  static func all(for job: RenderJob, facts: RenderRecord.Facts, folder: String) -> [PlannedEncode] {
    var keys: Set<String> = []
    return facts.chosen(from: job.renditions).flatMap { rendition in
      rendition.encodings(for: job.content ?? facts.content, alpha: facts.alpha, of: job.source.format)
        .compactMap { settings in
          let key = VariantName.key(source: job.source, rendition: rendition, settings: settings)
          guard keys.insert(key).inserted else { return nil }
          let path = VariantName.path(
            folder: folder, source: job.source, width: rendition.width, format: settings.format, key: key)
          let isScored = job.scores && facts.content != .animation && settings.target == nil
          return PlannedEncode(
            rendition: rendition, settings: settings, key: key, path: path, isScored: isScored)
        }
    }
  }

  /// What its encode costs.
  var cost: Double { RenderCost.encode(rendition, settings) }

  /// How it compares with the job's other files.
  func pruneItem(bytes: Int) -> PruneStep.Item {
    PruneStep.Item(
      series: rendition.crop?.description ?? "",
      width: rendition.width,
      format: settings.format,
      bytes: bytes
    )
  }

  /// The variant for a finished file.
  func variant(of source: Source, _ file: RenderRecord.File) -> Variant {
    Variant(
      path: path,
      source: source.path,
      purpose: rendition.purpose,
      width: rendition.width,
      height: rendition.height,
      format: file.settings.format,
      bytes: file.bytes,
      sha256: file.sha256,
      settings: file.settings,
      score: file.score,
      crop: rendition.crop,
      media: rendition.media.isEmpty ? nil : rendition.media
    )
  }

  /// The note that it was left out.
  func dropped(_ reason: DroppedRendition.Reason, bytes: Int? = nil) -> DroppedRendition {
    DroppedRendition(
      purpose: rendition.purpose,
      width: rendition.width,
      height: rendition.height,
      settings: settings,
      reason: reason,
      bytes: bytes
    )
  }
}
