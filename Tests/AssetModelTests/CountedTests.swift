import AssetModel
import Testing

/// Numbers with what they count.
@Suite struct CountedTests {
  @Test(arguments: [
    (0, "0 files"), (1, "1 file"), (2, "2 files"), (-1, "-1 files"),
  ])
  func oneIsSingular(_ number: Int, _ text: String) { #expect(number.counted("file") == text) }

  @Test func otherWordsAreGiven() {
    #expect(1.counted("image has", "images have") == "1 image has")
    #expect(3.counted("image has", "images have") == "3 images have")
  }
}
