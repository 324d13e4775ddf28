import AssetCache
import AssetModel
import Foundation
import Testing
import VariantPlanner

@testable import VariantWorkers

@Suite struct LadderStepTests {
  private func waste(_ chosen: [Int], _ bytes: [Double]) -> Double {
    bytes.indices.reduce(0) { total, position in
      total + bytes[chosen.last { $0 <= position } ?? 0]
    }
  }

  /// Every other ladder with as many rungs makes devices download at least as much.
  @Test(arguments: [1.0, 1.4, 2.0])
  func noOtherLadderIsBetter(power: Double) {
    let bytes = (0..<12).map { 400_000 * pow(2, -Double($0) / 4 * power) }
    let chosen = LadderStep.choose(bytes: bytes)
    #expect(chosen.first == 0)
    #expect(chosen.count == LadderStep.mostRungs)
    let best = waste(chosen, bytes)
    for mask in 0..<(1 << 11) where mask.nonzeroBitCount == 4 {
      let other = [0] + (0..<11).filter { mask >> $0 & 1 == 1 }.map { $0 + 1 }
      #expect(waste(other, bytes) >= best - 1e-6, "\(other) \(chosen)")
    }
  }

  @Test(arguments: [
    ([100.0], [0]),
    // Smaller widths weigh the same: one file does for all.
    ([100, 100, 100, 100], [0]),
    ([100, 50], [0, 1]),
    ([100, 99.5, 99, 20], [0, 3]),
  ])
  func rungsHaveToSaveSomething(bytes: [Double], chosen: [Int]) {
    #expect(LadderStep.choose(bytes: bytes) == chosen)
  }

  @Test func aJobMakesTheChosenRungsAlone() throws {
    let site = try TestSite()
    let source = try site.add(Drawing.photograph(800, 500).image().jpeg(quality: 95, chroma: .full), "a.jpg")
    var job = source.job(widths: Ladder.choices(sourceWidth: 800, top: 1920), [.webp])
    for index in job.renditions.indices { job.renditions[index].choice = index }
    let cache = AssetCache(folder: nil)
    let first = site.pool().render([job], cache: cache)
    let widths = first.outcomes[0].variants.map(\.width)
    #expect(widths.first == 800)
    #expect((2...5).contains(widths.count), "\(widths)")
    let second = site.pool().render([job], cache: cache)
    #expect(second.outcomes[0].encoded == 0)
    #expect(second.outcomes[0].variants == first.outcomes[0].variants)
  }
}
