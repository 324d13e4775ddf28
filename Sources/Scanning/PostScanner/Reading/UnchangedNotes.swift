import AssetModel

/// Says once for each reason which images are left as they are, where a site's kind is the reason and not the image.
struct UnchangedNotes {
  /// Whether they are said in this way.
  let isGathered: Bool
  private var kinds: [String: (first: Diagnostic, count: Int)] = [:]

  init(isGathered: Bool) { self.isGathered = isGathered }

  /// Takes what would be said of a reference; false for what is to be said by itself.
  mutating func takes(_ problem: Diagnostic, _ reference: Reference) -> Bool {
    guard isGathered, problem.rule == .referenceKept, let reason = reference.keptBecause else { return false }
    kinds[reason, default: (problem, 0)].count += 1
    return true
  }

  /// A note for each reason, with the place of the first image.
  var problems: [Diagnostic] {
    kinds.sorted { $0.key < $1.key }.map { reason, kind in
      guard kind.count > 1 else { return kind.first }
      var note = kind.first
      note.message = "\(kind.count) images, this the first, are left as they are: \(reason)"
      return note
    }
  }
}
