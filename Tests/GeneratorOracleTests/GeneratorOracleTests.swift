import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import GeneratorOracle

/// Builds with the system's own small programs in the part of a generator.
@Suite struct GeneratorJudgeTests {
  private static let post = OraclePost(path: "a.html", syntax: .html, url: "/a.html")

  @Test func aCopyIsAGenerator() throws {
    let site = try OracleSite([
      "a.html": "<img src=x.png>\n<!-- <img src=y.png> --><script>'<img src=z.png>'</script>"
    ])
    let verdicts = try site.judge([Self.post], build: ["cp", "-r", "{source}", "{destination}"])
    #expect(
      verdicts.judged["a.html"]?.map(\.verdict) == [
        .image([Verdicts.Rendered(source: "x.png", alt: "")]), .notImage, .notImage,
      ])
    #expect(verdicts.judged["a.html"]?.map(\.line) == [1, 2, 2])
    #expect(verdicts.command == "cp -r {source} {destination}")
    #expect(site.leftovers.isEmpty)
    // The site itself is as it was.
    #expect(try FileTree.files(below: site.path).map(\.path) == ["a.html"])
  }

  @Test func aPostThatNoPageShowsIsNotJudged() throws {
    let site = try OracleSite(["out/a.html": "a", "draft.txt": "<img src=x.png>"])
    let draft = OraclePost(path: "draft.txt", syntax: .html, url: "/draft.html")
    let verdicts = try site.judge([draft], build: ["cp", "-r", "{source}/out", "{destination}"])
    #expect(verdicts.judged.isEmpty)
    #expect(verdicts.unjudged == ["draft.txt": "no page of the build shows it"])
  }

  @Test func failuresSayWhatToDo() throws {
    let site = try OracleSite(["a.html": "a"])
    #expect(throws: GeneratorOracleError.unknownGenerator) { try site.judge([Self.post]) }
    #expect(throws: GeneratorOracleError.notInstalled(program: "no-such-generator")) {
      try site.judge([Self.post], build: ["no-such-generator", "{destination}"])
    }
    let error = #expect(throws: GeneratorOracleError.self) {
      try site.judge([Self.post], build: ["ls", "{source}/no-such-file", "{destination}"])
    }
    #expect(error?.description.contains("no-such-file") == true)
    #expect(throws: GeneratorOracleError.noPages(command: "mkdir {destination}")) {
      try site.judge([Self.post], build: ["mkdir", "{destination}"])
    }
    #expect(site.leftovers.isEmpty)
  }

  @Test func aBuildIsStopped() throws {
    let site = try OracleSite(["a.html": "a"])
    let error = #expect(throws: GeneratorOracleError.self) {
      try site.judge([Self.post], build: ["sleep", "600"], seconds: 1)
    }
    #expect(error?.description.contains("stopped after 1 s") == true)
    #expect(site.leftovers.isEmpty)
  }

  @Test func wordsAreNotReadByAShell() throws {
    let site = try OracleSite(["a.html": "a"])
    let error = #expect(throws: GeneratorOracleError.self) {
      try site.judge([Self.post], build: ["ls", "$(touch {source}/x); {destination}"])
    }
    #expect(error?.description.contains("$(touch") == true)
  }

  @Test func generatorsAreKnownByTheirFiles() throws {
    let sites: [(files: [String: String], generator: DeployGenerator?)] = [
      (["_config.yml": ""], .jekyll), (["_posts/a.md": ""], .jekyll),
      (["hugo.toml": ""], .hugo), (["config.toml": "", "content/a.md": ""], .hugo),
      (["pelicanconf.py": "", "content/a.md": ""], .pelican), (["mkdocs.yml": ""], .mkdocs),
      (["config.toml": "", "templates/a": ""], nil), (["index.html": ""], nil),
    ]
    for site in sites {
      let folder = try OracleSite(site.files)
      #expect(DeployGenerator(filesOf: try SiteRoot(folder.path)) == site.generator)
    }
  }

  @Test func comparesWithReferences() {
    func reference(_ post: String, _ start: Int) -> Reference {
      Reference(
        post: post, kind: .htmlImage, range: ByteRange(start, start + 5), urlRange: ByteRange(start, start),
        line: 1,
        column: 1, url: "", status: .local)
    }
    func result(_ offset: Int, _ verdict: Verdicts.Verdict, isValue: Bool = false) -> Verdicts.OracleVerdict {
      Verdicts.OracleVerdict(offset: offset, line: 1, column: 1, isValue: isValue, verdict: verdict)
    }
    var verdicts = Verdicts(command: "c")
    verdicts.judged["a"] = [
      result(0, .image([])), result(10, .notImage), result(20, .unknown), result(30, .image([])),
      result(40, .image([]), isValue: true),
    ]
    verdicts.unjudged["b"] = "reason"
    let references = [
      reference("a", 0), reference("a", 10), reference("a", 20), reference("a", 99), reference("b", 10),
    ]
    let comparison = verdicts.compare(references)
    #expect(comparison.retained == [references[0], references[2], references[3], references[4]])
    #expect(comparison.rejected == [references[1]])
    #expect(comparison.missed.map(\.judgement.offset) == [30])
  }
}

