import DataFormats
import Testing

@testable import PostScanner

/// What front matter and configuration make of TOML's values.
@Suite struct TOMLMatterTests {
  @Test(arguments: [
    ("1_000", "1000"), ("0x1F", "31"), ("-0.50", "-0.5"), ("true", "true"),
    ("1979-05-27 07:32:00", "1979-05-27 07:32:00"),
    ("\" b\\tc \"", "b\tc"), ("'''\nb\n'''", "b"), ("''", ""),
  ])
  func scalarsAreTexts(value: String, expected: String) throws {
    #expect(try TOMLFrontMatter.tree(Array("a = \(value)\n".utf8))["a"]?.text == expected)
  }

  @Test func keysKeepTheirOrder() throws {
    let tree = try TOMLFrontMatter.tree(Array("z = 1\nb.y = 2\na = 3\nb.x = 4\n[c]\n".utf8))
    #expect(tree.keys == ["z", "b", "a", "c"])
    #expect(tree["b"]?.keys == ["y", "x"])
  }

  /// What is replaced is all that stands between the quotes, and stands there as it reads.
  @Test(arguments: [
    ("\"b.png\"", true), ("'b.png'", true), ("'''b.png'''", true), ("\"\"\"\nb.png\"\"\"", true),
    ("'한.png'", true),
    ("\" b.png\"", false), ("\"b\\u002Epng\"", false), ("\"\"\"b.\\\n  png\"\"\"", false),
    ("\"\"\"\n b.png\n\"\"\"", false),
    ("''", false), ("7", false),
  ])
  func onlyLiteralTextsHaveRanges(value: String, hasRange: Bool) throws {
    let file = Array("+++\n'한' = 1\na = \(value)\n+++\n".utf8)
    let image = try #require(FrontMatter(file, from: 0, forms: [.toml]).images(["a"]).first)
    #expect((image.range != nil) == hasRange)
    #expect(image.range.map { file.string($0.range) } ?? image.text == image.text)
    #expect(image.line == 3)
  }

  @Test func badBytesCostOnlyThePlaces() throws {
    let file = Array("+++\n# ".utf8) + [0xFF] + Array("\na = 'b.png'\n+++\n".utf8)
    let values = FrontMatter(file, from: 0, forms: [.toml]).images(["a"])
    #expect(values.map(\.text) == ["b.png"])
    #expect(values.map(\.line) == [3])
    #expect(values.allSatisfy { $0.range == nil })
  }
}
