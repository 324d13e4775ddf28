import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import ThemeAnalysis

/// What can be told of layouts whose code names stylesheets and prints posts in roundabout ways, as themes do.
@Suite struct LayoutCodeTests {
  private static let css =
    "main { max-width: 700px; margin: 0 auto } img { max-width: 100% } body { margin: 0 }"

  private func fit(
    _ files: [String: String], posts: [String: String] = ["_posts/2020-01-01-a.md": "---\n---\nx"]
  ) throws
    -> ThemeFit
  {
    let folder = try TemporaryFolder(files.merging(posts) { $1 })
    let site = Site(kind: .jekyll, reason: "", root: folder.path, baseurl: "/b")
    return ThemeStyles(root: try SiteRoot(folder.path), site: site).fit(
      posts.keys.sorted().map { .init(path: $0, layout: "post") }, attributes: [])
  }

  /// A layout's head, other files, and whether a `<picture>` is safe and the column known.
  @Test(
    arguments: [
      (
        "{% include a.html %}{% assign s = r %}<link rel=stylesheet href='{{ s | relative_url }}'>",
        ["_includes/a.html": "{% assign r = '/assets/s.css' %}"], true
      ),
      (
        "{% include a.html path='/assets/s.css' %}<link rel=stylesheet href='{{ r }}'>",
        [
          "_includes/a.html":
            "{% assign r = include.path | replace: 'x.html', '' | prepend: site.baseurl | replace: '//', '/' %}"
        ],
        true
      ),
      (
        "{% for c in layout.sheets %}<link rel=stylesheet href='{{ c | relative_url }}'>{% endfor %}", [:],
        true
      ),
      (
        "<link rel=stylesheet href='/assets/s.css'>{% for c in page.css %}<link rel=stylesheet href='{{ c }}'>{% endfor %}",
        [:], true
      ),
      (
        "{% if site.dark %}{% assign s = 'no' %}{% else %}{% assign s = 's' %}{% endif %}"
          + "<link rel=stylesheet href='/assets/{{ s }}.css'>",
        ["_config.yml": "dark: true", "assets/no.css": "p { color: red }"], false
      ),
      ("<link rel=stylesheet href='{{ site.style }}'>", ["_config.yml": "style: /assets/s.css"], true),
      (
        "<link rel=stylesheet href='{{ site.data.theme.style }}'>",
        ["_data/theme.yml": "style: /assets/s.css"], true
      ),
      ("<link rel=stylesheet href='{{ site.posts.x }}'>", [:], false),
      ("{% capture s %}/assets/s.css{% endcapture %}<link rel=stylesheet href='{{ s }}'>", [:], true),
      (
        "{% comment %}<link rel=stylesheet href='{{ x.y }}'>{% endcomment %}<link rel=stylesheet href='/assets/s.css'>",
        [:], true
      ),
    ] as [(String, [String: String], Bool)])
  func stylesheetsAreFollowed(head: String, files: [String: String], isExact: Bool) throws {
    let all = [
      "_config.yml": "", "assets/s.css": Self.css,
      "_layouts/base.html":
        "---\nsheets: [/assets/s.css]\n---\n<html><head>\(head)</head><body>{{ content }}</body></html>",
      "_layouts/post.html": "---\nlayout: base\n---\n<main>{{ page.content }}</main>",
    ].merging(files) { $1 }
    let fit = try fit(all)
    #expect(fit.form == .picture, "\(fit.reason)")
    #expect((fit.columns["post"]?.sizes(own: 1600) == "(min-width: 700px) 700px, 100vw") == isExact)
  }

  @Test func whatOneOfThePossibleStylesheetsForbidsIsForbidden() throws {
    let fit = try fit([
      "_config.yml": "", "assets/s.css": Self.css, "assets/other.css": "\np > img { border: 1px solid }",
      "_layouts/post.html": "<link rel=stylesheet href='{{ site.posts.x }}'><main>{{ content }}</main>",
    ])
    #expect(fit.avoidsPicture)
    #expect(fit.file == "assets/other.css")
    #expect(fit.line == 2)
  }

  @Test(arguments: [
    "{{ content | strip_html | truncate: 9 }}", "{{ page.content | number_of_words }}",
    "{% assign n = content | number_of_words %}{{ n }}",
  ])
  func aCountOfWordsIsNoContent(output: String) throws {
    let fit = try fit([
      "_config.yml": "",
      "_layouts/post.html":
        "<style>\(Self.css)</style><div><p>\(output)</p></div><main>{% assign c = content %}{{ c }}</main>",
    ])
    #expect(fit.columns["post"]?.sizes(own: 1600) == "(min-width: 700px) 700px, 100vw")
  }

  @Test func anImportMayBeNamedByASetting() throws {
    let fit = try fit([
      "_config.yml": "skin: air", "_sass/skins/_air.scss": "$w: 600px;",
      "assets/s.scss":
        "---\n---\n@import \"skins/{{ site.skin | default: 'dark' }}\";\nmain { max-width: $w } img { max-width: 100% } body { margin: 0 }",
      "_layouts/post.html": "<link rel=stylesheet href='/assets/s.css'><main>{{ content }}</main>",
    ])
    #expect(fit.form == .picture, "\(fit.reason)")
    #expect(fit.columns["post"]?.sizes(own: 1600) == "(min-width: 600px) 600px, 100vw")
  }

  // MARK: Whose size a rule decides

  private static let gallery = [
    "_config.yml": "",
    "_layouts/post.html":
      "<style>img { max-width: 100% } .gallery img { height: 160px }</style>{{ content }}",
  ]

  @Test func aRuleForAClassConcernsThePostsThatHaveIt() throws {
    let with = "_posts/2020-01-02-g.md"
    let fit = try fit(
      Self.gallery,
      posts: [
        "_posts/2020-01-01-a.md": "---\n---\n![](/a.jpg)",
        with: "---\n---\n<div class=\"gallery\"><img src=\"/a.jpg\"></div>",
      ])
    func allows(_ path: String) -> Bool {
      let post = Post(path: path, dialect: .kramdown, url: "/", layout: "post", bytes: 0, sha256: "")
      return fit.allowsHints(in: post, attributes: [:])
    }
    #expect(allows("_posts/2020-01-01-a.md"))
    #expect(!allows(with))
    #expect(fit.hintReason?.contains("height: 160px") == true)
  }

  @Test func aRuleOfAnotherLayoutConcernsNoPost() throws {
    let folder = try TemporaryFolder([
      "_config.yml": "", "a.md": "---\n---\nx", "b.md": "---\n---\nx",
      "_layouts/base.html": "<style>img { max-width: 100% }</style>{{ content }}",
      "_layouts/wide.html":
        "---\nlayout: base\n---\n<style>.wide img { height: 160px }</style><div class=wide>{{ content }}</div>",
    ])
    let site = Site(kind: .jekyll, reason: "", root: folder.path)
    let fit = ThemeStyles(root: try SiteRoot(folder.path), site: site).fit(
      [.init(path: "a.md", layout: "base"), .init(path: "b.md", layout: "wide")], attributes: [])
    #expect(fit.unhinted == [ThemeFit.hintKey(scope: "wide", attributes: [:])])
  }
}
