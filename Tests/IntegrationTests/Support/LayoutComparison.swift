/// What a reader would see change between two views of a page.
enum LayoutComparison {
  /// How far a box may move, in CSS pixels: what rounding of fractional sizes can do.
  static let tolerance = 1.0

  /// The changes, one line each.
  static func changes(_ before: Browser.View, _ after: Browser.View) -> [String] {
    guard before.boxes.count == after.boxes.count else {
      return ["\(before.boxes.count) elements became \(after.boxes.count)"]
    }
    var changes: [String] = []
    for (index, (old, new)) in zip(before.boxes, after.boxes).enumerated() {
      let isMoved = zip(old.frame, new.frame).contains { abs($0 - $1) > tolerance }
      if old.tag != new.tag || old.style != new.style || isMoved {
        changes.append("#\(index): \(old) -> \(new)")
      }
    }
    for (old, new) in zip(before.images, after.images) where old.isComplete && !new.isComplete {
      changes.append("\(new.src) (\(new.currentSrc)) is broken")
    }
    return changes
  }
}
