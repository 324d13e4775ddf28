import AssetCache
import AssetModel
import Foundation
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

@Suite struct PerceptualTests {
  private func settings(_ format: ImageFormat, _ target: Double, loss: EncodingSettings.Compression = .lossy)
    -> EncodingSettings
  {
    EncodingSettings(format: format, loss: loss, effort: format == .avif ? 1 : 4, target: target)
  }

  /// A picture with more detail on its left than on its right.
  private static let photograph = Drawing(width: 240, height: 160) { x, y in
    let detail = Double((x * 7919 ^ y * 104_729) % 64 - 32) * max(0, 1 - Double(x) / 200)
    let light = 120 + 60 * sin(Double(x) / 40) + 40 * cos(Double(y) / 30) + detail
    return [
      UInt8(max(0, min(255, light))), UInt8(max(0, min(255, light * 0.8 + 20))), UInt8(min(255, 60 + x / 3)),
    ]
  }

  /// The picture is mostly noise, on which a step of quality does more than on any photograph.
  @Test(arguments: [ImageFormat.jpeg, .webp, .avif], [65.0, 80.0])
  func everyRungComesNearTheTarget(format: ImageFormat, target: Double) throws {
    let site = try TestSite()
    let source = try site.add(Self.photograph.image().png(), "a.png")
    let outcome = try site.render(source, widths: [240, 160, 115], [settings(format, target)])
    #expect(outcome.problems.isEmpty)
    #expect(!outcome.variants.isEmpty)
    for variant in outcome.variants {
      let score = try #require(variant.score)
      let range = QualityModel(format: format, content: .photograph, target: target).range
      #expect(
        abs(score - target) < 5
          || variant.settings.quality == range.lowerBound && score > target,
        "\(variant.width): \(score) at \(variant.settings.quality ?? 0)")
      #expect(variant.settings.quality != nil)
      #expect(variant.settings.loss == .lossy)
      // The score is that of the file which is there.
      let job = source.job(widths: [variant.width], [.webpLossless], purpose: .fallback)
      let exact = try #require(
        site.pool().render([job]).outcomes.first?.variants.first)
      let judge = try ScoreStep(site.pixels(of: exact), for: format)
      let file = try Data(contentsOf: URL(filePath: site.output + "/" + variant.path))
      #expect(try judge.score(of: file, format) == score)
    }
  }

  @Test func aScreenshotThatLossySpoilsIsLossless() throws {
    let site = try TestSite()
    let source = try site.add(Drawing.screenshot(500, 300).image().png(), "a.png")
    let outcome = try site.render(source, widths: [500], [settings(.webp, 90, loss: .smallest)])
    #expect(outcome.variants.first?.settings.loss == .lossless)
    #expect(outcome.variants.first?.score == 100)
  }

  @Test func resultsAreRememberedAndTheSameForAnyNumberOfWorkers() throws {
    let site = try TestSite()
    let source = try site.add(Self.photograph.image().png(), "a.png")
    let job = source.job(widths: [240, 180, 140, 115], [settings(.webp, 70)])
    let one = site.pool(jobs: 1).render([job])
    let files = try site.outputs()
    try FileManager.default.removeItem(atPath: site.output)
    let cache = AssetCache(folder: nil)
    let two = site.pool(jobs: 3).render([job], cache: cache)
    #expect(try site.outputs() == files)
    #expect(one.outcomes == two.outcomes)
    let warm = site.pool().render([job], cache: cache)
    #expect(warm.outcomes[0].encoded == 0)
    #expect(warm.outcomes[0].variants == two.outcomes[0].variants)
  }

  /// A file is the same whichever rungs are made with it, so that its name can stand for its bytes.
  @Test(arguments: [[120], [200, 120], [240, 200, 160, 120]])
  func aRungDoesNotDependOnTheOthers(widths: [Int]) throws {
    let site = try TestSite()
    let source = try site.add(Self.photograph.image().png(), "a.png")
    let outcome = site.pool().render([source.job(widths: widths, [settings(.webp, 70)])]).outcomes[0]
    let alone = site.pool().render([source.job(widths: [120], [settings(.webp, 70)])]).outcomes[0]
    #expect(alone.variants.count == 1)
    #expect(outcome.variants.filter { $0.width == 120 }.map(\.sha256) == alone.variants.map(\.sha256))
  }

  /// A run can end, or its worker can die, between a search and the files that follow from it.
  @Test(arguments: [ImageFormat.jpeg, .webp, .avif], 1...3)
  func aRungDoesNotDependOnWhatAnEarlierRunFound(format: ImageFormat, seed: Int) throws {
    let site = try TestSite()
    var random = SplitMix(seed: UInt64(seed))
    let noise = Drawing(width: 360, height: 270) { x, y in
      (0..<3).map { UInt8(min(255, 40 * $0 + x / 5 + y / 9 + Int(random.next() % 16))) }
    }
    let source = try site.add(noise.image().png(), "a.png")
    let cache = AssetCache(folder: nil)
    let full = source.job(widths: [360, 120], [settings(format, 70)])
    let apart = site.pool().render([full]).outcomes
    try FileManager.default.removeItem(atPath: site.output)
    // It leaves where the search ended, and not the file of the rung that it looked at.
    _ = site.pool().render([source.job(widths: [120], [settings(format, 70)])], cache: cache)
    let after = site.pool().render([full], cache: cache).outcomes
    #expect(after[0].variants.map(\.sha256) == apart[0].variants.map(\.sha256))
  }

  @Test func scoresAreNotedWhereAskedFor() throws {
    let site = try TestSite()
    let source = try site.add(Self.photograph.image().png(), "a.png")
    var job = source.job(widths: [240], [.webp, .jpeg])
    let cache = AssetCache(folder: nil)
    let plain = site.pool().render([job], cache: cache)
    #expect(plain.outcomes[0].variants.allSatisfy { $0.score == nil })
    job.scores = true
    let scored = site.pool().render([job], cache: cache)
    #expect(scored.outcomes[0].variants.allSatisfy { ($0.score ?? 0) > 30 })
    #expect(scored.outcomes[0].variants.map(\.sha256) == plain.outcomes[0].variants.map(\.sha256))
  }

  @Test func aPaletteIsTakenWhereNobodySeesIt() throws {
    let soft = Drawing(width: 300, height: 200) { x, y in [UInt8(x / 2), UInt8(y / 2), 90] }
    let step = EncodeStep(content: .graphic)
    let png = EncodingSettings(format: .png, loss: .smallest)
    let chosen = try step.encode(soft.image(), png)
    if chosen.settings.loss == .lossy {
      #expect(try #require(chosen.score) >= EncodeStep.visuallyLossless)
    }
    let noisy = Drawing(width: 200, height: 150) { x, y in
      [UInt8((x * 7919 ^ y * 31) % 256), UInt8((x * 31 ^ y * 7919) % 256), UInt8((x * y) % 256)]
    }
    #expect(try step.encode(noisy.image(), png).settings.loss == .lossless)
  }
}
