import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// Images that the summary of a Hugo post can hold.
@Suite struct AutomaticSummaryTests {
  private static let words = String(repeating: "word ", count: 12)

  @Test(arguments: [
    // The paragraph that fills the summary is its last.
    (words + "![](/a.png)\n\n![](/b.png)\n", [true, false]),
    ("![](/a.png)\n\n" + words + "\n\n![](/b.png)\n", [true, false]),
    ("few ![](/a.png)\n\n![](/b.png)\n", [true, true]),
    // A list, and markup, are not counted on.
    ("- " + words + "\n\n![](/a.png)\n\n" + words + "\n\n![](/b.png)", [true, false]),
    ("[" + words.replacing(" ", with: "=") + "]\n\n![](/a.png)\n\n<img src=\"/b.png\">", [true, true]),
    (words + "\n\n<!--more-->\n\n![](/a.png) ![](/b.png)", [false, false]),
  ])
  func summaryEndsWithTheParagraphThatFillsIt(body: String, isIn: [Bool]) throws {
    for (head, expected) in [("", isIn), ("summary: own\n", [false, false])] {
      let references = try scan(body, head)
      #expect(references.map { $0.isInSummary == true } == expected, "\(head)\(body)")
    }
  }

  @Test func aRelativeImageHasNoCandidateThere() throws {
    let references = try scan("<img src=\"c.png\"> ![](c.png)", "")
    #expect(references.map { $0.isInSummary == true } == [false, false])
    #expect(references[0].keptBecause?.contains("<!--more-->") == true)
    #expect(references[1].keptBecause == nil && references[1].changesText == true)
  }

  /// Lists and feeds print it at their own URLs.
  @Test(arguments: ["", "disableKinds = ['RSS']\n"])
  func aRelativeImageAboveADividerStays(settings: String) throws {
    let body = "<img src=\"c.png\"> ![](c.png) ![](/a.png)\n\n<!--more-->\n\n![](c.png) <img src=\"c.png\">"
    let references = try scan(body, "", settings)
    #expect(
      references.map { $0.keptBecause?.contains("above <!--more-->") == true } == [
        true, true, false, false, false,
      ])
    #expect(references.allSatisfy { $0.isInSummary != true })
    #expect(references.filter { $0.keptBecause == nil }.count == 3)
  }

  /// Of other generators' posts a divider says nothing.
  @Test func aDividerIsOneOfHugosPosts() throws {
    let folder = try TemporaryFolder([
      "_config.yml": "title: a\n", "c.png": "x",
      "_posts/2024-01-01-a.md": "---\ntitle: a\n---\n![](../../../c.png)\n\n<!--more-->\n",
    ])
    #expect(try folder.scan().references.allSatisfy { $0.keptBecause == nil })
  }

  @Test(arguments: [
    ("disableKinds = ['RSS']\n", false), ("summaryLength = 3\n", true), ("", true),
  ])
  func sitesWithoutFeedsHaveNoSummaries(settings: String, has: Bool) throws {
    #expect(try scan("![](/a.png)", "", settings).map { $0.isInSummary == true } == [has])
  }

  /// Hugo's own template for images makes the URL of one beside its post, in every site of several languages.
  @Test(arguments: [
    ("", nil), ("[languages.en]\n[languages.de]\n", "Hugo's own template"), ("[languages.en]\n", nil),
    ("[markup.goldmark.renderHooks.image]\nenableDefault = true\n", "Hugo's own template"),
  ])
  func imagesBesidePostsKeepTheirURL(settings: String, reason: String?) throws {
    let references = try scan("<!--more-->\n\n![](c.png) ![](/a.png)", "", settings)
    #expect((references[0].keptBecause?.contains(reason ?? "-") == true) == (reason != nil))
    #expect(references[1].keptBecause == nil)
  }

  private func scan(_ body: String, _ head: String, _ settings: String = "summaryLength = 10\n") throws
    -> [Reference]
  {
    try TemporaryFolder([
      "hugo.toml": settings + "[markup.goldmark.renderer]\nunsafe = true\n", "static/a.png": "x",
      "static/b.png": "x",
      "content/p/c.png": "x", "content/p/index.md": "---\ntitle: a\n\(head)---\n\(body)",
    ]).scan().references
  }
}
