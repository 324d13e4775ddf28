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
        "hugo.toml": "", "content/a.md": "", "content/b.pdc": "B", "content/c/index.org": "",
        "README.pdc": "",
        "content/c/d.pandoc": "", "themes/x/content/e.pdc": "",
      ],
      messages: ["not read: 2 posts in Pandoc's Markdown"]),
    Case(
      name: "Astro", files: ["astro.config.mjs": "", "src/content/a.mdoc": "", "src/content/b.md": ""],
      messages: ["not read: 1 post in Markdoc"]),
    Case(
      name: "formats that are read", files: ["hugo.toml": "", "content/a.adoc": "= A", "content/b.rst": "B"],
      messages: []),
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
    let problems = try TemporaryFolder(["hugo.toml": "", "content/b.pdc": "", "content/a.pdc": ""]).scan()
      .problems
    #expect(
      problems.map(\.description) == [
        "content/a.pdc: warning: not read: 2 posts in Pandoc's Markdown (build the site with Hugo, and name the folder"
          + " with its pages, such as public) [unread-format]"
      ])
  }
}
