/// Finds the lowest encoder quality whose score meets a target, with few encodes.
///
/// The score of one image grows with quality almost in a straight line over the range that matters, so the first guess
/// comes from what images need on average, the second from the average slope, and every further one from the two
/// nearest results (the secant method, kept inside the current bracket).
struct QualitySearch: Hashable {
  /// One encode and its score.
  struct Probe: Hashable {
    var quality: Int
    var score: Double
  }

  /// The score to meet.
  var target: Double
  /// The quality to try first.
  var start: Int
  /// Score points that one step of quality is worth on average.
  var slope: Double
  /// The qualities that may be used.
  var range: ClosedRange<Int>

  /// A score this little above the target is near enough to stop: the next lower quality would miss it or save less
  /// than a percent.
  static let tolerance = 1.2
  /// The most encodes of one search.
  static let mostProbes = 4

  /// The quality to try next; nil when the search is over.
  func next(after probes: [Probe]) -> Int? {
    guard let last = probes.last else { return clamped(Double(start)) }
    let (met, missed) = (met(probes), missed(probes))
    if let met, met.score < target + Self.tolerance || met.quality == range.lowerBound { return nil }
    if let missed, missed.quality == range.upperBound { return nil }
    if let met, let missed, met.quality - missed.quality <= 1 { return nil }
    guard probes.count < Self.mostProbes else { return nil }
    let guess: Double
    if let met, let missed, met.score > missed.score {
      let share = (target + Self.tolerance / 2 - missed.score) / (met.score - missed.score)
      guess = Double(missed.quality) + share * Double(met.quality - missed.quality)
    } else {
      guess = Double(last.quality) + (target + Self.tolerance / 2 - last.score) / slope(of: probes)
    }
    var quality = clamped(guess)
    if let met { quality = min(quality, met.quality - 1) }
    if let missed { quality = max(quality, missed.quality + 1) }
    return probes.contains { $0.quality == quality } ? nil : quality
  }

  private func met(_ probes: [Probe]) -> Probe? {
    probes.filter { $0.score >= target }.min { $0.quality < $1.quality }
  }

  private func missed(_ probes: [Probe]) -> Probe? {
    probes.filter { $0.score < target }.max { $0.quality < $1.quality }
  }

  /// The quality, in fractions of a step, at which the score would be a little above the target, and whether any
  /// quality allowed gets there.
  func result(of probes: [Probe]) -> (quality: Double, isMet: Bool) {
    guard let nearest = probes.min(by: { abs($0.score - aim) < abs($1.score - aim) }) else {
      return (Double(start), false)
    }
    let isOutOfReach = probes.contains { $0.quality == range.upperBound && $0.score < target }
    var quality = Double(nearest.quality) + (aim - nearest.score) / slope(of: probes)
    // What lies between two results is not looked for beyond them.
    if let met = met(probes), met.score >= aim { quality = min(quality, Double(met.quality)) }
    if let missed = missed(probes) { quality = max(quality, Double(missed.quality)) }
    return (min(max(quality, Double(range.lowerBound)), Double(range.upperBound)), !isOutOfReach)
  }

  /// Where inside the tolerance a search that has the choice ends.
  private var aim: Double { target + Self.tolerance / 2 }

  /// Score points a step: between the results on both sides of the target, or between the one nearest to it and the next,
  /// where they are far enough apart for noise and the encoders' own steps (AVIF has 64 for our 100) not to matter; else the
  /// average.
  func slope(of probes: [Probe]) -> Double {
    let nearest = probes.sorted { abs($0.score - target) < abs($1.score - target) }
    guard let first = nearest.first else { return slope }
    let isMet = first.score >= target
    let far = nearest.filter { abs($0.quality - first.quality) >= Self.leastDistance }
    guard let second = far.first(where: { ($0.score >= target) != isMet }) ?? far.first else { return slope }
    let measured = (first.score - second.score) / Double(first.quality - second.quality)
    return min(max(measured, slope / 2.5), slope * 2.5)
  }

  private static let leastDistance = 3

  private func clamped(_ quality: Double) -> Int {
    Int(min(max(quality.rounded(), Double(range.lowerBound)), Double(range.upperBound)))
  }
}
