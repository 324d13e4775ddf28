import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// Which pictures of a page's folder may have other bytes: what Hugo's templates do with them decides.
@Suite struct HugoResourceTests {
  private static let hook =
    "{{ with .Page.Resources.GetMatch .Destination }}<img src=\"{{ .RelPermalink }}\" width=\"{{ .Width }}\">{{ end }}"

  @Test(arguments: [
    (hook, true), ("<img src=\"{{ .Destination | safeURL }}\">", false),
    (
      "{{ with .Page.Resources.Get .Destination }}<img src=\"{{ (.Resize \"600x\").RelPermalink }}\">{{ end }}",
      false
    ),
    ("{{ with .Page.Resources.Get .Destination }}{{ partial \"img\" . }}{{ .Permalink }}{{ end }}", false),
    ("{{ with .Page.Resources.Get .Destination }}{{ (. | fingerprint).RelPermalink }}{{ end }}", false),
  ])
  func aHookPrintsTheFile(template: String, prints: Bool) {
    #expect(HugoResources.printsFile(template) == prints, "\(template)")
  }

  @Test(
    arguments: [
      ([], []), (["{{ .Title }}", "{{ range .Resources }}{{ .Name }}{{ end }}"], []),
      (
        [
          "{{ $all := .Resources.ByType \"image\" }}\n{{ with $all.GetMatch \"*Cover*\" }}{{ (.Fill \"9x9\").Permalink }}"
        ],
        ["*cover*"]
      ),
      (["{{ with (.Resources.GetMatch `hero.jpg`) }}{{ .Resize \"9x\" }}"], ["hero.jpg"]),
      (["{{ range .Page.Resources.Match (.Get 0) }}{{ .Resize \"9x\" }}"], nil),
      (["{{ $pictures := .Resources.ByType \"image\" }}\n{{ range $pictures }}{{ .Fit \"9x9\" }}"], nil),
    ] as [([String], [String]?)])
  func otherTemplatesMakePictures(templates: [String], patterns: [String]?) {
    #expect(HugoResources.processed(by: templates) == patterns)
  }

  @Test(arguments: [
    ("content/a/index.md", "content/a/b.jpg", true), ("content/a/index.md", "content/a/Cover.jpg", false),
    ("content/a/index.md", "content/a/in/my-cover.png", false),
    ("content/a/_index.de.md", "content/a/b.jpg", true),
    ("content/a.md", "content/b.jpg", false), ("content/a/index.md", "static/b.jpg", false),
  ])
  func picturesOfTheBundle(post: String, source: String, may: Bool) {
    #expect(Site.FileHook("h", processed: ["*cover*"]).mayBeLighter(source, of: post) == may, "\(source)")
  }

  @Test(arguments: [
    ("theme = 'x'\n", ["themes/x/layouts/_default/_markup/render-image.html": hook], true),
    // What a theme that is not there does with them nobody knows.
    ("theme = 'y'\n", ["layouts/_default/_markup/render-image.html": hook], false),
    (
      "",
      [
        "layouts/_default/_markup/render-image.html": hook,
        "layouts/a.html": "{{ range .Resources }}{{ .Fill \"9x9\" }}",
      ], false
    ),
    ("", ["layouts/_default/_markup/render-image.html": "<img src=\"{{ .Destination }}\">"], false),
  ])
  func sites(configuration: String, layouts: [String: String], has: Bool) throws {
    let files = ["hugo.toml": configuration, "content/a/index.md": "![](b.jpg)", "content/a/b.jpg": "x"]
    let site = try TemporaryFolder(files.merging(layouts) { a, _ in a }).scan().site
    #expect((site.fileHook != nil) == has)
  }
}
