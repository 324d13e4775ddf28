import Foundation
import Manifest
import RenderedHTML
import Testing

extension IntegrationTests {
  /// An image in every place of a Markdown text that changes how a renderer reads it.
  @Suite(.needsJekyll) struct ReplacementContextTests {
    /// An image as an author writes it.
    enum Writing: String, CaseIterable, Sendable {
      case plain = "![a](/x.png)"
      case dressed = "![a *b*](/x.png \"it's <5 & \\\"6\\\"\"){:.c width=\"90\"}"
      /// kramdown makes tables of many of the contexts, which then hold no image.
      case piped = "![a b](/x.png \"t | 'u'\"){:.c}"
    }

    @Test(arguments: MarkupForm.allCases, Writing.allCases)
    func keepThePage(markup: MarkupForm, writing: Writing) async throws {
      guard let contexts = try ReplacementContext.all() else { return }
      let folder = try TemporaryFolder()
      for (index, context) in contexts.enumerated() {
        try folder.write(
          "---\nlayout: none\n---\n" + context.template.replacing("@", with: writing.rawValue),
          to: "site/p\(100 + index).md")
      }
      try folder.write("title: contexts\n", to: "site/_config.yml")
      try folder.write("markup: \(markup.rawValue)\n", to: "markup.yml")
      try folder.write(ReplacementContext.drawing(), to: "site/x.png")
      try await Jekyll.build(folder("site"), to: folder("before"))
      let report = try await Product.optimize(
        folder("site"), "--output", folder("staged"), "--config", folder("markup.yml"))
      try await Jekyll.build(folder("staged"), to: folder("after"))

      let comparison = try SiteComparison(before: folder("before"), after: folder("after"))
      let names = Dictionary(
        uniqueKeysWithValues: contexts.enumerated().map { ("p\(100 + $0.offset).html", $0.element.name) })
      for changed in comparison.changed {
        Issue.record("\(names[changed.page] ?? changed.page): \(changed.difference)")
      }
      #expect(comparison.isSame)
      #expect(comparison.pages == contexts.count)
      if writing != .piped {
        // Where the page shows the image, it must have been found as well.
        #expect(comparison.responsive == comparison.images)
        #expect(comparison.images >= contexts.count)
      }
      print(
        "contexts as \(markup.rawValue), \(writing.rawValue): \(comparison.pages - comparison.changed.count) of"
          + " \(comparison.pages) the same, \(comparison.responsive) of \(comparison.images) images responsive,"
          + " \(report.summary.referencesRewritten) references rewritten")
    }
  }
}
