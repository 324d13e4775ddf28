import AssetModel
import SiteFiles
import TestSupport
import Testing

@testable import PostScanner

/// Files that a generator makes pages of, and that are not read.
@Suite("Posts that are not read")
struct UnreadFormatTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var files: [String: String]
    /// The messages, in the order of their files.
    var messages: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "Hugo",
      files: [
        "hugo.toml": "", "content/a.md": "", "content/b.adoc": "= B", "content/c/index.org": "",
        "README.adoc": "",
        "content/c/d.adoc": "", "themes/x/content/e.adoc": "",
      ],
      messages: ["not read: 2 posts in AsciiDoc", "not read: 1 post in Org mode"]),
    Case(
      name: "Jekyll: by its place and name, or by front matter",
      files: [
        "_config.yml": "", "_posts/2026-01-02-a.textile": "h1. A", "_posts/notes.textile": "h1. No date",
        "about.adoc": "---\ntitle: A\n---\n", "README.adoc": "= Readme",
      ],
      messages: ["not read: 1 post in Textile", "not read: 1 post in AsciiDoc"]),
    Case(
      name: "Pelican",
      files: [
        "pelicanconf.py": "PATH = 'content'", "content/a.rst": "", "content/n.ipynb": "{}", "doc/b.rst": "",
      ],
      messages: ["not read: 1 post in reStructuredText", "not read: 1 post in notebooks"]),
    Case(
      name: "Quarto", files: ["_quarto.yml": "", "posts/a.ipynb": "{}", "posts/b.qmd": ""],
      messages: ["not read: 1 post in notebooks"]),
    Case(
      name: "MkDocs, where a plugin renders them",
      files: ["mkdocs.yml": "plugins: [mkdocs-jupyter]", "docs/a.md": "", "docs/n.ipynb": "{}"],
      messages: ["not read: 1 post in notebooks"]),
    Case(
      name: "MkDocs, where they are downloads",
      files: ["mkdocs.yml": "site_name: A", "docs/a.md": "", "docs/n.ipynb": "{}"], messages: []),
    Case(
      name: "Eleventy, where its configuration names the extension",
      files: [".eleventy.js": "c.addExtension('adoc', {})", "a.adoc": "", "b.rst": "", "c.md": ""],
      messages: ["not read: 1 post in AsciiDoc"]),
    Case(
      name: "Hexo, with front matter",
      files: [
        "_config.yml": "", "source/_posts/a.md": "", "source/_posts/b.org": "---\ntitle: B\n---\n",
        "source/files/c.org": "* C",
      ],
      messages: ["not read: 1 post in Org mode"]),
    Case(
      name: "a format that its generator does not know",
      files: [
        "config.toml": "", "templates/a.html": "", "content/a.md": "+++\ntitle = \"A\"\n+++\nA\n",
        "content/b.rst": "",
      ],
      messages: []),
    Case(
      name: "nothing at all", files: ["_config.yml": "title: Empty"], messages: ["no post or page was found"]),
  ]

  @Test(arguments: cases)
  func areToldByFormat(_ example: Case) throws {
    let found = try TemporaryFolder(example.files).scan().problems.filter {
      $0.rule == .unreadFormat || $0.rule == .nothingFound
    }
    #expect(Set(found.map(\.message)) == Set(example.messages))
    #expect(found.count == example.messages.count)
    #expect(found.allSatisfy { $0.severity == .warning && $0.advice != nil })
  }

  @Test("they say which file is the first of them, and which folder has the pages")
  func place() throws {
    let problems = try TemporaryFolder(["hugo.toml": "", "content/b.org": "", "content/a.org": ""]).scan()
      .problems
    #expect(
      problems.map(\.description) == [
        "content/a.org: warning: not read: 2 posts in Org mode (build the site with Hugo, and name the folder with its"
          + " pages, such as public) [unread-format]"
      ])
  }

  struct Foreign: CustomTestStringConvertible, Sendable {
    var files: [String: String]
    var generator: String?
    var testDescription: String { "\(files.keys.sorted()): \(generator ?? "none")" }
  }

  @Test(arguments: [
    Foreign(files: ["a.lektorproject": "", "templates/a.html": ""], generator: "Lektor"),
    Foreign(files: ["conf.py": "BLOG_TITLE = 'A'", "themes/a.html": ""], generator: "Nikola"),
    Foreign(files: ["conf.py": "extensions = ['ablog']", "a.rst": ""], generator: "Sphinx"),
    Foreign(files: ["conf.py": "# extensions = []", "a.html": ""], generator: nil),
    Foreign(files: ["conf.py": "extensions = ['ablog']", "index.html": ""], generator: nil),
    Foreign(files: ["a.html": ""], generator: nil),
  ])
  func sourcesOfOtherGeneratorsAreNamed(_ example: Foreign) throws {
    let folder = try TemporaryFolder(example.files)
    #expect(UnreadSources(in: try SiteRoot(folder.path))?.generator == example.generator)
  }
}
