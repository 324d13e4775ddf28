import Testing
import TestSupport

@testable import PostScanner

/// What real renderers were recorded to show of small texts, against what the scanner says of them.
@Suite struct MarkdownCaseTests {
  @Test(arguments: RecordedImages.Renderer.allCases)
  func theScannerFindsWhatIsShown(_ renderer: RecordedImages.Renderer) throws {
    let recorded = try #require(RecordedImages.recorded)
    var differing: Set<String> = []
    for one in MarkdownCase.all {
      let rendered = recorded[one, renderer]
      if ScannedMarkdown.agrees(one.source, with: rendered, of: renderer) { continue }
      differing.insert(one.name)
      if Self.differences[renderer]?.contains(one.name) == true { continue }
      let scanned = ScannedMarkdown.description(one.source, of: renderer)
      Issue.record(
        "\(one.name): \(one.source.debugDescription) shows \(rendered), the scanner finds \(scanned)")
    }
    // What agrees now is taken off the list, so that it stays so.
    #expect(Self.differences[renderer, default: []].subtracting(differing).isEmpty)
  }

  /// Texts that the scanner reads in another way.
  static let differences: [RecordedImages.Renderer: Set<String>] = [
    // The image is the include's, which a site may write in any way.
    .kramdown: ["Liquid: an include"],
    // Hugo prints these labels with the marks that escape them, and without their lines' ends.
    .goldmark: [
      "an escaped bracket in the label", "an entity in the label", "a line's end in the label",
      "quotes and signs in the label", "a pipe in a table's label", "![a \\] b](x.png)\n", "![a\nb](x.png)\n",
      "![a &amp; b](x.png)\n",
    ],
    .pythonMarkdown: [
      // Found, and left as it is, since the label holds more than text.
      "a link in the label",
      // A link with an image's tag for its address.
      "in an autolink",
      // The table takes the mark that escapes the pipe away.
      "a pipe in a table's label",
    ],
  ]
}
