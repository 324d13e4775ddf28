import AssetModel
import Testing

@testable import VariantWorkers

@Suite struct PruneStepTests {
  private func item(_ width: Int, _ format: ImageFormat, _ bytes: Int, series: String = "") -> PruneStep.Item
  {
    PruneStep.Item(series: series, width: width, format: format, bytes: bytes)
  }

  @Test(
    arguments: [
      // 950 is close to 1000; 870 is not; 800 is close to 870.
      ([(1280, 1000), (960, 950), (640, 870), (320, 800)], [960, 320]),
      ([(1280, 1000), (960, 880), (640, 700)], []),
      ([(1280, 1000), (960, 881)], [960]),
      // A smaller file with more bytes.
      ([(1280, 1000), (960, 1200)], [960]),
      ([(1280, 1000)], []),
      ([], []),
    ] as [([(Int, Int)], [Int])])
  func rungs(files: [(Int, Int)], dropped: [Int]) {
    let items = files.map { item($0.0, .webp, $0.1) }
    let reasons = PruneStep.superfluous(items)
    #expect(reasons.keys.map { items[$0].width }.sorted(by: >) == dropped)
    #expect(reasons.values.allSatisfy { $0 == .closeToNextRung })
  }

  @Test func formatsThatSaveLittle() {
    let items = [
      item(640, .avif, 96), item(320, .avif, 48), item(640, .webp, 100), item(320, .webp, 50),
      item(640, .jpeg, 200), item(320, .jpeg, 100),
    ]
    let reasons = PruneStep.superfluous(items)
    #expect(reasons == [0: .littleOverNextFormat, 1: .littleOverNextFormat])
  }

  @Test func aFormatIsComparedWithTheNextThatStays() {
    // WebP saves nothing over JPEG, so AVIF is compared with JPEG.
    let items = [item(640, .avif, 90), item(640, .webp, 99), item(640, .jpeg, 100)]
    #expect(PruneStep.superfluous(items) == [1: .littleOverNextFormat])
  }

  @Test func aFormatWithoutCommonWidthsStays() {
    #expect(PruneStep.superfluous([item(640, .webp, 100), item(320, .jpeg, 90)]).isEmpty)
  }

  /// A WebP that is heavier than a JPEG of more pixels.
  @Test func rungsAreJudgedBesideAWiderFileOfAnotherFormat() {
    let items = [item(960, .webp, 219), item(640, .webp, 76), item(320, .webp, 7)]
    let close = PruneStep.closeRungs(items, below: item(1200, .jpeg, 87))
    #expect(close.map(\.width) == [960])
    #expect(PruneStep.closeRungs([], below: item(1200, .jpeg, 87)).isEmpty)
  }

  @Test func seriesAreJudgedEachForItself() {
    let items = [item(640, .webp, 100, series: "a"), item(320, .webp, 99, series: "b")]
    #expect(PruneStep.superfluous(items).isEmpty)
  }
}
