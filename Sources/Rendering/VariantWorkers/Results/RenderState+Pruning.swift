import AssetModel
import VariantPlanner

extension RenderState {
  /// The positions of files that are not worth having beside the others, and why.
  static func superfluous(
    _ planned: [PlannedEncode], _ results: [RenderRecord.Result?]
  ) -> [Int: DroppedRendition.Reason] {
    var positions: [Int] = []
    var items: [PruneStep.Item] = []
    for (position, result) in results.enumerated() {
      guard planned[position].rendition.purpose == .responsive, case .file(let file) = result else {
        continue
      }
      positions.append(position)
      items.append(planned[position].pruneItem(bytes: file.bytes))
    }
    let reasons = PruneStep.superfluous(items)
    let beside = besideUpright(
      planned, results, items.indices.filter { reasons[$0] == nil }.map { items[$0] })
    var superfluous = Dictionary(uniqueKeysWithValues: reasons.map { (positions[$0.key], $0.value) })
    for (position, item) in zip(positions, items) where superfluous[position] == nil {
      if beside.rungs.contains(item) { superfluous[position] = .closeToNextRung }
    }
    if let needless = beside.needless { superfluous[needless] = .littleOverNextFormat }
    return superfluous
  }

  /// A file that stands for a source which is stored turned ends the lists that end short, or is the only candidate; where
  /// all are as wide, it is needless.
  ///
  /// - Parameter items: the files that stay beside each other.
  /// - Returns: its position where it is needless, and otherwise the files that it leaves no use for.
  private static func besideUpright(
    _ planned: [PlannedEncode], _ results: [RenderRecord.Result?], _ items: [PruneStep.Item]
  ) -> (needless: Int?, rungs: Set<PruneStep.Item>) {
    guard let position = planned.firstIndex(where: { $0.rendition.purpose == .upright }),
      case .file(let file) = results[position]
    else { return (nil, []) }
    let upright = planned[position].pruneItem(bytes: file.bytes)
    let lists = Dictionary(grouping: items.filter { $0.series == upright.series }, by: \.format).values
    let short = lists.filter { list in
      Variant.endsShort(at: list.map(\.width).max() ?? 0, of: upright.width)
    }
    guard lists.isEmpty || !short.isEmpty else { return (position, []) }
    return (nil, Set(short.flatMap { PruneStep.closeRungs($0, below: upright) }))
  }
}

extension RenderState.Entry {
  /// Leaves out the files that are not worth having beside the others.
  mutating func prune() {
    for (position, reason) in RenderState.superfluous(planned, results) {
      guard case .file(let file) = results[position] else { continue }
      results[position] = .dropped(reason: reason, bytes: file.bytes)
      encoded.remove(position)
    }
  }
}
