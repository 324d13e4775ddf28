import AssetModel
import Testing
import TestSupport

@testable import GeneratorOracle

/// Hugo's own ways.
@Suite(.needsHugo) struct HugoOracleTests {
  private static let post = OraclePost(path: "content/a.md", syntax: .commonMark)

  private static func verdicts(_ text: String, _ files: [String: String] = [:]) throws -> [Verdicts.Verdict]?
  {
    let defaults = [
      "config.toml": "baseURL = \"https://example.org/\"\n",
      "layouts/_default/single.html": "<html><body>{{ .WordCount }} {{ .Content }}</body></html>\n",
      post.path: "+++\ntitle = '![no](x.png)'\ndraft = true\n+++\n" + text,
    ]
    let site = try OracleSite(defaults.merging(files) { _, new in new })
    return try site.judge([post]).judged[post.path]?.map(\.verdict)
  }

  private static func image(_ source: String, _ alt: String) -> Verdicts.Verdict {
    .image([Verdicts.Rendered(source: source, alt: alt)])
  }

  @Test func htmlIsDroppedByDefault() throws {
    let verdicts = try Self.verdicts("![_a_ b](x.png)\n\nt <img src=\"y.png\"> t\n\n![r]\n\n[r]: z.png\n")
    // Emphasis is what it is without the token.
    #expect(verdicts == [Self.image("x.png", "a b"), .notImage, Self.image("z.png", "r")])
  }

  @Test func aHookThatWritesItsOwnAltLeavesItOpen() throws {
    let verdicts = try Self.verdicts(
      "![a](x.png)\n\n`![b](y.png)`\n",
      ["layouts/_default/_markup/render-image.html": "<figure><img src=\"{{ .Destination }}\"></figure>"])
    #expect(verdicts == [.unknown, .notImage])
  }

  @Test func shortcodesAreTheGenerators() throws {
    let verdicts = try Self.verdicts(
      "{{< hide >}}![a](x.png){{< /hide >}}\n\n{{% show %}}\n![b](y.png)\n{{% /show %}}\n",
      [
        "layouts/shortcodes/hide.html": "{{ $unused := .Inner }}",
        "layouts/shortcodes/show.html": "{{ .Inner }}",
      ])
    #expect(verdicts == [.notImage, Self.image("y.png", "b")])
  }
}
