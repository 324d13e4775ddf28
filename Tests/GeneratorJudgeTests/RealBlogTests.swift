import Foundation
import Manifest
import PostScanner
import SiteFiles
import Testing

@testable import GeneratorJudge

/// The two judges on real blogs.
@Suite struct RealBlogTests {
  @Test(arguments: ["nerd-blog", "huxpro"])
  func agree(name: String) throws {
    guard let path = SharedInputs.path("corpora/\(name)"), TestSite.has("jekyll") else { return }
    let root = try SiteRoot(path)
    let found = try PostScanner(root: root, name: name).scan()
    let posts = found.posts.map { post in
      JudgedPost(
        path: post.path, syntax: post.dialect == .kramdown ? .kramdown : .html, url: post.url,
        values: found.references.filter { $0.post == post.path && $0.kind == .frontMatter }
          .map { JudgedPost.Value(range: $0.urlRange, url: $0.url) })
    }
    let verdicts: Verdicts
    do {
      verdicts = try GeneratorJudge(root: root, options: GeneratorJudge.Options(jobs: 2)).judge(posts)
    } catch GeneratorJudgeError.failed(_, _, let output) {
      print("skipped: \(name) does not build with the plugins that are installed: \(output.last ?? "")")
      return
    }
    let comparison = verdicts.compare(found.references)
    let confirmed = found.references.count { reference in
      verdicts.judged[reference.post]?.contains { place in
        guard place.offset == reference.range.start, case .image = place.verdict else { return false }
        return true
      } == true
    }
    print(
      """
      \(name): \(found.references.count) references, \(confirmed) confirmed, \(comparison.notShown.count) not shown, \
      \(comparison.missed.count) missed; \(verdicts.unjudged.count) of \(posts.count) posts not judged, \
      \(verdicts.pages) pages, \(verdicts.builds) builds
      """)
    for (post, reason) in verdicts.unjudged { print("  \(post): \(reason)") }
    for reference in comparison.notShown {
      print("  not shown: \(reference.post):\(reference.line) \(reference.url)")
    }
    for missed in comparison.missed { print("  missed: \(missed.post):\(missed.judgement.line)") }
    #expect(verdicts.unjudged.isEmpty)
    #expect(confirmed == found.references.count)
    #expect(comparison.notShown.isEmpty && comparison.missed.isEmpty)
  }
}

/// Generators of Python, with the posts handed over as a scanner would.
@Suite struct PythonJudgeTests {
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

  @Test func mkdocs() throws {
    guard TestSite.has("mkdocs") else { return }
    let site = try TestSite([
      "mkdocs.yml": "site_name: s\nuse_directory_urls: false\n", "docs/index.md": "# t\n\n" + Self.text,
    ])
    let verdicts = try site.judge([JudgedPost(path: "docs/index.md", syntax: .pythonMarkdown)])
    #expect(verdicts.judged["docs/index.md"]?.map(\.verdict) == Self.verdicts)
  }

  @Test func pelican() throws {
    guard TestSite.has("pelican") else { return }
    let site = try TestSite([
      "pelicanconf.py": "PATH = 'content'\nSITEURL = ''\nTIMEZONE = 'UTC'\nRELATIVE_URLS = True\n",
      "content/a.md": "Title: t\nDate: 2020-01-01\n\n" + Self.text,
    ])
    let verdicts = try site.judge([JudgedPost(path: "content/a.md", syntax: .pythonMarkdown)])
    #expect(verdicts.judged["content/a.md"]?.map(\.verdict) == Self.verdicts)
  }
}
