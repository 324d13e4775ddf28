import AssetModel
import Foundation
import Testing
import TestSupport
import Vips
import Web

extension IntegrationTests {
  /// An image in every place of a Markdown text that changes how a renderer reads it: the pages stay the same.
  @Suite struct ContextTests {
    // MARK: Jekyll

    /// An image as an author of a Jekyll blog writes it.
    enum KramdownWriting: String, CaseIterable, Sendable {
      case plain = "![a](/x.png)"
      case dressed = "![a *b*](/x.png \"it's <5 & \\\"6\\\"\"){:.c width=\"90\"}"
      /// kramdown makes tables of many of the contexts, which then hold no image.
      case piped = "![a b](/x.png \"t | 'u'\"){:.c}"
    }

    @Test(.needsJekyll, arguments: MarkupForm.allCases, KramdownWriting.allCases)
    func jekyllsPagesStay(markup: MarkupForm, writing: KramdownWriting) async throws {
      let site = try ContextSite(
        image: writing.rawValue, header: "---\nlayout: none\n---\n", markup: markup,
        files: ["_config.yml": "title: contexts\n", "x.png": nil], post: { "\($0).md" },
        page: { "\($0).html" })
      let report = try await site.optimized { try await Jekyll.build($0, to: $1) }
      let comparison = try site.expectSamePages()
      // Where the page shows the image, it must have been found as well.
      if writing != .piped { #expect(comparison.responsive == comparison.images) }
      if writing != .piped { #expect(comparison.images >= site.contexts.count) }
      #expect(report.summary.referencesRewritten > 0)
    }

    // MARK: Hugo

    /// An image as an author of a Hugo site writes it.
    enum GoldmarkWriting: String, CaseIterable, Sendable {
      case plain = "![a](/x.png)"
      case dressed = "![a *b*](/x.png \"it's <5 & 6\")"
    }

    /// Where HTML is dropped, a generated render hook shows the images, and the posts stay as they are.
    @Test(
      .needsHugo,
      arguments: [(true, MarkupForm.picture), (true, .srcset), (false, .picture), (false, .srcset)],
      GoldmarkWriting.allCases)
    func hugosPagesStay(form: (allowsHTML: Bool, markup: MarkupForm), writing: GoldmarkWriting) async throws {
      let configuration = """
        baseURL = "https://example.org/"
        disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home"]
        [markup.goldmark.renderer]
        unsafe = \(form.allowsHTML)
        """
      let site = try ContextSite(
        image: writing.rawValue, header: "---\ntitle: t\n---\n", markup: form.markup,
        files: [
          "config.toml": configuration, "layouts/_default/single.html": "<main>{{ .Content }}</main>",
          "static/x.png": nil,
        ], post: { "content/\($0).md" }, page: { "\($0)/index.html" })
      _ = try await site.optimized { try await Hugo.build($0, to: $1) }
      let comparison = try site.expectSamePages()
      // Hugo derives a heading's id from its text, so that those in headings are left alone.
      let left = site.contexts.count(where: \.isInHeading)
      #expect(comparison.images >= site.contexts.count)
      #expect(comparison.responsive == comparison.images - left)
      guard !form.allowsHTML else { return }
      for index in site.contexts.indices {
        #expect(try site.post(index, in: "site") == site.post(index, in: "staged"))
      }
    }
  }

  /// A site with a post for each context, built before and after.
  private struct ContextSite {
    let contexts = MarkdownContext.all
    private let folder: TemporaryFolder
    private let post: (String) -> String
    private let page: (String) -> String

    /// - Parameters:
    ///   - image: the image's text.
    ///   - files: the site's other files; nil is a picture.
    ///   - post: the path of a post by its name.
    ///   - page: the path of its page.
    init(
      image: String, header: String, markup: MarkupForm, files: [String: String?],
      post: @escaping (String) -> String, page: @escaping (String) -> String
    ) throws {
      folder = try TemporaryFolder()
      (self.post, self.page) = (post, page)
      for (index, context) in contexts.enumerated() {
        try folder.write(header + context.text(image), to: "site/" + post(Self.name(index)))
      }
      for (path, text) in files {
        try folder.write(text.map { Data($0.utf8) } ?? Self.picture(), to: "site/" + path)
      }
      try folder.write("markup: \(markup.rawValue)\n", to: "markup.yml")
    }

    private static func name(_ index: Int) -> String { "p\(100 + index)" }

    /// A PNG of 400 by 300 pixels, of which smaller files are worth having.
    private static func picture() throws -> Data {
      var pixels: [UInt8] = []
      for y in 0..<300 { for x in 0..<400 { pixels += [UInt8(x / 2), UInt8(y / 2), UInt8((x ^ y) & 63)] } }
      return try Image.fromPixels(pixels, width: 400, height: 300, bands: 3, file: "drawing").png()
    }

    /// Optimizes the site, and builds it before and after.
    func optimized(_ build: (String, String) async throws -> Void) async throws -> OptimizeReport {
      try await build(folder("site"), folder("before"))
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--config", folder("markup.yml"))
      try await build(folder("staged"), folder("after"))
      return report
    }

    func post(_ index: Int, in tree: String) throws -> String {
      try folder.text(tree + "/" + post(Self.name(index)))
    }

    func expectSamePages() throws -> SiteComparison {
      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      for changed in comparison.changed {
        let index = contexts.indices.first { page(Self.name($0)) == changed.page }
        Issue.record("\(index.map { contexts[$0].name } ?? changed.page): \(changed.difference)")
      }
      #expect(comparison.isSame)
      #expect(comparison.pages == contexts.count)
      return comparison
    }
  }
}
