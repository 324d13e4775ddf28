import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What images gain whose generator gave them candidates.
  @Suite struct GainedCandidatesTests {
    /// What screens load that is wider than the ladder becomes lighter too.
    @Test func widerThanTheLadderIsOneOfThem() async throws {
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(1400, 900, grain: 7)
      try folder.write(picture.jpeg(quality: 92, chroma: .full), to: "site/a.jpg")
      try folder.write("widths: [320, 640]\nmarkup: srcset\n", to: "site/optimize-assets.yml")
      try folder.write(
        #"<!doctype html><title>x</title><img src="/a.jpg" srcset="/a.jpg 1400w" sizes="100vw" alt="">"#,
        to: "site/index.html")
      try await Product.optimize(folder("site"), "--output", folder("after"))
      let page = try String(contentsOfFile: folder("after/index.html"), encoding: .utf8)
      #expect(page.contains(".webp 1400w") && !page.contains("/a.jpg 1400w"), "\(page)")
    }
  }
}
