import Manifest
import Testing

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
    let found = dialect.reader.candidates(file: file, masked: masked, body: 0..<file.count)
    #expect(found.map { $0.keptBecause != nil } == [false, true])
  }

  @Test func textInALongStringIsNoHeader() throws {
    #expect(TOMLMatter.problem("a = \"\"\"\n[<\n\"\"\"\n", firstLine: 1) == nil)
    #expect(try TOMLMatter.document("a = \"\"\"b\"\"\"\"\n")["a"]?.text == "b\"")
  }
}
