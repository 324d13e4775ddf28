import Testing

@testable import VariantWorkers

@Suite struct QualitySearchTests {
  private func run(
    target: Double = 70,
    start: Int = 50,
    slope: Double = 0.7,
    range: ClosedRange<Int> = 20...95,
    score: (Int) -> Double
  ) -> (probes: [QualitySearch.Probe], quality: Double, isMet: Bool) {
    let search = QualitySearch(target: target, start: start, slope: slope, range: range)
    var probes: [QualitySearch.Probe] = []
    while let quality = search.next(after: probes) {
      probes.append(.init(quality: quality, score: score(quality)))
    }
    let result = search.result(of: probes)
    return (probes, result.quality, result.isMet)
  }

  /// Straight and bent curves, high and low: the quality found meets the target and little more.
  @Test(arguments: [
    (35.0, 0.7), (25.0, 0.9), (45.0, 0.5), (10.0, 1.1), (50.0, 0.45), (20.0, 0.7), (0.0, 1.0),
  ])
  func findsTheLowestQuality(offset: Double, gain: Double) throws {
    for bend in [0.0, 0.002, -0.002] {
      let score = { (quality: Int) in
        offset + gain * Double(quality) + bend * Double((quality - 50) * (quality - 50))
      }
      let lowest = try #require((20...95).first { score($0) >= 70 })
      let result = run(score: score)
      #expect(result.isMet)
      #expect(result.probes.count <= QualitySearch.mostProbes)
      let met = result.probes.filter { $0.score >= 70 }.map(\.quality).min()
      #expect(abs((met ?? 0) - lowest) <= 2, "\(result)")
      #expect(abs(result.quality - Double(lowest)) < 2.5, "\(result)")
    }
  }

  /// Where a few steps of quality change little, the others tell how many are needed, and none beyond one that met the target.
  @Test func aFlatPartOfTheCurveLeadsNoSearchAstray() throws {
    let score = { (quality: Int) in
      switch quality {
      case ..<71: 60.6 + 0.46 * Double(quality - 56)
      case ..<76: 67.5 + 0.15 * Double(quality - 71)
      default: 68.1 + Double(quality - 75)
      }
    }
    let lowest = try #require((10...98).first { score($0) >= 70 })
    let result = run(start: 56, slope: 0.32, range: 10...98, score: score)
    #expect(result.isMet && abs(result.quality - Double(lowest)) < 2.5, "\(result)")
    #expect(result.probes.contains { $0.score > 75 } && result.probes.contains { $0.score < 70 })
  }

  @Test func aGoodFirstGuessIsOneEncode() {
    #expect(run { 35.5 + 0.7 * Double($0) }.probes.count == 1)
  }

  @Test func neverTriesAQualityTwice() {
    // A curve with steps, on which every guess between two results rounds to one of them.
    let result = run { Double($0 / 10) * 7 + 33 }
    #expect(Set(result.probes.map(\.quality)).count == result.probes.count)
  }

  @Test func aTargetOutOfReachIsSaid() {
    let result = run { 20 + 0.3 * Double($0) }
    #expect(!result.isMet)
    #expect(result.probes.last?.quality == 95)
  }

  @Test func aTargetThatTheLowestQualityMeetsIsMetThere() {
    let result = run { 80 + 0.1 * Double($0) }
    #expect(result.isMet)
    #expect(result.probes.last?.quality == 20)
    #expect(result.quality == 20)
  }
}
