import AssetModel

/// Finds how wide a slot is in windows of all widths, and asks for as few widths as that takes.
enum SlotWidthModel {
  /// The widths of windows between which a slot is first looked at, in CSS pixels. The usual breakpoints of stylesheets
  /// lie between them.
  private static let anchors = [
    320, 360, 412, 480, 600, 700, 768, 820, 900, 1000, 1100, 1200, 1300, 1440, 1600, 1920, 2300, 2600,
  ]
  /// How far a width may be off a line through others, in CSS pixels. A browser lays out in steps of 1/64 of a pixel, and
  /// nested percentages add some of these up.
  private static let tolerance = 0.12

  /// The width as a function of the window's.
  ///
  /// - Parameters:
  ///   - further: more windows that are looked at in any case.
  ///   - measure: gives the slot's width in a window.
  static func widths(at further: [Int] = [], _ measure: (Int) throws -> Double) rethrows -> SlotWidths {
    var measured: [Int: Double] = [:]
    func width(_ viewport: Int) throws -> Double {
      if let width = measured[viewport] { return width }
      let width = try measure(viewport)
      measured[viewport] = width
      return width
    }
    var open = [(Int, Int)]()
    let starts = Set(anchors + further).sorted()
    for (a, b) in zip(starts, starts.dropFirst()) { open.append((a, b)) }
    while let (a, b) = open.popLast() {
      let (left, right) = (try width(a), try width(b))
      guard b - a > 1 else { continue }
      // Two places inside: a bend in the middle of both would escape one.
      let inner = Set([a + max(1, (b - a) / 3), a + (b - a + 1) / 2]).sorted()
      let isStraight = try inner.allSatisfy { point in
        let expected = left + (right - left) * Double(point - a) / Double(b - a)
        return abs(try width(point) - expected) <= tolerance
      }
      if !isStraight {
        let middle = inner[inner.count - 1]
        open += [(a, middle), (middle, b)]
      }
    }
    return pieces(measured.map { (Double($0.key), $0.value) }.sorted { $0.0 < $1.0 })
  }

  /// Straight lines through points, each as far as it goes.
  private static func pieces(_ points: [(Double, Double)]) -> SlotWidths {
    var pieces: [SlotWidths.Piece] = []
    var start = 0
    while start < points.count {
      var end = min(start + 1, points.count - 1)
      // A step between two windows that lie next to each other is no slope.
      if end > start, end + 1 < points.count, line(points[start...end + 1]) == nil,
        points[end].0 - points[start].0 <= 1
      {
        end = start
      }
      while end > start, end + 1 < points.count, line(points[start...end + 1]) != nil { end += 1 }
      let (slope, offset) = line(points[start...end]) ?? (0, points[start].1)
      var from = points[start].0
      // Where two lines meet, the second holds from there on.
      if start > 0, abs(slope * points[start - 1].0 + offset - points[start - 1].1) <= tolerance {
        from = points[start - 1].0
      }
      pieces.append(SlotWidths.Piece(from: Int(from), slope: slope, offset: offset))
      start = end + 1
    }
    return SlotWidths(
      pieces: pieces.reduce(into: []) { merged, piece in
        if let last = merged.last, last.slope == piece.slope, last.offset == piece.offset { return }
        merged.append(piece)
      })
  }

  /// The roundest line that all points lie on; nil where there is none.
  private static func line(_ points: ArraySlice<(Double, Double)>) -> (Double, Double)? {
    guard let first = points.first, let last = points.last, last.0 > first.0 else {
      return points.first.map { (0, ($0.1 * 100).rounded() / 100) }
    }
    let exact = (last.1 - first.1) / (last.0 - first.0)
    for digits in [100.0, 1_000, 10_000] {
      let slope = (exact * digits).rounded() / digits
      let rests = points.map { $0.1 - slope * $0.0 }
      guard let low = rests.min(), let high = rests.max() else { continue }
      for fraction in [1.0, 10, 100] {
        let offset = ((low + high) / 2 * fraction).rounded() / fraction
        if max(high - offset, offset - low) <= tolerance { return (slope, offset) }
      }
    }
    return nil
  }
}
