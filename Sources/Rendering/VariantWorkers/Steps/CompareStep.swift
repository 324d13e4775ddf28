import AssetModel
import VariantPlanner
import Vips

/// The compare step: whether a file that was made is worth having.
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

  /// A candidate with as many bytes as the whole source helps nobody, whatever its width: the browser could have
  /// had the source. That does not hold for a source which browsers cannot show at all.
  ///
  /// A file that takes its source's place must save ``leastSaving`` too, or the page is edited for nothing.
  ///
  /// A crop that cuts something off is another picture than its source, which no other file shows: there is nothing to
  /// compare it with.
  static func isWorthHaving(bytes: Int, for rendition: Rendition, than source: Source) -> Bool {
    guard source.format.isShownByBrowsers else { return true }
    if let crop = rendition.crop, !crop.keepsShape(of: (source.width, source.height)) { return true }
    switch rendition.purpose {
    case .fallback, .responsive: return bytes < source.bytes
    case .standalone, .sameSize: return bytes + leastSaving <= source.bytes
    }
  }

  /// Lighthouse flags an image when its waste exceeds this many bytes
  /// (`IGNORE_THRESHOLD_IN_BYTES` of its image audits).
  static let leastSaving = 4_096
}
