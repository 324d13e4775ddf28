import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import ThemeAnalysis

@Suite struct ThemeFitTests {
  private static let files = [
    "_layouts/default.html": """
    <!DOCTYPE html>
    <html><head>{% include head.html %}</head>
    <body>{% include nav.html %}<main class="page {{ page.kind }}">
    {{ content }}
    </main></body></html>
    """,
    "_layouts/post.html":
      "---\nlayout: default\n---\n<article class=\"post\"><h1>{{ page.title }}</h1>{{ content | a }}</article>",
    "_includes/head.html":
      "<link rel=\"stylesheet\" href=\"{{ \"/assets/main.css\" | relative_url }}\"><link rel=stylesheet href=\"{{ site.baseurl }}/b/print.css?v=2\" media=print>",
    "_includes/nav.html": "<nav><div>{% if a %}<p>{% endif %}</div></nav>",
    "assets/main.scss": "---\n---\n$w: 700px;\n@import 'base', \"post\";\n",
    "_sass/_base.scss": "body { margin: 0 } img { max-width: 100%; height: auto }",
    "_sass/post.scss": ".page { max-width: $w; }\n.aside > img { margin: 0 }",
    "_posts/2020-01-01-a.md": "![a](b.png){:.wide}",
  ]

  private func fit(_ changes: [String: String], layout: String? = "post") throws -> ThemeFit {
    try TemporaryFolder(Self.files.merging(changes) { $1 }).fit(layout)
  }

  @Test func aThemeThatAllowsEverything() throws {
    let fit = try fit([:])
    #expect(fit.form == .picture, "\(fit)")
    #expect(fit.hintReason == nil)
    #expect(fit.allowsAutoSizes)
    #expect(fit.columns["post"]?.sizes(own: 1000) == "(min-width: 700px) 700px, 100vw")
  }

  @Test func aRuleForWhatFollowsAnImage() throws {
    let fit = try fit(["_sass/post.scss": "\n\n.post { p { img + em { color: red } } }"])
    #expect(fit.form == .srcset)
    #expect(fit.avoidsPicture)
    #expect(fit.file == "_sass/post.scss")
    #expect(fit.line == 3)
  }

  @Test(arguments: [
    ("_includes/head.html", "<link rel=stylesheet href=https://x.org/a.css>", "https://x.org/a.css"),
    ("_includes/head.html", "<link rel=stylesheet href=/gone.css>", "gone.css is not in the site"),
    ("_layouts/post.html", "---\nlayout: base\n---\n{{ content }}", "the layout base is not"),
    ("_layouts/post.html", "nothing", "does not print"),
    ("assets/main.scss", "@import 'minima';", "minima is not"),
  ])
  func whatIsNotKnownIsSaid(file: String, text: String, reason: String) throws {
    let fit = try fit([file: text])
    #expect(fit.form == .srcset)
    #expect(!fit.avoidsPicture)
    #expect(fit.reason.contains(reason), "\(fit.reason)")
    #expect(fit.columns.isEmpty)
  }

  @Test func fontsAndWhatIsBuiltAreNoObstacle() throws {
    let fonts = "<link rel=stylesheet href=https://fonts.googleapis.com/css?family=A>"
    #expect(try fit(["_includes/head.html": fonts]).form == .picture)
    let built = try fit(["_site/assets/main.css": "p > img { float: left }"])
    #expect(built.file == "_site/assets/main.css")
  }

  @Test func theSampleBlogsTheme() throws {
    try expectTheme(of: Project.sampleBlog, .srcset, ".body img + em")
  }
}

@Suite(.tags(.realCorpora), .needsRealCorpora("corpora")) struct ThemeFitRealCorpora {
  @Test(arguments: [
    ("nerd-blog", MarkupForm.srcset, "img + em"), ("huxpro", .picture, "no rule of 4 stylesheets"),
  ])
  func themes(name: String, form: MarkupForm, reason: String) throws {
    try expectTheme(of: RealCorpora.path("corpora/" + name), form, reason)
  }
}

/// What the theme of a Jekyll blog, whose posts have the layout `post`, asks of the markup.
private func expectTheme(of path: String, _ form: MarkupForm, _ reason: String) throws {
  let root = try SiteRoot(path)
  let posts = try FileTree.files(below: root.absolute("_posts")).map { "_posts/" + $0.path }
  let fit = ThemeStyles(root: root, site: Site(kind: .jekyll, reason: "", root: path)).fit(
    posts.map { .init(path: $0, layout: "post") }, attributes: [])
  #expect(fit.form == form)
  #expect(fit.reason.contains(reason), "\(fit.reason)")
}

extension TemporaryFolder {
  /// What the theme of a site with one post asks of the markup.
  fileprivate func fit(_ layout: String? = "post", baseurl: String = "") throws -> ThemeFit {
    let site = Site(kind: .jekyll, reason: "", root: path, baseurl: baseurl)
    return ThemeStyles(root: try SiteRoot(path), site: site).fit(
      [.init(path: "_posts/2020-01-01-a.md", layout: layout)], attributes: [])
  }
}
