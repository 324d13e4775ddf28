import AssetModel
import Foundation
import Testing
import TestSupport

@testable import PostScanner

@Suite struct JekyllSiteTests {
  @Test func theFilesThatJekyllRendersAreRead() throws {
    let page = "---\n---\n![a](/assets/x.png)\n"
    let site = try TemporaryFolder([
      "_config.yml": """
      collections: {recipes: {output: true}}
      exclude: [private, "*.tmp.md", docs/old]
      include: [_pages]
      """,
      "_posts/2020-01-02-a.md": page, "_posts/sub/2020-01-03-b.markdown": page,
      "blog/_posts/2020-01-04-c.md": page,
      "_posts/no-date.md": page, "_drafts/d.md": page, "_recipes/e.md": page, "_pages/f.md": page,
      "g.html": page,
      "docs/h.md": page, "_posts/2020-01-05-i.md": "![a](/assets/x.png)\n",
      "_site/j.md": page, ".hidden/k.md": page, "_layouts/l.html": page, "private/m.md": page,
      "n.tmp.md": page,
      "docs/old/o.md": page, "vendor/bundle/p.md": page, "node_modules/q.md": page,
      "r.md": "![a](/assets/x.png)\n",
      "s.txt": page, "_optimized/t.md": page, "u.md~": page, "#v.md": page, "out/w.md": page,
    ])
    let result = try site.scan(ScanOptions(excludedFolders: ["out"]))
    #expect(
      result.posts.map(\.path) == [
        "_drafts/d.md", "_pages/f.md", "_posts/2020-01-02-a.md", "_posts/2020-01-05-i.md",
        "_posts/sub/2020-01-03-b.markdown", "_recipes/e.md", "blog/_posts/2020-01-04-c.md", "docs/h.md",
        "g.html",
      ]
    )
    #expect(result.posts.last?.dialect == .html)
  }

  struct Address: Sendable, CustomTestStringConvertible {
    var path = "_posts/2019-08-09-A b_c.md"
    var config = ""
    var matter = ""
    var url: String
    var testDescription: String { "\(path) \(config) \(matter)" }
  }

  @Test(arguments: [
    Address(url: "/2019/08/09/A-b_c.html"),
    Address(config: "permalink: pretty", url: "/2019/08/09/A-b_c/"),
    Address(config: "permalink: none", url: "/A-b_c.html"),
    Address(config: "permalink: ordinal", url: "/2019/221/A-b_c.html"),
    Address(config: "permalink: weekdate", url: "/2019/W32/Fri/A-b_c.html"),
    Address(config: "permalink: /b/:slug/:short_year-:i_month-:i_day/", url: "/b/a-b-c/19-8-9/"),
    Address(config: "permalink: /:year/:title_/", url: "/2019/A-b_c_/"),
    Address(matter: "permalink: /about/", url: "/about/"),
    Address(
      matter: "categories: [Dev Ops, dev ops, 한글]",
      url: "/dev%20ops/%ED%95%9C%EA%B8%80/2019/08/09/A-b_c.html"
    ),
    Address(matter: "category: X", url: "/x/2019/08/09/A-b_c.html"),
    Address(path: "news/_posts/2019-08-09-a.md", url: "/news/2019/08/09/a.html"),
    Address(matter: "date: 2018-01-02", url: "/2018/01/02/A-b_c.html"),
    Address(
      config: "timezone: Asia/Seoul",
      matter: "date: 2018-01-02 20:00:00 +0000",
      url: "/2018/01/03/A-b_c.html"
    ),
    Address(
      config: "timezone: Asia/Seoul",
      matter: "date: 2018-01-02 20:00:00",
      url: "/2018/01/03/A-b_c.html"
    ),
    Address(config: "timezone: Asia/Seoul", matter: "date: 2018-01-02 20:00", url: "/2018/01/02/A-b_c.html"),
    Address(matter: "slug: Other", url: "/2019/08/09/Other.html"),
    Address(
      config: "defaults: [{scope: {path: '', type: posts}, values: {permalink: '/p/:title/'}}]",
      url: "/p/A-b_c/"
    ),
    Address(
      path: "_posts/2019-08-09-한글 제목.md",
      url: "/2019/08/09/%ED%95%9C%EA%B8%80-%EC%A0%9C%EB%AA%A9.html"
    ),
    Address(path: "about.md", url: "/about.html"),
    Address(path: "about.md", config: "permalink: pretty", url: "/about/"),
    Address(path: "docs/index.md", url: "/docs/"),
    Address(path: "404.html", config: "permalink: /:title", url: "/404"),
    Address(
      path: "_recipes/soup/a.md",
      config: "collections: {recipes: {output: true}}",
      url: "/recipes/soup/a.html"
    ),
    Address(
      path: "_recipes/a.md",
      config: "collections: {recipes: {output: true, permalink: '/r/:name/'}}",
      url: "/r/a/"
    ),
  ])
  func pagesHaveJekyllsAddresses(_ one: Address) throws {
    let site = try TemporaryFolder(["_config.yml": one.config + "\n", one.path: "---\n\(one.matter)\n---\n"])
    #expect(try site.scan().posts.map(\.url) == [one.url])
  }

  @Test func aFolderThatIsNoSiteIsAnError() throws {
    let site = try TemporaryFolder(["a.md": "x"])
    #expect(throws: ScanError.unknownSite(folder: "site")) { try site.scan() }
    #expect(try TemporaryFolder(["_posts/2020-01-02-a.md": "x"]).scan().posts.count == 1)
  }

  @Test func aConfigurationThatIsNotYAMLIsAnErrorWithItsLine() throws {
    let site = try TemporaryFolder(["_config.yml": "a: 1\nb: [\n"])
    do {
      _ = try site.scan()
      Issue.record("no error")
    } catch let error as ScanError {
      guard case .badConfiguration("_config.yml", let line?, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(line >= 2)
    }
  }

  @Test func oddFilesAreProblemsAndTheRestIsRead() throws {
    let page = "---\n---\n![a](/assets/x.png)\n"
    let site = try TemporaryFolder([
      "_config.yml": "", "_posts/2020-01-02-a.md": page, "assets/x.png": "", "page.md": "\u{FEFF}" + page,
      "_posts/2020-01-03-marked.md": "\u{FEFF}" + page,
      "_posts/2020-01-04-c.md": "---\npublished: false\n---\n",
    ])
    try site.write(Data("---\n---\ncaf".utf8) + Data([0xE9, 0x0A]), to: "_posts/2020-01-05-latin.md")
    let result = try site.scan()
    #expect(result.references.map(\.post) == ["_posts/2020-01-02-a.md", "_posts/2020-01-03-marked.md"])
    #expect(result.references.allSatisfy { $0.line == 3 && $0.column == 1 })
    #expect(
      result.problems.map(\.file) == ["_posts/2020-01-04-c.md", "_posts/2020-01-05-latin.md", "page.md"]
    )
    #expect(result.problems.allSatisfy { $0.rule == .postSkipped })
  }

  @Test func markdownThatAPostIncludesIsRead() throws {
    let site = try TemporaryFolder([
      "_config.yml": "",
      "_posts/2020-01-02-a.md": "---\n---\n{% include zh.md %}{% raw %}{% include no.md %}{% endraw %}\n",
      "_includes/zh.md": "![a](/assets/x.png)\n", "_includes/no.md": "![a](/assets/x.png)\n",
      "assets/x.png": "",
    ])
    let result = try site.scan()
    #expect(result.references.map(\.post) == ["_includes/zh.md"])
    #expect(result.posts.map(\.url) == ["/2020/01/02/a.html", "/2020/01/02/a.html"])
  }

  @Test func theResultDoesNotDependOnTheNumberOfJobs() throws {
    var files = ["_config.yml": "", "assets/x.png": ""]
    for i in 10..<60 {
      files["_posts/2020-01-02-\(i).md"] = "---\nimage: /no\(i).png\n---\n![a](/assets/x.png)\n"
    }
    let site = try TemporaryFolder(files)
    let one = try site.scan(ScanOptions(jobs: 1))
    let four = try site.scan(ScanOptions(jobs: 4))
    #expect(one.posts == four.posts && one.references == four.references && one.problems == four.problems)
    #expect(one.references.count == 100)
  }

  @Test func anHTMLPageIsReadAsABrowserReadsIt() throws {
    let site = try TemporaryFolder([
      "_config.yml": "", "assets/x.png": "",
      "a.html":
        "---\n---\n<img src=/assets/x.png alt=b>![n](/assets/x.png)<!-- <img src=\"c.png\"> --><script>'<img src=\"d.png\">'</script>"
        + "{% for i in x %}<img src=\"{{ i.url }}\">{% endfor %}<a><img src=' {{ site.baseurl }}/assets/x.png '></a>\n",
    ])
    let references = try site.scan().references
    #expect(references.map(\.status) == [.local, .templated, .local])
    #expect(references.map(\.alt) == ["b", nil, nil])
    #expect(references.last?.context == [.link])
  }
}
