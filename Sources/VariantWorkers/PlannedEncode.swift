import Manifest
import VariantPlanner

/// One file that a job wants, with the names by which it is known.
struct PlannedEncode: Hashable, Sendable {
  var rendition: Rendition
  var settings: EncodingSettings
  /// ``VariantName/key(source:rendition:settings:)``
  var key: String
  /// Relative to the site's root.
  var path: String

  /// The files that a job wants, once its content class and alpha are known; each once.
  static func all(for job: RenderJob, facts: RenderRecord.Facts, folder: String) -> [PlannedEncode] {
    var seen: Set<String> = []
    return job.renditions.flatMap { rendition in
      rendition.encodings(for: job.content ?? facts.content, alpha: facts.alpha).compactMap { settings in
        let key = VariantName.key(source: job.source, rendition: rendition, settings: settings)
        guard seen.insert(key).inserted else { return nil }
        let path = VariantName.path(
          folder: folder,
          source: job.source,
          rendition: rendition,
          settings: settings
        )
        return PlannedEncode(rendition: rendition, settings: settings, key: key, path: path)
      }
    }
  }

  /// The variant, once it has been made.
  func variant(of source: Source, bytes: Int, sha256: String, settings: EncodingSettings) -> Variant {
    Variant(
      path: path,
      source: source.path,
      purpose: rendition.purpose,
      width: rendition.width,
      height: rendition.height,
      format: settings.format,
      bytes: bytes,
      sha256: sha256,
      settings: settings,
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
