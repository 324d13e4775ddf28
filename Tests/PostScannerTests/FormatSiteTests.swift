import AssetModel
import TestSupport
import Testing

@testable import PostScanner

/// Sites whose posts are not Markdown: which files are posts, where their pictures lie, and what is said of them.
@Suite("Sites with posts in other formats")
struct FormatSiteTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var files: [String: String]
    /// `file:line:column kind url -> source`
    var references: [String]
    /// The messages of the problems.
    var problems: [String] = []
    var testDescription: String { name }
  }

  private static func line(_ count: Int, _ format: String) -> String {
    "\(count) \(count == 1 ? "post in \(format) is" : "posts in \(format) are") read and not rewritten: "
      + "\(format) cannot offer candidates"
  }

  private static let notebook = """
    {"cells": [
     {"cell_type": "raw", "metadata": {}, "source": ["---\\n", "image: cover.png\\n", "---\\n"]},
     {"cell_type": "markdown", "metadata": {}, "source": ["Text\\n", "![a](sea.png)"]}
    ], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    """

  static let cases: [Case] = [
    Case(
      name: "Pelican, reStructuredText",
      files: [
        "pelicanconf.py": "PATH = 'content'", "content/images/sea.png": "",
        "content/a.rst":
          "Sea\n###\n\n:date: 2026-06-03\n:cover: {static}/images/sea.png\n\n"
          + ".. image:: {static}/images/sea.png\n\nSee |sea|.\n\n.. |sea| image:: ../images/sea.png\n",
      ],
      references: [
        "content/a.rst:5:9 front-matter {static}/images/sea.png -> content/images/sea.png",
        "content/a.rst:7:1 markup {static}/images/sea.png -> content/images/sea.png",
        "content/a.rst:9:5 markup ../images/sea.png -> content/images/sea.png",
      ], problems: [line(1, "reStructuredText")]),
    Case(
      name: "Hugo, AsciiDoc and Org mode",
      files: [
        "hugo.toml": "", "static/pictures/sea.png": "", "content/walk/sea.png": "",
        "content/a.adoc":
          "---\ntitle: A\n---\n:imagesdir: /pictures\n\nText image:sea.png[] image:{x}/sea.png[]\n",
        "content/b.asciidoc": "image::/pictures/sea.png[]\n",
        "content/walk/index.org": "#+TITLE: A\n#+IMAGE: sea.png\n\n[[file:sea.png]]\n",
      ],
      references: [
        "content/a.adoc:6:6 markup sea.png -> static/pictures/sea.png",
        "content/a.adoc:6:22 markup {x}/sea.png -> nothing",
        "content/b.asciidoc:1:1 markup /pictures/sea.png -> static/pictures/sea.png",
        "content/walk/index.org:2:10 front-matter sea.png -> content/walk/sea.png",
        "content/walk/index.org:4:1 markup sea.png -> content/walk/sea.png",
      ], problems: [line(2, "AsciiDoc"), line(1, "Org mode")]),
    Case(
      name: "Jekyll, Textile and AsciiDoc, by their place or front matter",
      files: [
        "_config.yml": "", "sea.png": "",
        "_posts/2026-01-02-a.textile": "---\nimage: /sea.png\n---\n!/sea.png!\n",
        "_posts/notes.textile": "!/sea.png!", "about.adoc": "---\ntitle: A\n---\nimage::/sea.png[]\n",
        "README.adoc": "image::/sea.png[]\n",
      ],
      references: [
        "_posts/2026-01-02-a.textile:2:8 front-matter /sea.png -> sea.png",
        "_posts/2026-01-02-a.textile:4:1 markup /sea.png -> sea.png",
        "about.adoc:4:1 markup /sea.png -> sea.png",
      ], problems: [line(1, "Textile"), line(1, "AsciiDoc")]),
    Case(
      name: "Quarto, a notebook",
      files: ["_quarto.yml": "", "posts/a.ipynb": notebook, "posts/sea.png": "", "posts/cover.png": ""],
      references: [
        "posts/a.ipynb:2:67 front-matter cover.png -> posts/cover.png",
        "posts/a.ipynb:3:66 markdown-inline sea.png -> posts/sea.png",
      ], problems: [line(1, "notebooks")]),
    Case(
      name: "MkDocs, where notebooks are downloads",
      files: ["mkdocs.yml": "site_name: A", "docs/a.md": "A", "docs/n.ipynb": notebook], references: []),
    Case(
      name: "MkDocs, where a plugin renders them",
      files: ["mkdocs.yml": "plugins: [mkdocs-jupyter]", "docs/n.ipynb": notebook, "docs/sea.png": ""],
      references: [
        "docs/n.ipynb:2:67 front-matter cover.png -> nothing",
        "docs/n.ipynb:3:66 markdown-inline sea.png -> docs/sea.png",
      ], problems: [line(1, "notebooks")]),
    Case(
      name: "Pelican, an HTML document",
      files: [
        "pelicanconf.py": "PATH = 'content'", "content/images/sea.png": "",
        "content/a.html":
          "<html><head>\n<meta name=\"cover\" content=\"{static}/images/sea.png\">\n</head><body>\n"
          + "<img src=\"{static}/images/sea.png\">\n</body></html><img src=\"no.png\">\n",
      ],
      references: [
        "content/a.html:2:29 front-matter {static}/images/sea.png -> content/images/sea.png",
        "content/a.html:4:1 html-img {static}/images/sea.png -> content/images/sea.png",
      ]),
    Case(
      name: "Nikola, with its head in a comment",
      files: [
        "conf.py": "BLOG_TITLE = 'A'\nPOSTS = ((\"posts/*.rst\", \"blog\", \"post.tmpl\"),)",
        "images/sea.png": "",
        "posts/a.rst": ".. title: A\n.. slug: here\n\n.. image:: ../../images/sea.png\n",
        "themes/own/a.html": "<img src=\"/images/sea.png\">",
      ], references: ["posts/a.rst:4:1 markup ../../images/sea.png -> images/sea.png"],
      problems: [line(1, "reStructuredText")]),
    Case(
      name: "Sphinx, from the post and from the root",
      files: [
        "docs/conf.py":
          "extensions = ['ablog']\nhtml_static_path = ['_static']\ntemplates_path = ['_templates']",
        "docs/_static/sea.png": "", "docs/guide/lake.png": "",
        "docs/_templates/a.html": "<img src=\"/x.png\">",
        "docs/guide/a.rst": ".. image:: lake.png\n\n.. image:: /_static/sea.png\n",
        "README.rst": ".. image:: a.png",
      ],
      references: [
        "docs/guide/a.rst:1:1 markup lake.png -> docs/guide/lake.png",
        "docs/guide/a.rst:3:1 markup /_static/sea.png -> docs/_static/sea.png",
      ], problems: [line(1, "reStructuredText")]),
    Case(
      name: "a post without a picture says nothing", files: ["hugo.toml": "", "content/a.rst": "A"],
      references: []),
    Case(
      name: "Hexo, with front matter",
      files: [
        "_config.yml": "", "source/_posts/a.md": "", "source/sea.png": "",
        "source/_posts/b.org": "---\ntitle: B\n---\n[[/sea.png]]\n", "source/files/c.org": "[[/sea.png]]",
      ],
      references: ["source/_posts/b.org:4:1 markup /sea.png -> source/sea.png"],
      problems: [line(1, "Org mode")]),
  ]

  @Test(arguments: cases)
  func references(_ example: Case) throws {
    let result = try TemporaryFolder(example.files).scan()
    let found = result.references.map {
      "\($0.post):\($0.line):\($0.column) \($0.kind.rawValue) \($0.url) -> \($0.source ?? "nothing")"
    }
    #expect(found == example.references)
    #expect(result.problems.filter { $0.rule == .postSkipped }.map(\.message) == example.problems)
    // Nothing of these is edited, and no picture has a line of its own.
    for reference in result.references where reference.status == .local && !reference.post.hasSuffix(".html")
    {
      #expect(reference.keptBecause != nil && reference.replacement == nil)
      let post = try #require(result.posts.first { $0.path == reference.post })
      #expect(reference.form(in: post, preferring: .picture) == nil)
    }
    #expect(!result.problems.contains { $0.rule == .referenceKept && !$0.file.hasSuffix(".html") })
  }

  struct Broken: CustomTestStringConvertible, Sendable {
    var text: String
    var message: String
    var testDescription: String { message }
  }

  @Test(
    "a notebook that its own tool cannot read is one error, at its place",
    arguments: [
      Broken(text: "{\"cells\": [\n {\"a\": 1 \"b\": 2}\n]}", message: "2:10: a comma is missing"),
      Broken(text: "{\"cells\": [", message: "1:11: the file ends too early"),
      Broken(text: "{\"cells\": [],}", message: "1:14: a name in quotes is missing"),
      Broken(text: "{\"cells\": [\"\\x\"]}", message: "1:13: an escape is wrong"),
      Broken(text: "{\"cells\": [01a]}", message: "1:12: a value is missing"),
      Broken(text: "", message: "1:1: the file ends too early"),
      Broken(text: "{} {}", message: "1:4: there is more behind the end"),
      Broken(
        text: String(repeating: "[", count: 100_000), message: "1:201: values are nested too deep"),
      Broken(text: "[]", message: "1:1: the notebook has no cells"),
    ])
  func brokenNotebooks(_ example: Broken) throws {
    let problems = try TemporaryFolder(["_quarto.yml": "", "a.ipynb": example.text]).scan().problems
    let errors = problems.filter { $0.severity == .error }
    #expect(errors.count == 1 && errors.first?.file == "a.ipynb" && errors.first?.advice != nil)
    let error = try #require(errors.first)
    let message = "\(error.line ?? 0):\(error.column ?? 0): \(error.message)"
    #expect(message.replacing("the notebook is not valid JSON: ", with: "") == example.message)
  }

  @Test func picturesInsideANotebookAreCounted() throws {
    let text = """
      {"cells": [
       {"cell_type": "markdown", "metadata": {}, "source": "![a](attachment:p.png)",
        "attachments": {"p.png": {"image/png": "aGVsbG8gd29ybGQh"}}},
       {"cell_type": "code", "metadata": {}, "source": "plot()", "execution_count": 1,
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGVsbG8="}}]},
       {"cell_type": "code", "metadata": {}, "source": "#| include: false\\nplot()", "execution_count": 1,
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGVsbG8="}}]}
      ], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
      """
    let references = try TemporaryFolder(["_quarto.yml": "", "a.ipynb": text]).scan().references
    #expect(references.map(\.status) == [.data, .data])
    #expect(references.map(\.embeddedBytes) == [12, 5])
    #expect(references.map(\.line) == [2, 5])
  }
}
