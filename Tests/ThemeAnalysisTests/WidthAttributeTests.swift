import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import ThemeAnalysis

/// Whether a rule may make an image wider than its `width` attribute says.
@Suite struct WidthAttributeTests {
  @Test(
    arguments: [
      ("img { max-width: 100% }", 0), ("img { width: 100% }", .max), ("img.wide { width: 100% }", .max),
      ("img.other { width: 100% }", 0), (".body img { width: 160px }", 160),
      (".aside img { width: 100% }", 0),
      ("img { width: auto }", .max), ("img { min-width: 50% }", .max), ("img { min-width: 0 }", 0),
      ("@media (min-width: 900px) { img { width: 640.5px !important } }", 641), ("img { flex: 1 }", .max),
      ("@media print { img { width: 100% } }", 0), ("img { @include fluid }", .max),
      ("img { all: unset }", .max),
    ] as [(String, Int)])
  func rulesCountBeforeTheAttribute(css: String, widest: Int) {
    let findings = MarkupFindingsTests.findings(
      css, attributes: ["class": "wide", "width": "240"], isSass: true)
    #expect(findings.dimensions().widest == widest, "\(css)")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var kind = Site.Kind.hugo
    var files: [String: String]
    var layout: String?
    var widest: Int?

    var testDescription: String { name }
  }

  static let sheet = "img { max-width: 100% }"
  static let cases: [Case] = [
    Case(
      name: "a rule of a sheet in assets", files: ["assets/main.css": ".wide { width: 100% }"], widest: .max),
    Case(name: "a theme's rule", files: ["themes/x/assets/a.scss": ".wide { width: 320px }"], widest: 320),
    Case(name: "no rule", files: ["assets/main.css": sheet], widest: nil),
    Case(
      name: "a rule in a template",
      files: ["assets/main.css": sheet, "layouts/a.html": "{{ .X }}<style>.wide{width:100%}</style>"],
      widest: .max),
    Case(
      name: "another host's sheet",
      files: [
        "assets/main.css": sheet,
        "layouts/a.html": "{{ .X }}<link rel=stylesheet href=\"https://cdn.example/a.css\">",
      ], widest: .max),
    Case(
      name: "another host's fonts",
      files: [
        "assets/main.css": sheet,
        "layouts/a.html": "{{ .X }}<link rel=stylesheet href=\"https://fonts.googleapis.com/css?family=A\">",
      ], widest: nil),
    Case(name: "a language that is not read", files: ["a.css": sheet, "theme/a.styl": "x"], widest: .max),
    Case(name: "no sheet at all", files: [:], widest: .max),
    Case(
      name: "a layout that names all of its sheets", kind: .jekyll,
      files: ["_layouts/post.html": "<link rel=stylesheet href=/a.css>{{ content }}", "a.css": sheet],
      layout: "post", widest: nil),
    Case(
      name: "a layout with another host's", kind: .jekyll,
      files: ["_layouts/post.html": "<link rel=stylesheet href=https://cdn.example/a.css>{{ content }}"],
      layout: "post", widest: .max),
  ]

  @Test(arguments: cases) func sitesThatAreNotBuilt(_ example: Case) throws {
    let post = "content/posts/a.md"
    let folder = try TemporaryFolder(example.files.merging([post: "![a](b.png)"]) { given, _ in given })
    let site = Site(kind: example.kind, reason: "", root: folder.path)
    let attributes = ["class": "wide", "width": "240"]
    let fit = ThemeStyles(root: try SiteRoot(folder.path), site: site).fit(
      [.init(path: post, layout: example.layout, url: "/posts/a/")], attributes: [attributes])
    let key = ThemeFit.hintKey(scope: example.layout ?? "", attributes: attributes)
    #expect(fit.widest[key] == example.widest)
  }
}
