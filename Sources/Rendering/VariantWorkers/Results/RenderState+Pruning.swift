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
    return Dictionary(uniqueKeysWithValues: reasons.map { (positions[$0.key], $0.value) })
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
