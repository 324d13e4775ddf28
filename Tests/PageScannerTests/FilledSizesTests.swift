import AssetModel
import Testing

@testable import PageScanner

/// Whether an image is shown as wide as its `sizes` say, be its file ever so wide.
@Suite struct FilledSizesTests {
  /// A column of 640 pixels, all of a narrower window.
  private static let column = SlotWidths(text: "(min-width: 640px) 640px, 100vw")

  @Test(
    arguments: [
      ("(min-width: 640px) 640px, 100vw", true), ("100vw", true), (nil, true),
      ("(min-width: 40em) 640px, 100vw", true),
      // Narrower than the column in some windows: a file that is wider than it says would be shown wider.
      ("(min-width: 640px) 600px, 100vw", false), ("320px", false),
      ("(min-width: 1000px) 400px, 100vw", false),
      ("(min-width: 700px) and (max-width: 720px) 300px, 100vw", false),
      // Not lines.
      ("min(640px, 100vw)", false), ("auto, 100vw", false),
    ] as [(String?, Bool)])
  func columnsAreFilled(sizes: String?, isFilled: Bool) throws {
    var display = ImageDisplay(path: "img")
    display.spans = [.init(from: 240, slot: .upTo(try #require(Self.column)))]
    #expect(display.fills(sizes: sizes) == isFilled)
  }

  @Test func whatIsNotKnownIsNotFilled() throws {
    let column = try #require(Self.column)
    var display = ImageDisplay(path: "img")
    #expect(!display.fills(sizes: "100vw"))
    display.spans = [.init(from: 240, slot: .own)]
    #expect(!display.fills(sizes: "100vw"))
    display.spans = [.init(from: 240, slot: .filled(column))]
    #expect(display.fills(sizes: "10px"))
    display.obstacle = .table
    #expect(!display.fills(sizes: "100vw"))
  }
}
