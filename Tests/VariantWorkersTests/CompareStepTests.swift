import AssetModel
import Testing
import VariantPlanner

@testable import VariantWorkers

@Suite struct CompareStepTests {
  private func source(_ format: ImageFormat, bytes: Int) -> Source {
    Source(path: "a", sha256: "", bytes: bytes, format: format, width: 400, height: 300)
  }

  private func rendition(_ purpose: Variant.Purpose, crop: Crop? = nil) -> Rendition {
    Rendition(width: 200, height: 150, crop: crop, purpose: purpose, photograph: [], graphic: [])
  }

  @Test(
    "A candidate is worth having with fewer bytes than its source",
    arguments: [
      (Variant.Purpose.responsive, 9_999, true), (.responsive, 10_000, false), (.fallback, 10_001, false),
    ])
  func candidates(_ purpose: Variant.Purpose, bytes: Int, isWorthHaving: Bool) {
    let worth = CompareStep.isWorthHaving(
      bytes: bytes, for: rendition(purpose), than: source(.jpeg, bytes: 10_000))
    #expect(worth == isWorthHaving)
  }

  @Test(
    "A file that takes its source's URL has to save what an audit would complain of",
    arguments: [
      (Variant.Purpose.standalone, 5_904, true), (.standalone, 5_905, false), (.sameSize, 5_905, false),
    ])
  func replacements(_ purpose: Variant.Purpose, bytes: Int, isWorthHaving: Bool) {
    let worth = CompareStep.isWorthHaving(
      bytes: bytes, for: rendition(purpose), than: source(.png, bytes: 10_000))
    #expect(worth == isWorthHaving)
  }

  @Test("What no browser shows, and a crop that cuts something off, have no source to be compared with")
  func withoutComparison() {
    #expect(
      CompareStep.isWorthHaving(bytes: 99_999, for: rendition(.responsive), than: source(.heic, bytes: 10)))
    #expect(
      CompareStep.isWorthHaving(
        bytes: 99_999, for: rendition(.responsive, crop: .square), than: source(.jpeg, bytes: 10)))
  }
}
