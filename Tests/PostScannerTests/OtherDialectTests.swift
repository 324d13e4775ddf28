import AssetModel
import Testing

@testable import PostScanner

@Suite struct OtherDialectTests {
  /// What real Python-Markdown (with tables, fenced code and attr_list) shows of each, or less.
  @Test(arguments: [
    ("![a](x.png)\n", ["x.png"]),
    ("text ![a](x.png \"t\") text\n", ["x.png"]),
    ("- ![a](x.png)\n", ["x.png"]),
    ("`![a](x.png)`\n", []),
    ("```\n![a](x.png)\n```\n", []),
    ("    ![a](x.png)\n", []),
    ("<div>\n\n![a](x.png)\n\n</div>\n", []),
    ("<p align=\"center\"><img src=\"x.png\"></p>\n", ["x.png"]),
    ("<!-- ![a](x.png) -->\n", []),
    ("![a](x.png){: .right }\n", ["x.png kept"]),
    ("![a][r]\n\n[r]: x.png\n", ["x.png"]),
  ])
  func pythonMarkdown(source: String, expected: [String]) {
    #expect(images(source, .pythonMarkdown) == expected)
  }

  @Test(arguments: [
    ("![a](x.png)\n", ["x.png"]),
    ("import a from './a.png'\n\n![a](x.png)\n", ["x.png"]),
    ("export const a = '![a](y.png)'\n\n![a](x.png)\n", ["x.png"]),
    ("export const a = {\n  b: '![a](y.png)',\n}\n\n![a](x.png)\n", ["x.png"]),
    ("{'![a](y.png)'} ![a](x.png)\n", ["x.png"]),
    ("<img src={a} />\n", []),
    ("text <img src=\"x.png\" /> text\n", ["x.png"]),
    ("`{` ![a](x.png) `}`\n", ["x.png"]),
    ("```js\nimport a\n![a](y.png)\n```\n", []),
    ("<Tabs>\n\n![a](x.png)\n\n</Tabs>\n", ["x.png"]),
    ("<div>\n![a](x.png)\n</div>\n", ["x.png"]),
    ("<Tabs>\n  <Tab label=\"a\">\n    ![a](x.png)\n  </Tab>\n</Tabs>\n\n![b](y.png)\n", ["x.png", "y.png"]),
    ("{/*\n![a](x.png)\n*/}\n\n![b](y.png)\n", ["y.png"]),
    ("{list.map((x) => (\n  '![a](x.png)' + `}`\n))} ![b](y.png)\n", ["y.png"]),
    ("<Card image={a} title={'it\\'s'} />\n\n![b](y.png)\n", ["y.png"]),
    ("{unclosed ![a](x.png)\n", ["x.png"]),
    ("```\n<div>\n```\n\n    ![a](x.png)\n", []),
  ])
  func mdx(source: String, expected: [String]) { #expect(images(source, .mdx) == expected) }

  private func images(_ source: String, _ dialect: Post.Dialect) -> [String] {
    let file = Array(source.utf8)
    return dialect.reader.candidates(file: file, masked: file, body: 0..<file.count)
      .map { $0.url + ($0.keptBecause == nil ? "" : " kept") }
  }
}
