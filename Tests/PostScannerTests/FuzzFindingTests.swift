import AssetModel
import DataFormats
import Testing
import TestSupport

@testable import PostScanner

/// What fuzzing found, in words of our own.
@Suite struct FuzzFindingTests {
  /// A NUL is a character of the post, not a byte that a mask took out: `!` and `[` do not meet.
  @Test func nulsDivide() {
    let file = Array("!\u{0}[a](x.png)\n".utf8)
    let masked = TemplateSyntax.none.mask(file, 0..<file.count).bytes
    for dialect in [Post.Dialect.commonmark, .pythonMarkdown, .mdx] {
      #expect(dialect.reader.candidates(file: file, masked: masked, body: 0..<file.count).isEmpty)
    }
  }

  /// A tag that prints nothing lets `!` and `[` meet on the page, but no edit can begin at `![`.
  @Test(arguments: [Post.Dialect.kramdown, .commonmark, .pythonMarkdown])
  func dividedSignsAreKept(dialect: Post.Dialect) throws {
    let file = Array("![b](y.png)\n\n!{% assign a = 1 %}[a](x.png)\n".utf8)
    let masked = TemplateSyntax.liquid.mask(file, 0..<file.count).bytes
    let candidates = dialect.reader.candidates(file: file, masked: masked, body: 0..<file.count)
    #expect(candidates.map { $0.keptBecause != nil } == [false, true])
  }

  @Test(arguments: [
    "a = [}}b\n", "a = [,]\n", "a = {]}\n", "a = }\n", "a = \u{B}\n", "a = [한]\n", "a = {,\n",
  ])
  func hostileTOML(text: String) {
    let problem = #expect(throws: TOMLProblem.self) { try TOMLFrontMatter.tree(Array(text.utf8)) }
    #expect(problem?.line == 1)
  }

  /// One byte that is no text is read as three, which two spaces at the end made up for.
  @Test func aValueOfBadBytesHasNoPlace() throws {
    let file = Array("+++\nimage = \"a".utf8) + [0x9E] + Array(".png  \"\n+++\n".utf8)
    let values = FrontMatter(file, from: 0, forms: [.toml]).images(["image"])
    #expect(values.count == 1)
    #expect(values.allSatisfy { $0.range == nil })
  }

  @Test func textInALongStringIsNoHeader() throws {
    #expect(try TOMLFrontMatter.tree(Array("a = \"\"\"\n[<\n\"\"\"\n".utf8))["a"]?.text == "[<")
    #expect(try TOMLFrontMatter.tree(Array("a = \"\"\"b\"\"\"\"\n".utf8))["a"]?.text == "b\"")
  }

  /// Each of these once took a reader minutes, or more stack than there is; the limit is far above what they take now.
  @Test(
    .endsAtLast,
    arguments: [
      "<a ", "<a\n", "<div ", "</a ", "</a", "<Tab\n", "{/*", "{`", "[^1]: ", "![", "![a](",
      "![a][b]\n[b]: x\n", "`a``", "> ", "- ", "<div markdown=1>\n", "!!! n\n    ", "{{< a >}}", "{% raw %}",
      "<!--", "![a `b](x)", "\n> - ", "[",
      "*[",
    ])
  func hostileRepetitions(piece: String) {
    let file = Array(
      ("![b](y.png)\n\n" + String(repeating: piece, count: 30_000 / piece.utf8.count) + "\n\"'>").utf8)
    let body = 0..<file.count
    for dialect in [Post.Dialect.kramdown, .commonmark, .pythonMarkdown, .mdx, .html] {
      for syntax in [TemplateSyntax.liquid, .hugo] {
        let masked = syntax.mask(file, body).bytes
        _ = dialect.reader.candidates(file: file, masked: masked, body: body)
      }
    }
  }
}
