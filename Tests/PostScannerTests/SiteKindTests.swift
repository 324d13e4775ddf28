import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

/// One small site of each generator: what it is taken for, where its images are, and how a variant's URL is written
/// in the author's way.
@Suite struct SiteKindTests {
  struct Case: CustomTestStringConvertible {
    var kind: Site.Kind
    var reason: String
    var variantFolder: String
    var site: GeneratorSite
    var expected: [Expected]
    var testDescription: String { site.name }
  }

  /// A reference: its URL, its source or status, the URL of the variant `v.webp`, and whether it is kept.
  struct Expected: Hashable, CustomStringConvertible {
    var url: String
    var source: String
    var variant: String?
    var isKept = false
    init(_ url: String, _ source: String, _ variant: String? = nil, kept: Bool = false) {
      self.url = url
      self.source = source
      self.variant = variant
      isKept = kept
    }
    var description: String { "\(url) → \(source), \(variant ?? "-")\(isKept ? ", kept" : "")" }
  }

  @Test(arguments: Self.cases) func sitesAreRead(_ one: Case) throws {
    let site = try TemporaryFolder(one.site.files)
    let result = try site.scan()
    #expect(result.site.kind == one.kind)
    #expect(result.site.reason == one.reason)
    #expect(result.site.variantFolder == one.variantFolder)
    let actual = result.references.map { reference in
      Expected(
        reference.url, reference.source ?? reference.status.rawValue,
        reference.status == .local && reference.keptBecause == nil && reference.kind != .templateTag
          ? reference.link?.url(of: result.site.variantFolder + "/v.webp") : nil,
        kept: reference.keptBecause != nil)
    }
    #expect(Set(actual) == Set(one.expected), "\(actual)")
    for reference in result.references {
      let post = try #require(one.site.files[reference.post])
      #expect(post.bytes(reference.urlRange) == reference.url)
    }
  }

  static let cases: [Case] = [
    Case(
      kind: .hugo, reason: "hugo.toml is there", variantFolder: "static/assets/optimized",
      site: .hugo,
      expected: [
        Expected("/img/a.png", "static/img/a.png", kept: true),
        Expected("b.png", "content/posts/one/b.png", kept: true),
        Expected("b.png", "content/posts/one/b.png", "../../assets/optimized/v.webp"),
        Expected("/sub/img/a.png", "static/img/a.png", "/sub/assets/optimized/v.webp"),
        Expected(
          "https://example.org/sub/img/a.png", "static/img/a.png",
          "https://example.org/sub/assets/optimized/v.webp"),
        Expected("b.png", "content/posts/one/b.png"),
        Expected("../posts/one/b.png", "content/posts/one/b.png", "../assets/optimized/v.webp"),
        Expected("g.png", "missing"),
      ]),
    Case(
      kind: .hugo, reason: "config.yaml and a folder content are there",
      variantFolder: "static/assets/optimized",
      site: .hugoWithTheme,
      expected: [
        Expected("a.png", "static/a.png", "assets/optimized/v.webp"),
        // HTML is dropped where unsafe is not set, and the theme makes the markup of Markdown images.
        Expected("/t.png", "themes/t/static/t.png", kept: true),
      ]),
    Case(
      kind: .eleventy, reason: "eleventy.config.js is there",
      variantFolder: "public/assets/optimized",
      site: .eleventy,
      expected: [
        Expected("/img/a.png", "src/img/a.png", "/assets/optimized/v.webp"),
        Expected("/p.png", "public/p.png", "/assets/optimized/v.webp"),
        Expected("../../img/a.png", "src/img/a.png", "../../assets/optimized/v.webp"),
        Expected(
          "{{ \"/img/a.png\" | url }}", "src/img/a.png", "{{ \"/assets/optimized/v.webp\" | url }}"),
        Expected("a.png", "missing"), Expected("/p.png", "public/p.png"),
      ]),
    Case(
      kind: .astro, reason: "astro.config.mjs is there", variantFolder: "public/assets/optimized",
      site: .astro,
      expected: [
        Expected("../../assets/a.png", "src/assets/a.png", kept: true),
        Expected("./b.png", "src/content/blog/b.png", kept: true),
        Expected("@/assets/a.png", "src/assets/a.png", kept: true),
        Expected("/docs/p.png", "public/p.png", "/docs/assets/optimized/v.webp"),
        Expected("~/assets/a.png", "src/assets/a.png", kept: true),
      ]),
    Case(
      kind: .hexo, reason: "_config.yml and a folder source/_posts are there",
      variantFolder: "source/assets/optimized",
      site: .hexo,
      expected: [
        Expected("/images/a.png", "source/images/a.png", kept: true),
        Expected("images/a.png", "source/images/a.png", "assets/optimized/v.webp"),
        Expected("/images/a.png", "source/images/a.png", "/assets/optimized/v.webp"),
        Expected("/blog/images/a.png", "source/images/a.png", "/blog/assets/optimized/v.webp"),
        Expected("中文.png", "source/_posts/one/中文.png", kept: true),
      ]),
    Case(
      kind: .pelican, reason: "pelicanconf.py is there", variantFolder: "content/images/optimized",
      site: .pelican,
      expected: [
        Expected("/images/a.png", "content/images/a.png", "/images/optimized/v.webp"),
        Expected("{static}/images/a.png", "content/images/a.png", "{static}/images/optimized/v.webp"),
        Expected("{filename}/figures/f.png", "content/figures/f.png", "{filename}/images/optimized/v.webp"),
        Expected("{attach}b.png", "content/articles/b.png", kept: true),
        Expected("../../../figures/f.png", "content/figures/f.png", "../../../images/optimized/v.webp"),
        Expected("%7Bstatic%7D/images/a.png", "missing"), Expected("/images/a.png", "content/images/a.png"),
      ]),
    Case(
      kind: .mkdocs, reason: "mkdocs.yml is there", variantFolder: "docs/assets/optimized",
      site: .mkdocs,
      expected: [
        Expected("../img/a.png", "docs/img/a.png", "../assets/optimized/v.webp"),
        Expected("../../img/a.png", "docs/img/a.png", "../../assets/optimized/v.webp"),
        Expected("/m/img/a.png", "docs/img/a.png", "/m/assets/optimized/v.webp"),
      ]),
    Case(
      kind: .docusaurus, reason: "docusaurus.config.ts is there", variantFolder: "static/assets/optimized",
      site: .docusaurus,
      expected: [
        Expected("/img/a.png", "static/img/a.png", "/assets/optimized/v.webp"),
        Expected("./b.png", "docs/b.png", kept: true), Expected("/img/a.png", "static/img/a.png", kept: true),
        Expected("@site/static/img/a.png", "static/img/a.png", kept: true),
      ]),
    Case(
      kind: .zola, reason: "config.toml and a folder templates are there",
      variantFolder: "static/assets/optimized",
      site: .zola,
      expected: [
        Expected("b.png", "content/blog/02-two/b.png", kept: true),
        Expected("/s.png", "static/s.png", "/assets/optimized/v.webp"),
        Expected("b.png", "content/blog/02-two/b.png", "/assets/optimized/v.webp"),
        Expected("c.svg", "content/blog/01-one/c.svg", "/assets/optimized/v.webp"),
        Expected("../../../first/c.svg", "content/blog/01-one/c.svg", "../../../assets/optimized/v.webp"),
        Expected("blog/02-two/b.png", "content/blog/02-two/b.png"),
      ]),
    Case(
      kind: .quarto, reason: "_quarto.yml is there", variantFolder: "assets/optimized",
      site: .quarto,
      expected: [Expected("a.png", "posts/one/a.png", kept: true)]),
    Case(
      kind: .jekyll, reason: "_config.yml is there", variantFolder: "assets/optimized",
      site: .jekyll,
      expected: [
        Expected("a.png", "assets/demo/a.png", kept: true),
        Expected("/assets/b.png", "assets/b.png", "/assets/optimized/v.webp"),
        Expected("assets/b.png", "assets/b.png"), Expected("page.image", "templated"),
      ]),
  ]

