import Manifest
import VariantPlanner

/// The files of one source that share a search for a quality: one format, one shape, every rung.
///
/// The search looks at the middle rung, or at a smaller copy of it where that is large; every other rung starts from
/// what it found, and is looked at itself.
struct QualityGroup: Hashable, Sendable {
  /// Positions among the job's planned encodes, by width.
  var members: [Int]
  /// The rung that is looked at first.
  var middle: Rendition
  var settings: EncodingSettings
  /// The score to meet.
  var target: Double
  /// Names the search: the source's SHA-256, a slash, and a digest of everything else that the search depends on.
  var key: String

  /// The groups of a job's files; those with a fixed quality or without loss are in none.
  static func all(in planned: [PlannedEncode], of source: Source) -> [QualityGroup] {
    struct Series: Hashable {
      var crop: Crop?
      var purpose: Variant.Purpose
      var settings: EncodingSettings
    }
    let wanted = planned.indices.filter {
      planned[$0].settings.target != nil && planned[$0].settings.loss != .lossless
    }
    let series = Dictionary(grouping: wanted) { position in
      Series(
        crop: planned[position].rendition.crop,
        purpose: planned[position].rendition.purpose,
        settings: planned[position].settings
      )
    }
    return series.map { series, members in
      let members = members.sorted { planned[$0].rendition.width < planned[$1].rendition.width }
      let middle = planned[members[(members.count - 1) / 2]]
      return QualityGroup(
        members: members,
        middle: middle.rendition,
        settings: series.settings,
        target: series.settings.target ?? 0,
        key: source.sha256 + "/" + ContentDigest.sha256("middle " + middle.key)
      )
    }
    .sorted { $0.key < $1.key }
  }
}
