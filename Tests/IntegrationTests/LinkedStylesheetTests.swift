import AssetModel
import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Images of a built site that no element shows: those of its stylesheets, and those that it tells crawlers of.
  @Suite struct LinkedStylesheetTests {
    private static let sheet = "body{background:url(../img/field.jpg)}@media print{a{b:c}}"
    private static let json =
      #"<script type="application/ld+json">{"image":"https:\/\/a.org\/img\/field.jpg","name":"a & b"}</script>"#

    private static func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      try folder.write(
        DrawnSite.picture(1400, 900, grain: 7).jpeg(quality: 92, chroma: .full), to: "site/img/field.jpg")
      try folder.write(sheet, to: "site/css/s.css")
      let head =
        #"<title>x</title><link rel="canonical" href="https://a.org/"><link rel=stylesheet href=css/s.css>"#
      try folder.write(
        "<!doctype html><html lang=en><head>\(head)\(json)</head><body><p>x</p></body></html>",
        to: "site/index.html")
      return folder
    }

    private static func text(_ folder: TemporaryFolder, _ path: String) throws -> String {
      try String(contentsOfFile: folder(path), encoding: .utf8)
    }

    @Test func nameLighterFiles() async throws {
      let folder = try Self.site()
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      let sheet = try Self.text(folder, "after/css/s.css")
      #expect(
        sheet.contains("url(../assets/optimized/img/field-") && sheet.hasSuffix("@media print{a{b:c}}"),
        "\(sheet)")
      #expect(sheet.contains(".webp)"))
      let page = try Self.text(folder, "after/index.html")
      #expect(
        page.contains(#""image":"https://a.org/assets/optimized/img/field-"#) && page.contains("a & b"),
        "\(page)")
      #expect(page.contains(#".jpg","name""#))
      // A stylesheet is no page.
      #expect(report.summary.posts == 1 && report.summary.postsRewritten == 1)
      #expect(report.summary.references["local"] == 2)
    }

    @Test func areGivenBackByteForByte() async throws {
      let folder = try Self.site()
      try await Product.optimize(folder("site"), "--in-place")
      #expect(try Self.text(folder, "site/css/s.css") != Self.sheet)
      let edited = try Self.text(folder, "site/css/s.css")
      let second = try await Product.optimize(folder("site"), "--in-place")
      #expect(second.summary.referencesRewritten == 0)
      #expect(try Self.text(folder, "site/css/s.css") == edited)
      _ = try await Product.run(["restore", folder("site")])
      #expect(try Self.text(folder, "site/css/s.css") == Self.sheet)
      #expect(try Self.text(folder, "site/index.html").contains(Self.json))
    }
  }
}
