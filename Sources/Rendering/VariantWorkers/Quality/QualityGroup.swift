import AssetModel
import VariantPlanner

/// The files of one source that share a search for a quality: one format, one shape, every rung.
///
/// The search uses one rung, or a smaller copy of it if that is large; every other rung starts from its result, and is
/// then scored itself. That rung is the middle one of the default ladder, whatever ladder is wanted, so that a file's
/// bytes do not depend on which others are rendered with it.
struct QualityGroup: Hashable, Sendable {
  /// Positions among the job's planned encodes, by width.
  var members: [Int]
  /// The rung that is scored first.
  var middle: Rendition
  var settings: EncodingSettings
  /// The score to meet.
  var target: Double
  /// Names the search, by everything that it depends on.
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
      let middle = middle(for: planned[members[0]].rendition, of: source)
      let key = VariantName.key(source: source, rendition: middle, settings: series.settings)
      return QualityGroup(
        members: members,
        middle: middle,
        settings: series.settings,
        target: series.settings.target ?? 0,
        key: "middle " + key
      )
    }
    .sorted { $0.key < $1.key }
  }

  /// The rung that a search looks at; of a file that has no ladder, the file itself.
  private static func middle(for rendition: Rendition, of source: Source) -> Rendition {
    guard rendition.purpose == .responsive else { return rendition }
    let sourceSize = (width: source.width, height: source.height)
    let full = rendition.crop?.size(of: sourceSize) ?? sourceSize
    let rungs = Ladder.rungs(sourceWidth: full.width, widths: PlanOptions().widths)
    guard !rungs.isEmpty else { return rendition }
    let size = Ladder.size(near: rungs[rungs.count / 2], of: full)
    var middle = rendition
    (middle.width, middle.height, middle.media, middle.choice) = (size.width, size.height, [], nil)
    return middle
  }
}
