import AssetModel
import Testing
import ThemeAnalysis

@testable import AssetPipeline

@Suite struct ImageContainerTests {
  @Test(arguments: [
    ("![a](b)", SlotContainer.paragraph), ("text\n![a](b)", .paragraph), ("- ![a](b)", .list),
    ("* [![a](b)](c)", .list),
    ("  + ![a](b)", .list), ("12. ![a](b)", .list), ("3) ![a](b)", .list), ("> ![a](b)", .quote),
    ("-![a](b)", .paragraph), ("12 ![a](b)", .paragraph), ("- x\n\n![a](b)", .paragraph),
    ("**x** ![a](b)", .paragraph),
  ])
  func lineBeginsWithWhatTheImageStandsIn(text: String, expected: SlotContainer) throws {
    let bytes = Array(text.utf8)
    let start = try #require(bytes.firstIndex(of: UInt8(ascii: "!")))
    let reference = Reference(
      post: "a.md", kind: .markdownInline, range: ByteRange(start, start + 7),
      urlRange: ByteRange(start, start),
      line: 1, column: 1, url: "b", status: .missing)
    #expect(SlotContainer(of: reference, in: bytes) == expected)
    // A text that is shorter than it was.
    #expect(SlotContainer(of: reference, in: []) == .paragraph || start == 0)
  }
}
