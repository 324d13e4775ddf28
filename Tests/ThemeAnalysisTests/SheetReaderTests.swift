import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import ThemeAnalysis

/// Stylesheets of sites whose layouts are not read.
@Suite struct SheetReaderTests {
  private func fit(_ kind: Site.Kind, _ files: [String: String], baseurl: String = "") throws -> ThemeFit {
    let folder = try TemporaryFolder(
      files.merging(["content/posts/a.md": "![a](b.png)"]) { given, _ in given })
    let site = Site(kind: kind, reason: "", root: folder.path, baseurl: baseurl, url: "https://example.org")
    return ThemeStyles(root: try SiteRoot(folder.path), site: site).fit(
      [.init(path: "content/posts/a.md", layout: nil, url: "/posts/a/")], attributes: [])
  }

  private static let breaking = "p { margin: 0 }\nimg + em { color: gray }"
  private static let harmless = "img { max-width: 100%; height: auto }"

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: Site.Kind = .hugo
    var files: [String: String]
    var baseurl = ""
    var form = MarkupForm.srcset
    var avoidsPicture = false
    var file: String?
    var reason: String

    var testDescription: String { name }
  }

  private static func page(_ head: String) -> String {
    "<!DOCTYPE html><html><head>\(head)</head><body></body></html>"
  }

  static let cases: [Case] = [
    Case(
      name: "nothing to read", files: [:], reason: "no stylesheet was found in the sources of this Hugo site"),
    Case(
      name: "a theme's sheet", files: ["themes/x/static/css/main.css": breaking], avoidsPicture: true,
      file: "themes/x/static/css/main.css", reason: "`img + em` matches other elements"),
    Case(
      name: "a Sass source", kind: .eleventy,
      files: ["src/scss/a.scss": "article { img + em { color: gray } }"],
      avoidsPicture: true, file: "src/scss/a.scss", reason: "matches other elements"),
    Case(
      name: "sources that allow everything", files: ["static/a.css": harmless],
      reason: "whether its pages use the one stylesheet is not known"),
    Case(
      name: "packages are not the site's", kind: .astro, files: ["node_modules/x/a.css": breaking],
      reason: "no stylesheet was found"),
    Case(
      name: "sheets for fonts and code say nothing", files: ["static/css/syntax.css": breaking],
      reason: "no stylesheet was found"),
    Case(
      name: "a notebook's sheet beside posts that nothing names",
      files: [
        "content/posts/n/x.css": breaking, "content/posts/n/slides.html": "<link rel=stylesheet href=x.css>",
      ],
      reason: "no stylesheet was found"),
    Case(
      name: "a sheet beside a post that names it",
      files: [
        "content/posts/libs/x.css": breaking, "content/posts/a.md": "<link rel=stylesheet href=libs/x.css>",
      ],
      avoidsPicture: true, file: "content/posts/libs/x.css", reason: "matches other elements"),
    Case(
      name: "a sheet beside posts that a template takes",
      files: [
        "content/posts/n/x.css": breaking,
        "layouts/a.html": "{{ range .Page.Resources.Match \"*.css\" }}{{ .Content }}{{ end }}",
      ],
      avoidsPicture: true, file: "content/posts/n/x.css", reason: "matches other elements"),
    Case(
      name: "a built page, all known",
      files: [
        "public/posts/a/index.html": page("<link rel=stylesheet href=/a.css?v=1>"), "public/a.css": harmless,
      ],
      form: .picture, reason: "no rule of 1 stylesheet tells"),
    Case(
      name: "a built page counts, and not the sources",
      files: [
        "public/posts/a/index.html": page("<link rel=stylesheet href=../../a.css>"), "public/a.css": harmless,
        "static/unused.css": breaking,
      ],
      form: .picture, reason: "no rule of 1 stylesheet tells"),
    Case(
      name: "a style element of a built page", kind: .eleventy,
      files: ["_site/posts/a/index.html": page("<style>\n\(breaking)</style>")],
      avoidsPicture: true, file: "_site/posts/a/index.html", reason: "matches other elements"),
    Case(
      name: "baseurl and host", kind: .zola,
      files: [
        "public/posts/a/index.html": page("<link rel=stylesheet href=https://example.org/blog/a.css>"),
        "public/a.css": breaking,
      ],
      baseurl: "/blog", avoidsPicture: true, file: "public/a.css", reason: "matches other elements"),
    Case(
      name: "a sheet from elsewhere",
      files: ["public/posts/a/index.html": page("<link rel=stylesheet href=https://cdn.example/a.css>")],
      file: "public/posts/a/index.html", reason: "https://cdn.example/a.css is elsewhere"),
    Case(
      name: "a sheet that is not there", kind: .mkdocs,
      files: [
        "site/posts/a.html": page("<link rel=stylesheet href=b.css>"),
        "site/posts/a/index.html": page("<link rel=stylesheet href=b.css>"),
      ],
      file: "site/posts/a/index.html", reason: "b.css is not in the built site"),
  ]

  @Test(arguments: cases) func choosesByWhatIsRead(_ example: Case) throws {
    let fit = try fit(example.kind, example.files, baseurl: example.baseurl)
    #expect(fit.form == example.form)
    #expect(fit.avoidsPicture == example.avoidsPicture)
    #expect(fit.reason.contains(example.reason), "\(fit.reason)")
    if let file = example.file { #expect(fit.file == file) }
    // Where the content stands is not known, so that no width follows.
    #expect(fit.columns.isEmpty)
  }
}
