import AssetModel
import VariantPlanner
import Vips

/// The compare step: whether a generated file is small enough to be useful.
enum CompareStep {
  static let step = RenderStep("compare") { (file: EncodedFile) throws(VipsError) -> RenderedFile in
    let (bytes, work) = (file.encoded.data.count, file.work)
    guard isWorthHaving(bytes: bytes, for: work.planned.rendition, than: work.source) else {
      return RenderedFile(result: .dropped(reason: .notSmaller, bytes: bytes))
    }
    let record = RenderRecord.File(
      bytes: bytes, sha256: ContentDigest.sha256(file.encoded.data), settings: file.encoded.settings,
      score: file.encoded.score)
    return RenderedFile(result: .file(record), data: file.encoded.data)
  }

  /// A candidate with as many bytes as the whole source is useless, whatever its width: the browser could load the
  /// source instead. This does not apply to a source that browsers cannot show.
  ///
  /// A file that replaces its source must also save ``leastSaving``, or the edit of the page is not worthwhile.
  ///
  /// A crop that changes the shape is a different picture, which no other file shows: there is nothing to compare it
  /// with.
  static func isWorthHaving(bytes: Int, for rendition: Rendition, than source: Source) -> Bool {
    guard source.format.isShownByBrowsers else { return true }
    if let crop = rendition.crop, !crop.keepsShape(of: (source.width, source.height)) { return true }
    switch rendition.purpose {
    case .fallback, .responsive, .upright: return bytes < source.bytes
    case .sameFormat, .sameSize, .standalone: return bytes + leastSaving <= source.bytes
    }
  }

  /// Lighthouse flags an image when its waste exceeds this many bytes
  /// (`IGNORE_THRESHOLD_IN_BYTES` of its image audits).
  static let leastSaving = 4_096
}
