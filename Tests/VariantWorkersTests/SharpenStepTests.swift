import AssetModel
import Testing
import VariantPlanner

@testable import VariantWorkers

@Suite struct SharpenStepTests {
  @Test(arguments: [3, 4])
  func edgesGetStrongerAndPlainGroundStays(bands: Int) throws {
    let edge = Drawing(width: 60, height: 20, bands: bands) { x, _ in
      [UInt8](repeating: x < 29 ? 80 : x < 31 ? 125 : 170, count: 3) + (bands == 4 ? [UInt8(100 + x)] : [])
    }
    let sharp = try SharpenStep.sharpen(edge.image()).inMemory()
    #expect((sharp.width, sharp.height, sharp.bands) == (60, 20, bands))
    #expect(try abs(sharp.pixel(5, 10)[0] - 80) <= 1)
    #expect(try sharp.pixel(28, 10)[0] < 79)
    #expect(try sharp.pixel(31, 10)[0] > 171)
    if bands == 4 { #expect(try sharp.pixel(28, 10)[3] == 128) }
  }

  @Test func onlyWhatWasMadeSmallerIsSharpened() throws {
    let site = try TestSite()
    let source = try site.add(Drawing.quarters(400, 300).image().jpeg(quality: 100, chroma: .full), "a.jpg")
    let plain = source.job(widths: [400, 100], [.webp])
    var sharp = plain
    for index in sharp.renditions.indices { sharp.renditions[index].sharpen = true }
    let files = [plain, sharp].map { site.pool().render([$0]).outcomes[0].variants }
    let digests = files.map { $0.map(\.sha256) }
    #expect(digests[0].first == digests[1].first)
    #expect(digests[0].last != digests[1].last)
    #expect(Set(files.joined().map(\.path)).count == 4)
  }
}
