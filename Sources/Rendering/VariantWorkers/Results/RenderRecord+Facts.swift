import VariantPlanner

extension RenderRecord.Facts {
  /// Whether the facts contain everything that a job needs.
  func suffice(for job: RenderJob) -> Bool {
    guard job.placeholder == .none || placeholders[job.placeholder.rawValue] != nil else { return false }
    return Self.ladders(in: job.renditions).allSatisfy { rungs[$0.count] != nil }
  }

  /// The renditions of fixed ladders, and those of automatic ones that were chosen.
  func chosen(from renditions: [Rendition]) -> [Rendition] {
    let counts = Dictionary(
      Self.ladders(in: renditions).compactMap { ladder in ladder.first.map { ($0.crop, ladder.count) } },
      uniquingKeysWith: { first, _ in first }
    )
    return renditions.filter { rendition in
      guard let choice = rendition.choice, let count = counts[rendition.crop] else { return true }
      return rungs[count]?.contains(choice) ?? true
    }
  }

  /// The automatic ladders of a job, each widest first.
  static func ladders(in renditions: [Rendition]) -> [[Rendition]] {
    Dictionary(grouping: renditions.filter { $0.choice != nil }, by: \.crop).values
      .map { $0.sorted { $0.width > $1.width } }
  }
}
