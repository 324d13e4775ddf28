import AssetModel
import Testing

@testable import GeneratorOracle

@Suite struct OracleCandidateFinderTests {
  /// The post with the tokens `zqj…` at every place.
  private static func tokenized(_ text: String, _ syntax: OraclePost.Syntax = .kramdown) -> String {
    let post = TokenizedPost(OraclePost(path: "p.md", syntax: syntax), bytes: Array(text.utf8))
    let tokens = Tokens(prefix: "zqj", forms: post.candidates.map(\.form))
    return String(decoding: post.written(tokens) { _ in true }, as: UTF8.self)
  }

  @Test(arguments: [
    ("![a](x)", "![zqj0ea](x)"),
    ("![](x)", "![zqj0e](x)"),
    // A letter in front of these would change what they mean.
    ("![_a_](x)", "![zqj0s _a_](x)"),
    ("![\"a\"](x)", "![zqj0s \"a\"](x)"),
    ("\\![a](x)", "\\![a](x)"),
    ("\\\\![a](x)", "\\\\![zqj0ea](x)"),
    ("![^1]", "![^1]"),
    ("<img src=x>", "<img zqj0h src=x>"),
    ("<IMG/>", "<IMG zqj0h/>"),
    ("<image\nsrc='x'>", "<image zqj0h\nsrc='x'>"),
    ("<image-gallery>", "<image-gallery>"),
    ("\\<img src=x>", "\\<img src=x>"),
    ("![a ![b](y)](x)", "![zqj0ea ![zqj1eb](y)](x)"),
    ("![a][r]\n\n[r]: x", "![zqj0ea][r]\n\n[r]: x"),
    ("![R][]\n\n[r]: x", "![zqj0eR][R]\n\n[r]: x"),
    ("![r]\n\n[r]: x", "![zqj0er][r]\n\n[r]: x"),
    ("![r]\n[r]: x", "![zqj0er][r]\n[r]: x"),
    ("![a] [r]\n\n[r]: x", "![zqj0ea] [r]\n\n[r]: x"),
    ("---\nt: ![a](x)\n---\n![b](y)", "---\nt: ![a](x)\n---\n![zqj0eb](y)"),
    ("+++\nt = '![a](x)'\n+++\n![b](y)", "+++\nt = '![a](x)'\n+++\n![zqj0eb](y)"),
    ("\u{FEFF}---\r\n---\r\n![b](y)", "\u{FEFF}---\r\n---\r\n![zqj0eb](y)"),
    ("![a", "![zqj0ea"),
    ("![", "!["),
    ("<img", "<img"),
    ("---", "---"),
    ("", ""),
  ])
  func marksEveryPlace(text: String, expected: String) {
    #expect(Self.tokenized(text) == expected)
  }

  @Test func dialectsDiffer() {
    #expect(Self.tokenized("![^a](x)", .commonMark) == "![zqj0s ^a](x)")
    #expect(Self.tokenized("![r] [s](u)\n\n[r]: x", .commonMark) == "![zqj0er][r] [s](u)\n\n[r]: x")
    #expect(Self.tokenized("![a](x) <img>", .html) == "![a](x) <img zqj0h>")
  }

  @Test func linesAndColumnsCountScalars() {
    let post = TokenizedPost(
      OraclePost(path: "p.md", syntax: .kramdown), bytes: Array("---\n---\n사진 ![a](x)\n<img>".utf8))
    #expect(post.candidates.map(\.line) == [3, 4])
    #expect(post.candidates.map(\.column) == [4, 1])
    #expect(post.candidates.map(\.offset) == [15, 23])
  }

  @Test(arguments: [
    ("/x.png", "/x.png?zqj0f"), ("/x.png?v=1", "/x.png?v=1&zqj0g"), ("/x.png#c", "/x.png?zqj0f#c"),
    ("{{ site.x }}", "{{ site.x }}"),
  ])
  func frontMatterValues(url: String, expected: String) {
    let text = "---\nimage: \(url)\n---\n"
    let value = OraclePost.Value(range: ByteRange(11, 11 + url.utf8.count), url: url)
    let post = TokenizedPost(
      OraclePost(path: "p.md", syntax: .kramdown, values: [value]), bytes: Array(text.utf8))
    let tokens = Tokens(prefix: "zqj", forms: post.candidates.map(\.form))
    #expect(
      String(decoding: post.written(tokens) { _ in true }, as: UTF8.self) == "---\nimage: \(expected)\n---\n")
  }
}

@Suite struct TokensTests {
  private static let tokens = Tokens(
    prefix: "zqj", forms: [.glued, .spaced, .attribute, .query, .parameter])

  @Test(arguments: [
    ("<img alt=\"zqj0ea\">", "<img alt=\"a\">"),
    ("<img alt=\"zqj1s “a”\">", "<img alt=\"“a”\">"),
    ("<h2 id=\"zqj1s-a\">", "<h2 id=\"a\">"),
    ("<img zqj2h=\"\" src=\"x\">", "<img src=\"x\">"),
    ("<img zqj2h/>", "<img/>"),
    ("<h2 id=\"img-zqj2h-src\">", "<h2 id=\"img-src\">"),
    (
      "<span class=\"nt\">&lt;img</span> <span class=\"na\">zqj2h</span> <span class=\"na\">src=</span>",
      "<span class=\"nt\">&lt;img</span> <span class=\"na\">src=</span>"
    ),
    ("url(/x.png?zqj3f)", "url(/x.png)"),
    ("/x.png?v=1&amp;zqj4g", "/x.png?v=1"),
    ("%2Fx.png%3Fzqj3f", "%2Fx.png"),
    // Not tokens: no such index, another form's letter, cut short.
    ("zqj9e zqj0h zqj0 zqj zq", "zqj9e zqj0h zqj0 zqj zq"),
  ])
  func areTakenOutAgain(text: String, expected: String) {
    #expect(Self.tokens.stripped(text) == expected)
  }

  @Test func aPrefixOccursNowhere() {
    #expect(Tokens.prefix(unlike: [Array("a zqj b".utf8), Array("qzj".utf8)]) == "qzjx")
  }

  @Test func numbersMayDiffer() {
    func equal(_ a: String, _ b: String) -> Bool {
      BuiltPages.areEqualButForNumbers(Array(a.utf8), Array(b.utf8))
    }
    #expect(equal("<p>9 words</p>", "<p>12 words</p>"))
    #expect(!equal("<p>9 words</p>", "<p>words</p>"))
    #expect(!equal("<p>9 words</p>", "<p>9 word</p>"))
    #expect(!equal("a1", "a1b"))
  }
}
