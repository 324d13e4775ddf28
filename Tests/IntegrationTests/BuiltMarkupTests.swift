import AssetModel
import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What a run makes of pages, whatever made them.
  @Suite struct BuiltMarkupTests {
    private static func site(_ body: String, head: String = "") throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      let picture = try DrawnSite.picture(1400, 900, grain: 7)
      try folder.write(picture.jpeg(quality: 92, chroma: .full), to: "site/img/field.jpg")
      // What Nuxt's image module does: a WebP under another name.
      try folder.write(
        picture.resized(width: 700, height: 450).webp(quality: 90, effort: 2, sharpChroma: true),
        to: "site/img/field-700.jpg")
      try folder.write(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>x</title>\(head)</head><body><main>\(body)"
          + "</main></body></html>", to: "site/index.html")
      return folder
    }

    private static func page(_ folder: TemporaryFolder) throws -> String {
      try String(contentsOfFile: folder("after/index.html"), encoding: .utf8)
    }

    /// The files of a page's lists, by the format that they hold.
    @Test func offersBothFormatsWhereNothingCanTell() async throws {
      let folder = try Self.site(#"<p><img src="/img/field.jpg" alt="a_b"></p>"#)
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      let page = try Self.page(folder)
      #expect(
        page.contains(#"<picture><source type="image/avif" srcset="/assets/optimized/img/field-"#), "\(page)")
      #expect(page.contains(#"<img src="/img/field.jpg" alt="a_b""#) && page.contains("</picture></p>"))
      #expect(report.summary.markup?.form == .picture)
      #expect(report.summary.markup?.reason.contains("1 of 1 image") == true)
      // A run that has nothing left to do.
      let second = try await Product.optimize(folder("after"), "--in-place")
      #expect(second.summary.referencesRewritten == 0)
    }

    @Test func aRuleThatCouldTellGetsNoPicture() async throws {
      let folder = try Self.site(
        #"<p><img src="/img/field.jpg" alt=""></p>"#, head: "<style>p > img { width: 50% }</style>")
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      let page = try Self.page(folder)
      #expect(!page.contains("<picture>") && page.contains("srcset=\"/assets/optimized/img/field-"))
      let note = report.manifest.problems.first { $0.message.contains("no <picture>") }
      #expect(
        note?.message
          == "1 image gets a srcset of WebP and no <picture>: `p > img` in index.html:1 asks what it stands in"
      )
    }

    /// `markup:` holds for pages as well.
    @Test func theConfigurationDecides() async throws {
      let folder = try Self.site(#"<p><img src="/img/field.jpg" alt=""></p>"#)
      try folder.write("markup: srcset\n", to: "site/optimize-assets.yml")
      try await Product.optimize(folder("site"), "--output", folder("after"))
      #expect(try !Self.page(folder).contains("<picture>"))
      #expect(try Self.page(folder).contains("srcset="))
    }

    /// A format is what the bytes say: rungs beside a WebP that is named .jpg are WebP.
    @Test func aFileIsJudgedByItsBytes() async throws {
      let folder = try Self.site(
        #"<p><img src="/img/field-700.jpg" srcset="/img/field-700.jpg 700w" sizes="300px" alt=""></p>"#,
        head: "<style>p > img { width: 300px }</style>")
      try await Product.optimize(folder("site"), "--output", folder("after"))
      let page = try Self.page(folder)
      #expect(page.contains("/img/field-700.jpg 700w, /assets/optimized/img/field-700-"), "\(page)")
      #expect(page.contains(".webp 3") && !page.contains(".jpg 3"), "\(page)")
    }

    @Test func aListOfDensitiesStaysAndALineSaysSo() async throws {
      let body =
        #"<p><img src="/img/field-700.jpg" srcset="/img/field-700.jpg 1x, /img/field.jpg 2x" alt=""></p>"#
      let folder = try Self.site(body)
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      #expect(try Self.page(folder).contains(body))
      #expect(
        report.manifest.problems.contains { $0.message.contains("1 srcset stays as the generator made it") })
    }
  }
}
