import AssetModel
import Foundation
import TestSupport
import Testing

@testable import PostScanner

/// Files that posts take in, and files that pages name by more than a path.
@Suite struct IncludedFileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var files: [String: String]
    /// Of each reference its post, the file and the line where it is written, and what it leads to.
    var expected: [String]
    var posts: [String]

    init(_ name: String, _ files: [String: String], _ expected: [String], posts: [String] = ["a.adoc"]) {
      (testDescription, self.files, self.expected, self.posts) = (name, files, expected, posts)
    }
  }

  private static let conf = "extensions = []\n"

  static let cases: [Case] = [
    Case(
      "AsciiDoc, from the page's own folder of images",
      [
        "a.adoc": "= A\n:imagesdir: i\n\ninclude::parts/b.adoc[]\n\nimage::y.png[]\n",
        "parts/b.adoc": "Text.\n\nimage::x.png[]\n", "i/x.png": "", "i/y.png": "",
      ],
      ["a.adoc parts/b.adoc:3 i/x.png", "a.adoc a.adoc:6 i/y.png"]),
    Case(
      "AsciiDoc, one that takes in another, and itself",
      [
        "a.adoc": "include::p/b.adoc[]\n", "p/b.adoc": "include::c.adoc[leveloffset=+1]\ninclude::b.adoc[]\n",
        "p/c.adoc": "\nimage::x.png[]", "x.png": "",
      ],
      ["a.adoc p/c.adoc:2 x.png"]),
    Case(
      "AsciiDoc, lines and tags of a file",
      [
        "a.adoc": "include::b.txt[lines=1..2]\n\ninclude::b.txt[tag=t]\n\nimage::y.png[]\n",
        "b.txt": "image::x.png[]\n\nimage::y.png[]\n// tag::t[]\n\nimage::z.png[]\n// end::t[]\n",
        "x.png": "", "y.png": "", "z.png": "",
      ],
      ["a.adoc b.txt:1 x.png", "a.adoc b.txt:6 z.png", "a.adoc a.adoc:5 y.png"]),
    Case(
      "AsciiDoc, by an attribute, and two pages of one file",
      [
        "a.adoc": ":parts: p\n\ninclude::{parts}/b.adoc[]\n", "c.adoc": "\ninclude::p/b.adoc[]\n",
        "p/b.adoc": "image::x.png[]\n", "x.png": "",
      ],
      ["a.adoc p/b.adoc:1 x.png", "c.adoc p/b.adoc:1 x.png"], posts: ["a.adoc", "c.adoc"]),
    Case(
      "AsciiDoc, in listings, escaped, elsewhere and nowhere",
      [
        "a.adoc":
          "----\ninclude::b.txt[]\n----\n\n\\include::b.txt[]\n\ninclude::../b.txt[]\n\ninclude::gone.adoc[]\n\nimage::x.png[]\n",
        "b.txt": "image::x.png[]\n", "x.png": "",
      ],
      ["a.adoc a.adoc:11 x.png"]),
    Case(
      "reStructuredText, with its options",
      [
        "conf.py": conf, "index.rst": "A\n=\n\n.. include:: p/b.inc\n   :start-after: begin\n\nText.\n",
        "p/b.inc": ".. image:: y.png\n\n.. begin\n\n.. image:: x.png\n", "x.png": "", "y.png": "",
      ],
      ["index.rst p/b.inc:5 x.png"], posts: ["index.rst"]),
    Case(
      "reStructuredText, as a listing",
      [
        "conf.py": conf, "index.rst": "A\n=\n\n.. include:: b.inc\n   :literal:\n\n.. image:: x.png\n",
        "b.inc": ".. image:: x.png\n", "x.png": "",
      ],
      ["index.rst index.rst:7 x.png"], posts: ["index.rst"]),
    Case(
      "reStructuredText, a page of its own as well",
      [
        "conf.py": conf, "index.rst": "A\n=\n\n.. include:: b.rst\n", "b.rst": ".. image:: x.png\n",
        "x.png": "",
      ],
      ["b.rst b.rst:1 x.png", "index.rst b.rst:1 x.png"], posts: ["b.rst", "index.rst"]),
    Case(
      "Antora's modules",
      [
        "antora.yml": "name: a\n",
        "modules/ROOT/pages/in/a.adoc":
          "= A\n\nimage::x.png[]\n\nText image:other:in/y.png[] and image:ROOT:image$gone.png[].\n\ninclude::partial$p.adoc[]\n\nimage::https://h.example/z.png[]\n",
        "modules/ROOT/partials/p.adoc": "image::x.png[]\n", "modules/ROOT/images/x.png": "",
        "modules/other/images/in/y.png": "",
      ],
      [
        "modules/ROOT/pages/in/a.adoc modules/ROOT/pages/in/a.adoc:3 modules/ROOT/images/x.png",
        "modules/ROOT/pages/in/a.adoc modules/ROOT/pages/in/a.adoc:5 modules/other/images/in/y.png",
        "modules/ROOT/pages/in/a.adoc modules/ROOT/pages/in/a.adoc:5 missing",
        "modules/ROOT/pages/in/a.adoc modules/ROOT/partials/p.adoc:1 modules/ROOT/images/x.png",
        "modules/ROOT/pages/in/a.adoc modules/ROOT/pages/in/a.adoc:9 remote",
      ], posts: ["modules/ROOT/pages/in/a.adoc"]),
    Case(
      "nbdev's list below the title",
      [
        "a.ipynb":
          ##"{"cells":[{"cell_type":"markdown","metadata":{},"source":["# T\n","> D\n","\n","- image: x.png\n","- note: [b\n","- x: y: z"]}],"nbformat":4,"nbformat_minor":5,"metadata":{}}"##,
        "b.md": "![](x.png)", "x.png": "",
      ],
      ["a.ipynb a.ipynb:1 x.png", "b.md b.md:1 x.png"], posts: ["a.ipynb", "b.md"]),
  ]

  @Test(arguments: cases)
  func areReadAsPartOfThePage(_ example: Case) throws {
    let result = try TemporaryFolder(example.files).scan()
    let references = result.references.map {
      "\($0.post) \($0.writtenIn):\($0.line) \($0.source ?? $0.status.rawValue)"
    }
    #expect(references == example.expected)
    #expect(result.posts.map(\.path) == example.posts)
    #expect(!result.problems.contains { $0.rule == .badFrontMatter })
  }

  @Test func whatIsMissingIsToldWhereItIsWritten() throws {
    let result = try TemporaryFolder([
      "a.adoc": "include::b.adoc[]\n\nimage::x.png[]\n", "b.adoc": "\n\nimage::gone.png[]\n", "x.png": "",
    ]).scan()
    let problem = try #require(result.problems.first { $0.rule == .missingFile })
    #expect(problem.file == "b.adoc")
    #expect(problem.line == 3)
  }
}

