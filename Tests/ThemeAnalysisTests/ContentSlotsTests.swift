import AssetModel
import Testing
import Web

@testable import ThemeAnalysis

/// Images that something narrows, in a column of 600 pixels.
@Suite struct ContentSlotsTests {
  private static let column = "body { margin: 0 } main { width: 600px } img { max-width: 100% }"

  private func slots(_ css: String, _ kinds: Set<[String: String]>) -> [String: Double] {
    let sheet = StyleSheetParser.parse(Self.column + css, file: "a.css")
    let column = ContentColumn(
      rules: sheet.rules, chain: MarkupFindingsTests.chain, variables: sheet.variables,
      canOccur: { _ in false })
    let slots = ContentSlots(column: column, question: SlotQuestion(kinds: kinds, viewports: [1440]))
      .narrower(than: column.widths() ?? SlotWidths(pieces: []), layout: "post")
    return slots.compactMapValues { $0[1440] }
  }

  private func key(_ container: SlotContainer, _ attributes: [String: String] = [:]) -> String {
    ThemeFit.slotKey(layout: "post", container: container.rawValue, attributes: attributes)
  }

  @Test func listsAndQuotationsAreIndentedAsBrowsersDo() {
    let slots = slots("", [])
    #expect(slots == [key(.list): 560, key(.quote): 520])
  }

  @Test func rulesForTheTextGoBeforeTheBrowsersOwn() {
    #expect(slots("* { margin: 0; padding: 0 }", []) == [:])
    #expect(
      slots("ul { padding-left: 1em } blockquote { margin: 0 10% }", []) == [
        key(.list): 584, key(.quote): 480,
      ])
  }

  @Test func rulesForAnImagesOwnClassCount() {
    let right = ["class": "right"]
    let slots = slots(".right { float: right; width: 45% }", [right, ["class": "other"]])
    #expect(slots[key(.paragraph, right)] == 270)
    #expect(slots[key(.list, right)] == 252)
    #expect(slots[key(.paragraph, ["class": "other"])] == nil)
  }

  @Test func whatMayOrMayNotHoldSaysNothing() {
    #expect(slots("@supports (x: y) { ul { padding: 0 } }", [])[key(.list)] == nil)
  }
}