/// Jekyll's own ways.
@Suite(.needsJekyll) struct JekyllJudgeTests {
  private static func values(_ post: OraclePost, _ verdicts: Verdicts) -> [Verdicts.Verdict]? {
    verdicts.judged[post.path]?.map(\.verdict)
  }

  private static func image(_ source: String, _ alt: String) -> Verdicts.Verdict {
    .image([Verdicts.Rendered(source: source, alt: alt)])
  }

  @Test func posts() throws {
    let gone = OraclePost(path: "_posts/2020-01-02-gone.md", syntax: .kramdown, url: "/gone.html")
    let later = OraclePost(path: "_posts/2999-01-01-later.md", syntax: .kramdown, url: "/later.html")
    let draft = OraclePost(path: "_drafts/draft.md", syntax: .kramdown, url: "/draft.html")
    let code = OraclePost(path: "_posts/2020-01-03-code.md", syntax: .kramdown, url: "/code.html")
    let attributes = OraclePost(path: "_posts/2020-01-04-alt.md", syntax: .kramdown, url: "/alt.html")
    let partial = OraclePost(path: "_posts/part.md", syntax: .kramdown, url: "/code.html")
    let extract = OraclePost(path: "_posts/2020-01-05-extract.md", syntax: .kramdown, url: "/extract.html")
    let site = try OracleSite([
      "_config.yml": "permalink: /:title.html\n",
      "_layouts/extract.html": "{{ content | slice: 0, 30 | escape }}{{ content }}",
      gone.path: "---\npublished: false\n---\n![a](x.png)\n",
      later.path: "---\n---\n![a](x.png)\n",
      draft.path: "---\n---\n![a](x.png)\n",
      code.path:
        "---\n---\n```html\n<img src=\"x.png\">\n```\n```md\n![](y.png)\n```\n![b](z.png)\n\n{% include_relative part.md %}\n",
      "_posts/part.md": "![part](p.png)\n",
      attributes.path: "---\n---\n![a](x.png){: alt=\"b\"}\n",
      extract.path: "---\nlayout: extract\n---\n![a](x.png)\n",
    ])
    let verdicts = try site.judge([gone, later, draft, code, attributes, partial, extract], hasDrafts: true)
    #expect(Self.values(gone, verdicts) == nil)
    #expect(verdicts.unjudged[gone.path] == "no page of the build shows it")
    #expect(Self.values(later, verdicts) == [Self.image("x.png", "a")])
    #expect(Self.values(draft, verdicts) == [Self.image("x.png", "a")])
    // A highlighter marks tokens up; the second look leaves them out.
    #expect(Self.values(code, verdicts) == [.notImage, .notImage, Self.image("z.png", "b")])
    #expect(Self.values(partial, verdicts) == [Self.image("p.png", "part")])
    // The attribute list takes the token away: not asked, so not denied.
    #expect(Self.values(attributes, verdicts) == [.unknown])
    // The extract is cut elsewhere with a token in it, so the page does not say what it shows without.
    #expect(verdicts.unjudged[extract.path] == "the page extract.html changes when its images are marked")
    #expect(verdicts.builds == 3)
  }

  @Test func frontMatter() throws {
    let value = OraclePost.Value(range: ByteRange(11, 17), url: "/c.png")
    let unused = OraclePost.Value(range: ByteRange(25, 31), url: "/u.png")
    let post = OraclePost(
      path: "_posts/2020-01-05-header.md", syntax: .kramdown, url: "/header.html", values: [value, unused])
    let site = try OracleSite([
      "_config.yml": "permalink: /:title.html\n",
      "_layouts/h.html": "<div style=\"background:url({{ page.image }})\">{{ content }}</div>{{ site.time }}",
      post.path: "---\nimage: /c.png\nthumb: /u.png\nlayout: h\n---\n![x](x.png)\n",
    ])
    let verdicts = try site.judge([post])
    #expect(Self.values(post, verdicts) == [.image([]), .notImage, Self.image("x.png", "x")])
  }
}
