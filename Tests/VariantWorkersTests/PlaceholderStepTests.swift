import AssetCache
import AssetModel
import Foundation
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

@Suite struct PlaceholderStepTests {
  @Test func theColorOfMostPixels() throws {
    let picture = Drawing(width: 40, height: 30) { x, y in
      x < 25 ? [200, 100, UInt8(48 + y % 3)] : [UInt8(x), UInt8(y), 255]
    }
    #expect(try PlaceholderStep.make(.color, of: picture.image(), orientation: 1) == "#c86431")
    let gray = try Image.fromPixels([9, 9, 9, 200], width: 4, height: 1, bands: 1, file: "gray")
    #expect(try PlaceholderStep.make(.color, of: gray, orientation: 1) == "#090909")
  }

  @Test func aFewPixelsTheRightWayUp() throws {
    for size in [(600, 400), (30, 900), (1, 1)] {
      let drawing = Drawing.photograph(size.0, size.1)
      let url = try #require(try PlaceholderStep.make(.blur, of: drawing.image(), orientation: 6))
      #expect(url.count < PlaceholderStep.mostCharacters)
      let data = try #require(Data(base64Encoded: String(url.dropFirst("data:image/webp;base64,".count))))
      let image = try Image.open(data, with: .webp, file: "blur", failOn: .warning)
      #expect(image.width <= image.height || size.0 < size.1)
    }
  }

  @Test func nothingBehindTransparency() throws {
    let clear = try Drawing(width: 9, height: 9, bands: 4) { _, _ in [1, 2, 3, 4] }.image()
    for kind in PlanOptions.Placeholder.allCases {
      #expect(try PlaceholderStep.make(kind, of: clear, orientation: 1) == nil)
    }
  }

  @Test func aLaterRunLooksAgainOnlyForWhatItLacks() throws {
    let site = try TestSite()
    var job = try site.add(Drawing.photograph(300, 200).image().png(), "a.png").job(widths: [200], [.webp])
    let cache = AssetCache(folder: nil)
    let plain = site.pool().render([job], cache: cache)
    #expect(plain.outcomes[0].source.placeholder == nil)
    job.placeholder = .color
    let colored = site.pool().render([job], cache: cache)
    #expect(colored.outcomes[0].source.placeholder?.hasPrefix("#") == true)
    #expect(colored.outcomes[0].encoded == 0)
    try FileManager.default.removeItem(atPath: site.root.absolute("a.png"))
    #expect(site.pool().render([job], cache: cache).outcomes == colored.outcomes.map(\.warm))
  }
}

extension RenderOutcome {
  /// The same where everything was there already.
  var warm: RenderOutcome {
    var outcome = self
    (outcome.reused, outcome.encoded) = (variants.count, 0)
    return outcome
  }
}
