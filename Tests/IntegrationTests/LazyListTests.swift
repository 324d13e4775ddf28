import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Lists of a generator's: what a lazy loader puts together is lighter together, or stays.
  @Suite struct LazyListTests {
    private func page(_ image: String, widths: [Int]) async throws -> String {
      let folder = try TemporaryFolder([
        "site/index.html": "<!doctype html><title>x</title><style>img{max-width:100%}</style><p>\(image)</p>"
      ])
      for width in widths {
        let picture = try DrawnSite.picture(width, width * 2 / 3, grain: 6)
        try folder.write(picture.jpeg(quality: 96, chroma: .full), to: "site/\(width).jpg")
        try folder.write(picture.webp(quality: 90, effort: 0, sharpChroma: false), to: "site/\(width).webp")
      }
      let run = try await Product.run([folder("site"), "--output", folder("out"), "--effort", "fast"])
      #expect(run.status == 0, "\(run.errors)")
      return try folder.text("out/index.html")
    }

    @Test func aListThatStaysKeepsItsSource() async throws {
      // It says another width than its file has.
      let image =
        "<img data-src=\"/900.jpg\" data-srcset=\"/300.jpg 300w, /900.jpg 640w\" sizes=\"300px\" alt=\"\">"
      let script =
        "<script>for (const i of document.images) { i.srcset = i.dataset.srcset; i.src = i.dataset.src }</script>"
      #expect(try await page(image + script, widths: [300, 900]).contains(image))
    }

    @Test func aListOfSeveralFormatsGainsLighterFiles() async throws {
      let image =
        "<img src=\"/300.webp\" srcset=\"/300.webp 300w, /1200.jpg 1200w\" sizes=\"600px\" alt=\"\">"
      let text = try await page(image, widths: [300, 1200])
      #expect(text.contains("1200-") && text.contains(".webp 640w"), "\(text)")
      #expect(!text.contains("/1200.jpg 1200w"), "\(text)")
    }
  }
}
