import Testing

@testable import Arguments

@Suite struct TextLayoutTests {
  private static let texts: [(String, Int, [String])] = [
    ("", 10, [""]),
    ("one two", 10, ["one two"]),
    ("one two three", 10, ["one two", "three"]),
    // The last column stays free.
    ("one two", 7, ["one", "two"]), ("one two", 8, ["one two"]),
    ("one   two ", 10, ["one two"]),
    ("a-very-long-word and", 8, ["a-very-long-word", "and"]),
    ("one\ntwo three", 8, ["one", "two", "three"]),
    ("one\n\ntwo", 8, ["one", "", "two"]),
    // A wide character takes two columns, and a line may end behind it.
    ("漢字漢字漢字", 7, ["漢字漢", "字漢字"]),
    ("漢字漢字漢字", 8, ["漢字漢", "字漢字"]),
    ("漢字漢字漢字", 9, ["漢字漢字", "漢字"]),
    ("漢字漢。字", 7, ["漢字", "漢。字"]),
    ("한국어 글자", 8, ["한국어", "글자"]),
    ("width 幅 is 幅", 10, ["width 幅", "is 幅"]),
    // An accent of its own takes none.
    ("e\u{301}e\u{301}e\u{301} abc", 8, ["e\u{301}e\u{301}e\u{301} abc"]),
    ("🍞🍞 🥐🥐", 10, ["🍞🍞 🥐🥐"]), ("🍞🍞 🥐🥐", 9, ["🍞🍞 🥐", "🥐"]),
  ]

  @Test("Lines end between words and between wide characters", arguments: texts)
  func wrap(text: String, columns: Int, expected: [String]) {
    #expect(TextLayout.wrap(text, columns: columns) == expected)
  }

  @Test("The first line and the others have their own starts")
  func starts() {
    #expect(
      TextLayout.wrap("one two three", columns: 10, first: "- ", rest: "  ") == ["- one two", "  three"])
  }

  private static let widths: [(String, Int)] = [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("ｱ", 1), ("Ａ", 2), ("한", 2), ("🍞", 2),
    ("❤\u{FE0F}", 2), ("👩‍🍳", 2), ("\u{200B}", 0), ("\t", 0), ("…", 1), ("█", 1),
  ]

  @Test("Characters take the columns that terminals give them", arguments: widths)
  func width(text: String, expected: Int) {
    #expect(text.columns == expected)
  }
}
