import AssetModel
import Testing

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("바다 🏖️ é", "바다 🏖️ é"), ("a\nb", "a\\u{A}b"), ("\u{1B}]52;c", "\\u{1B}]52;c"),
    ("a\u{202E}gpj", "a\\u{202E}gpj"), ("\u{9B}x\u{7F}", "\\u{9B}x\\u{7F}"), ("a\r\nb", "a\\u{D}\\u{A}b"),
  ])
  func spellsOutWhatNoLineMayHold(text: String, expected: String) { #expect(text.printable == expected) }
}
