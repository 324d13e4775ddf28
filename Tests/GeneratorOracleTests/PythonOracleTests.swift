import AssetModel
import Testing
import TestSupport

@testable import GeneratorOracle

/// Generators of Python, with the posts handed over as a scanner would.
@Suite struct PythonOracleTests {
  private static let text = """
    ![a](x.png)

    `![b](x.png)` <img src="y.png">

        ![c](x.png)

    ![d] [r]

    [r]: z.png

    """
  private static let verdicts: [Verdicts.Verdict] = [
    .image([Verdicts.Rendered(source: "x.png", alt: "a")]), .notImage,
    .image([Verdicts.Rendered(source: "y.png", alt: "")]), .notImage,
    .image([Verdicts.Rendered(source: "z.png", alt: "d")]),
  ]

  @Test(.needsMkDocs) func mkdocs() throws {
    let site = try OracleSite([
      "mkdocs.yml": "site_name: s\nuse_directory_urls: false\n", "docs/index.md": "# t\n\n" + Self.text,
    ])
    let verdicts = try site.judge([OraclePost(path: "docs/index.md", syntax: .pythonMarkdown)])
    #expect(verdicts.judged["docs/index.md"]?.map(\.verdict) == Self.verdicts)
  }

  @Test(.needsPelican) func pelican() throws {
    let site = try OracleSite([
      "pelicanconf.py": "PATH = 'content'\nSITEURL = ''\nTIMEZONE = 'UTC'\nRELATIVE_URLS = True\n",
      "content/a.md": "Title: t\nDate: 2020-01-01\n\n" + Self.text,
    ])
    let verdicts = try site.judge([OraclePost(path: "content/a.md", syntax: .pythonMarkdown)])
    #expect(verdicts.judged["content/a.md"]?.map(\.verdict) == Self.verdicts)
  }
}