/// Folders whose posts are in other formats than Markdown.
@Suite struct FolderFormatTests {
  @Test(arguments: [
    ("adoc", "image::x.png[]"), ("rst", ".. image:: x.png"), ("org", "[[file:x.png]]"),
    ("textile", "!x.png!"),
  ])
  func areFoldersOfPosts(_ ending: String, _ text: String) throws {
    let result = try TemporaryFolder(["posts/a.\(ending)": text + "\n", "posts/x.png": ""]).scan()
    #expect(result.site.kind == .markdown)
    #expect(result.site.reason.hasPrefix("posts/a.\(ending) and pictures"))
    #expect(result.references.map(\.source) == ["posts/x.png"])
  }

  @Test func areNamedWhereTheyShowNothing() throws {
    let error = #expect(throws: ScanError.self) {
      try TemporaryFolder(["a.adoc": "Text.", "b.adoc": "Text.", "c.org": "Text.", "x.png": ""]).scan()
    }
    #expect(error?.diagnostic.message.contains("2 posts in AsciiDoc, 1 post in Org mode") == true)
  }
}

/// Sites below a folder that is none itself.
@Suite struct InnerSiteTests {
  private static let blog = [
    "sites/blog/_config.yml": "", "sites/blog/_posts/2024-01-01-a.md": "---\n---\n![](/a.jpg)",
  ]

  @Test func areNamedAndNotReadByOtherRules() throws {
    let files = ["notes/b.md": "![](b.jpg)", "notes/b.jpg": "", "sites/blog/a.jpg": ""]
    let result = try TemporaryFolder(files.merging(Self.blog) { $1 }).scan()
    #expect(result.posts.map(\.path) == ["notes/b.md"])
    #expect(result.references.map(\.source) == ["notes/b.jpg"])
    let problem = try #require(result.problems.first { $0.rule == .unreadFormat })
    #expect(problem.file == "sites/blog")
    #expect(problem.ofCheck.message == "not checked: the site in this folder, which is one of Jekyll")
  }

  @Test func aloneMakeNoSite() throws {
    let files = ["sites/docs/mkdocs.yml": "site_name: a\n", "README.md": "Text.", "sites/blog/a.jpg": ""]
    let error = #expect(throws: ScanError.self) {
      try TemporaryFolder(files.merging(Self.blog) { $1 }).scan()
    }
    #expect(
      error?.diagnostic.message
        == "this is no site itself: sites/blog is one of Jekyll, sites/docs is one of MkDocs")
  }

  @Test(arguments: [
    ("---\ntitle: a\nimage: x.jpg\n\n# T\n", true), ("---\n\n# T\n", false), ("---\nText\n", false),
  ])
  func frontMatterThatNothingEndsIsTold(_ text: String, _ isTold: Bool) throws {
    let result = try TemporaryFolder(["_config.yml": "", "_posts/2024-01-01-a.md": text]).scan()
    let problem = result.problems.first { $0.rule == .badFrontMatter }
    #expect(problem?.line == (isTold ? 1 : nil))
  }
}
