import Testing

@testable import ThemeAnalysis

/// Classes and identifiers in posts.
@Suite struct AuthorsWordsTests {
  @Test(arguments: [
    ("![a](b.png){:.wide #top}", ["wide", "top"]),
    ("text{: .a.b width=3}", ["a", "b"]),
    ("<p class=\"one two\" id=three>", ["one", "two", "three"]),
    ("<p class = 'one\ttwo'>", ["one", "two"]),
    ("{% include x.html class=\"c\" id='d' %}", ["c", "d"]),
    ("{: class=\"e\"}", ["e"]),
    ("{: .f\n#g}", ["f"]),
    ("a = b, {{ site.title }}, {% if a.b == c %}, {", []),
    ("class=", []),
    ("<p data-grid=x>", ["x"]),
    ("", []),
  ])
  func readsThem(text: String, words: [String]) {
    #expect(AuthorsWords.words(in: Array(text.utf8)) == Set(words))
  }
}