  @Test func theUsersKindCounts() throws {
    let site = try TemporaryFolder([
      "_config.yml": "", "content/a.md": "---\n---\n![](/b.png)", "static/b.png": "x",
    ])
    var options = ScanOptions()
    options.kind = .hugo
    let result = try site.scan(options)
    #expect(result.site.reason == "as --kind says")
    #expect(result.references.map(\.source) == ["static/b.png"])
  }

  @Test func tagsOfTheUsersOwn() throws {
    let site = try TemporaryFolder([
      "hugo.toml": "", "static/b.png": "x",
      "content/a.md": "---\n---\n{{< gallery cover=\"/b.png\" >}} {{< pic 12 /b.png >}}",
    ])
    var options = ScanOptions()
    options.tags = [TagPattern(name: "gallery", argument: "cover"), TagPattern(name: "pic", argument: "2")]
    let references = try site.scan(options).references
    #expect(references.map(\.source) == ["static/b.png", "static/b.png"])
    #expect(references.map(\.field) == ["gallery", "pic"])
    #expect(references.allSatisfy { $0.obstacle != nil })
  }

  @Test func anUnpublishedFolderIsNamed() throws {
    let site = try TemporaryFolder([
      "pelicanconf.py": "STATIC_PATHS = ['images']", "content/a.md": "Title: a\n\nx",
    ])
    var options = ScanOptions()
    options.variantFolder = "content/thumbs"
    let problem = try #require(try site.scan(options).problems.first)
    #expect(problem.rule == .siteConfiguration)
    #expect(problem.file == "content/thumbs")
    options.variantFolder = "content/images/small"
    #expect(try site.scan(options).problems.isEmpty)
  }

  @Test func noSite() throws {
    #expect(throws: ScanError.unknownSite(folder: "site")) { try TemporaryFolder(["a.txt": ""]).scan() }
  }

  @Test func aBrokenConfigurationIsNamedWithItsLine() throws {
    let error = #expect(throws: ScanError.self) {
      try TemporaryFolder(["hugo.toml": "title = 'a'\nx = = 3\n"]).scan()
    }
    guard case .badConfiguration(let file, let line, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file == "hugo.toml")
    #expect(line == 2)
  }
}
