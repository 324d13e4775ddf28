import Testing

@testable import Web

@Suite struct CSSTokenizerTests {
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
    #expect(Self.describe(CSSTokenizer.tokens(text)) == expected)
  }

  @Test(arguments: [
    ("a//b\nc", "ident a, whitespace  , ident c"),
    ("$a-b: 1", "variable a-b, delim :, whitespace  , number 1"),
    (".a-#{$b}-c #{d}", "delim ., unknown a-, whitespace  , unknown "),
    ("url(//x.org/a)", "url //x.org/a"),
  ])
  func readsSass(text: String, expected: String) {
    #expect(Self.describe(CSSTokenizer.tokens(text, isSass: true)) == expected)
  }

  @Test(arguments: [
    ("1.5em", 1.5, "em"), ("1e2px", 100, "px"), ("1E-2PX", 0.01, "px"), ("1em", 1, "em"), ("-.5e1%", -5, "%"),
    ("7", 7, ""), ("1e", 1, "e"), ("2e+x", 2, "e"),
  ])
  func readsNumbers(text: String, value: Double, unit: String) throws {
    let token = try #require(CSSTokenizer.tokens(text).first)
    #expect(token.kind == .number && token.value == value && token.unit == unit)
  }

  /// The bytes of a token are those of the whole text, and those inside quotes and brackets.
  @Test func tellsPlaces() {
    let text = Array("x{a: 'b' url( c ) url('d') 'e".utf8)
    let tokens = CSSTokenizer.tokens(in: text, 2..<text.count).filter { $0.kind != .whitespace }
    #expect(
      tokens.map { String(decoding: text[$0.range], as: UTF8.self) } == [
        "a", ":", "b", "c", "url(", "d", ")", "e",
      ])
    #expect(tokens.map(\.isOpen) == Array(repeating: false, count: 7) + [true])
  }

  @Test func countsLines() {
    let tokens = CSSTokenizer.tokens("a\n/* \n */b\n\"c\\\nd\"e").filter { $0.kind != .whitespace }
    #expect(tokens.map(\.line) == [1, 3, 4, 5])
  }

  private static func describe(_ tokens: [CSSToken]) -> String {
    tokens.map { "\($0.kind) \($0.text)" }.joined(separator: ", ")
  }
}
