import Testing

@testable import Arguments

@Suite struct SuggestionTests {
  private static let options = ["--format", "--force", "--output", "-q", "--no-cache", "--cache"]

  private static let words: [(String, String?)] = [
    ("--formt", "--format"), ("--fromat", "--format"), ("--fromt", "--format"), ("--forse", "--force"),
    ("--outptu", "--output"), ("--nocache", "--no-cache"), ("--cahce", "--cache"), ("--in", nil),
    ("--x", nil), ("--zzzzzzzz", nil),
  ]

  @Test("The nearest option is meant, and none by a word that is like none", arguments: words)
  func closest(word: String, expected: String?) {
    #expect(Suggestion.closest(to: word, among: Self.options) == expected)
  }

  private static let distances = [
    ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1),
    ("abc", "ab", 1), ("ca", "abc", 3), ("kitten", "sitting", 3),
  ]

  @Test("Letters that are inserted, deleted, replaced or swapped count one each", arguments: distances)
  func distance(a: String, b: String, expected: Int) {
    #expect(Suggestion.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
  }

  @Test("Words that are far too long are compared with nothing")
  func longWord() {
    #expect(Suggestion.closest(to: String(repeating: "a", count: 1_000_000), among: Self.options) == nil)
  }
}
