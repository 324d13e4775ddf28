import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What is said of images whose generator gave them candidates.
  @Suite struct GainedCandidatesTests {
    private static func summary(of body: String) async throws -> String {
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(1400, 900, grain: 7)
      try folder.write(picture.jpeg(quality: 92, chroma: .full), to: "site/a.jpg")
      try folder.write(
        picture.resized(width: 700, height: 450).jpeg(quality: 92, chroma: .full), to: "site/b.jpg")
      try folder.write(
        "<!doctype html><html lang=en><title>x</title><body>\(body)</body></html>", to: "site/index.html")
      return try await Product.run(["optimize", folder("site"), "--output", folder("after")]).text
    }

    /// An image that gained some is none that was left.
    @Test func onesThatGainedAreNotLeft() async throws {
      let gained = try await Self.summary(
        of: #"<picture><source srcset="/a.jpg 1400w" sizes="300px"><img src="/a.jpg" alt=""></picture>"#)
      #expect(!gained.contains(" 0 rewritten") && !gained.contains("  left "), "\(gained)")
      let stays = try await Self.summary(
        of: #"<p><img src="/b.jpg" srcset="/b.jpg 1x, /a.jpg 2x" alt=""></p>"#)
      #expect(stays.contains("  left "), "\(stays)")
    }

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
