import Foundation
import Manifest
import RenderedHTML
import Testing

extension IntegrationTests {
  /// An image in every place of a Markdown text that changes how a renderer reads it, in Hugo's goldmark.
  @Suite(.needsHugo) struct GoldmarkContextTests {
    /// An image as an author writes it.
    enum Writing: String, CaseIterable, Sendable {
      case plain = "![a](/x.png)"
      case dressed = "![a *b*](/x.png \"it's <5 & 6\")"
    }

    /// Where HTML is dropped, a generated render hook shows the images, and the posts stay as they are.
    @Test(
      arguments: [(true, MarkupForm.picture), (true, .srcset), (false, .picture), (false, .srcset)],
      Writing.allCases)
    func keepThePage(form: (allowsHTML: Bool, markup: MarkupForm), writing: Writing) async throws {
      guard let contexts = try ReplacementContext.all() else { return }
      let folder = try TemporaryFolder()
      for (index, context) in contexts.enumerated() {
        try folder.write(
          "---\ntitle: t\n---\n" + context.template.replacing("@", with: writing.rawValue),
          to: "site/content/p\(100 + index).md")
      }
      let configuration = """
        baseURL = "https://example.org/"
        disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home"]
        [markup.goldmark.renderer]
        unsafe = \(form.allowsHTML)
        """
      try folder.write(configuration, to: "site/config.toml")
      try folder.write("<main>{{ .Content }}</main>", to: "site/layouts/_default/single.html")
      try folder.write("markup: \(form.markup.rawValue)\n", to: "markup.yml")
      try folder.write(ReplacementContext.drawing(), to: "site/static/x.png")
      try await build(folder("site"), to: folder("before"))
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--config", folder("markup.yml"))
      try await build(folder("staged"), to: folder("after"))

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      let names = Dictionary(
        uniqueKeysWithValues: contexts.enumerated().map {
          ("p\(100 + $0.offset)/index.html", $0.element.name)
        })
      for changed in comparison.changed {
        Issue.record("\(names[changed.page] ?? changed.page): \(changed.difference)")
      }
      #expect(comparison.isSame)
      #expect(comparison.pages == contexts.count)
      // Hugo derives a heading's id from its text, so that the three in headings are left alone.
      #expect(comparison.images >= contexts.count && comparison.responsive == comparison.images - 3)
      if !form.allowsHTML {
        for (index, _) in contexts.enumerated() {
          let path = "/content/p\(100 + index).md"
          #expect(
            FileManager.default.contentsEqual(atPath: folder("site") + path, andPath: folder("staged") + path)
          )
        }
      }
      print(
        "goldmark as \(form.markup.rawValue), HTML \(form.allowsHTML ? "kept" : "dropped"), \(writing.rawValue):"
          + " \(comparison.pages - comparison.changed.count) of \(comparison.pages) the same, \(comparison.responsive) of"
          + " \(comparison.images) images responsive, \(report.summary.referencesRewritten) references rewritten"
      )
    }

    private func build(_ site: String, to output: String) async throws {
      try await Command.succeed(
        #require(Tools.hugo), ["--quiet", "--source", site, "--destination", output], in: site, seconds: 120)
    }
  }
}
