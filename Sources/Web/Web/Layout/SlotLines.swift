/// Finds the lines that a width is made of over windows in which the same rules count: there it has bends and no jumps.
enum SlotLines {
  /// How far a width may be off a line, in CSS pixels.
  private static let tolerance = 0.02

  /// - Returns: nil where the width of some window is not known.
  static func find(in range: ClosedRange<Int>, _ width: (Int) -> Double?) -> [ImageSlot.Line]? {
    guard let left = width(range.lowerBound), let right = width(range.upperBound) else { return nil }
    let span = range.upperBound - range.lowerBound
    guard span > 0 else { return [ImageSlot.Line(from: range.lowerBound, slope: 0, offset: left)] }
    let slope = (right - left) / Double(span)
    let line = rounded(range.lowerBound, slope, left)
    for point in Set([range.lowerBound + (span + 2) / 3, range.lowerBound + (span + 1) / 2]) {
      guard let real = width(point) else { return nil }
      if abs(real - (left + slope * Double(point - range.lowerBound))) > tolerance {
        let middle = range.lowerBound + span / 2
        guard let first = find(in: range.lowerBound...middle, width),
          let second = find(in: middle + 1...range.upperBound, width)
        else { return nil }
        return joined(first, second)
      }
    }
    return [line]
  }

  /// Whether the one window that a line is for lies on the line before it.
  static func goesOn(_ before: [ImageSlot.Line], _ lines: [ImageSlot.Line]) -> Bool {
    guard let last = before.last, let line = lines.first, lines.count == 1 else { return false }
    return abs(last.width(at: line.from) - line.width(at: line.from)) <= tolerance
  }

  /// Lines behind lines. One that goes on needs no second, and neither does a bend between two windows.
  static func joined(_ before: [ImageSlot.Line], _ lines: [ImageSlot.Line]) -> [ImageSlot.Line] {
    var all = before
    for var line in lines {
      // Where two lines meet, the wider window's holds as well.
      if let last = all.last, line.from > last.from + 1,
        abs(last.width(at: line.from - 1) - line.width(at: line.from - 1)) < 1e-3
      {
        line.from -= 1
      }
      guard let last = all.last else {
        all.append(line)
        continue
      }
      let isSame = abs(last.slope - line.slope) < 1e-6 && abs(last.offset - line.offset) < tolerance
      if isSame { continue }
      // The piece that a bend cuts off holds for a window or two.
      if line.from - last.from <= 2, all.count > 1, let earlier = all.dropLast().last,
        abs(earlier.width(at: line.from) - line.width(at: line.from)) < 1
      {
        all[all.count - 1] = line
        if abs(earlier.slope - line.slope) < 1e-6, abs(earlier.offset - line.offset) < tolerance {
          all.removeLast()
        }
        continue
      }
      all.append(line)
    }
    return all
  }

  private static func rounded(_ from: Int, _ slope: Double, _ left: Double) -> ImageSlot.Line {
    let slope = (slope * 1e6).rounded() / 1e6
    let offset = left - slope * Double(from)
    return ImageSlot.Line(from: from, slope: slope, offset: (offset * 1e3).rounded() / 1e3)
  }
}
