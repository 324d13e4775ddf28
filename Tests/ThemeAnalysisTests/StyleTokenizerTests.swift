import Testing

@testable import ThemeAnalysis

@Suite struct StyleTokenizerTests {
  @Test(arguments: [
    ("a{b:c}", "ident a, delim {, ident b, delim :, ident c, delim }"),
    ("/* a */b/**/c", "ident b, ident c"),
    ("a /* no end", "ident a, whitespace  "),
    ("\"a\\\"b\" 'c\\\nd'", "string a\"b, whitespace  , string cd"),
    ("\"open\n}", "string open, whitespace  , delim }"),
    (".\\31 0\\:x", "delim ., ident 10:x"),
    ("\\26 B", "ident &B"),
    ("\\0", "ident \u{FFFD}"),
    ("url( a b.png )url('x')", "url a b.png, function url, string x, delim )"),
    (
      "1.5em -2% +.5 1e3px 10",
      "number 1.5em, whitespace  , number -2%, whitespace  , number +.5, whitespace  , number 1e3px, whitespace  , number 10"
    ),
    ("@media#fff", "atKeyword media, hash fff"),
    ("a//b\nc", "ident a, delim /, delim /, ident b, whitespace  , ident c"),
    ("강릉 > é", "ident 강릉, whitespace  , delim >, whitespace  , ident é"),
    ("--x: calc(1px", "ident --x, delim :, whitespace  , function calc, number 1px"),
    ("\u{FEFF}a", "ident a"),
  ])
  func readsCSS(text: String, expected: String) {
    #expect(Self.describe(StyleTokenizer.tokens(text)) == expected)
  }

  @Test(arguments: [
    ("a//b\nc", "ident a, whitespace  , ident c"),
    ("$a-b: 1", "variable a-b, delim :, whitespace  , number 1"),
    (".a-#{$b}-c #{d}", "delim ., unknown a-, whitespace  , unknown "),
    ("url(//x.org/a)", "url //x.org/a"),
  ])
  func readsSass(text: String, expected: String) {
    #expect(Self.describe(StyleTokenizer.tokens(text, isSass: true)) == expected)
  }

  @Test func countsLines() {
    let tokens = StyleTokenizer.tokens("a\n/* \n */b\n\"c\\\nd\"e").filter { $0.kind != .whitespace }
    #expect(tokens.map(\.line) == [1, 3, 4, 5])
  }

  private static func describe(_ tokens: [StyleToken]) -> String {
    tokens.map { "\($0.kind) \($0.text)" }.joined(separator: ", ")
  }
}
