import AssetModel
import Testing

@Suite struct TimeSpanTests {
  @Test(
    arguments: [
      ("0d", 0), ("45s", 45), ("10min", 600), ("12h", 43_200), ("30d", 2_592_000), ("2 W", 1_209_600),
    ] as [(String, Int)])
  func reads(text: String, seconds: Int) {
    #expect(TimeSpan(text)?.seconds == seconds)
  }

  @Test(arguments: ["", "30", "d", "-1d", "1.5d", "3m", "1y", "1dd", "٣d", "9223372036854775807w"])
  func refuses(text: String) {
    #expect(TimeSpan(text) == nil)
  }
}
