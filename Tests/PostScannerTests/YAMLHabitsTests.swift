import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// What generators' readers of YAML differ in: keys that stand twice, and what `<<` merges.
struct YAMLHabitsTests {
  private static let repeating = "---\nimage: /assets/x.png\nimage: /assets/y.png\n---\n"

  private func scan(_ files: [String: String]) throws -> ScanResult {
    try TemporaryFolder(["assets/x.png": "x", "assets/y.png": "y"].merging(files) { $1 }).scan()
  }

  @Test func jekyllTakesTheLastOfTwoValuesAndTheyAreTold() throws {
    let result = try scan(["_config.yml": "", "_posts/2020-01-02-a.md": Self.repeating])
    #expect(result.references.map(\.source) == ["assets/y.png"])
    #expect(result.problems.map(\.rule) == [.badFrontMatter])
    #expect(
      result.problems.first?.message == "the front matter is not valid YAML: the key image is there twice")
    #expect(result.problems.first?.line == 2)
    #expect(result.problems.first?.advice == "keep one of them: the last one counts")
  }

  @Test func goYAMLRefusesThem() throws {
    let files = ["hugo.toml": "", "content/a.md": Self.repeating, "static/assets/y.png": "y"]
    let result = try scan(files)
    #expect(result.references.isEmpty)
    #expect(result.problems.map(\.rule) == [.badFrontMatter])
  }

  /// MkDocs reads lines of metadata where the front matter is no YAML: here it is.
  @Test func pyYAMLTakesTheLast() {
    let file = Array("---\nimage: \"a.png\"\nimage: \"b.png\"\n---\nbody".utf8)
    let matter = FrontMatter(file, from: 0, forms: [.yaml, .metadata], habits: .pyYAML)
    #expect(matter.form == .yaml)
    #expect(matter.images(["image"]).map(\.text) == ["b.png"])
    #expect(matter.problem?.isHarmless == true)
  }

  @Test func thoseOfAConfigurationAreTold() throws {
    let jekyll = try scan(["_config.yml": "a: 1\nbaseurl: /b\nbaseurl: /c\n", "_posts/2020-01-02-a.md": "a"])
    #expect(jekyll.site.baseurl == "/c")
    #expect(
      jekyll.problems.map { "\($0.file):\($0.line ?? 0): \($0.message)" } == [
        "_config.yml:3: the key baseurl is there twice, and the last one counts"
      ])
    let mkdocs = try scan(["mkdocs.yml": "docs_dir: a\ndocs_dir: docs\n", "docs/a.md": "a"])
    #expect(mkdocs.problems.map(\.line) == [2])
    #expect(
      throws: ScanError.badConfiguration(file: "hugo.yml", line: 1, message: "the key a is there twice")
    ) {
      try scan(["hugo.yml": "a: 1\na: 2\n", "content/a.md": "---\n---\n"])
    }
  }

  @Test func mergedImagesAreEditedWhereTheyStand() throws {
    let text = "---\nbase: &base\n  image: /assets/x.png\nheader:\n  image: /assets/y.png\n  <<: *base\n---\n"
    for (habits, expected) in [(YAMLHabits.psych, "/assets/x.png"), (.strict, "/assets/y.png")] {
      let values = FrontMatter(Array(text.utf8), from: 0, habits: habits).images(["header.image"])
      #expect(values.map(\.text) == [expected])
      #expect(text.bytes(values.first?.range) == expected)
    }
  }

  /// The line of a JSON object's front matter is the file's, as that of YAML between two lines is.
  @Test(arguments: [
    ("---\na: 1\nb: c: d\n---\n", 3), ("{\n  \"a\": *b\n}\n", 2), ("---json\n{\n*b\n}\n---\n", 3),
  ])
  func problemsNameTheFilesLine(text: String, line: Int) {
    let matter = FrontMatter(Array(text.utf8), from: 0, forms: [.yaml, .json])
    #expect(matter.problem?.line == line)
  }

  @Test func yesAndNoMayBeInQuotes() throws {
    let files = ["_config.yml": "", "_posts/2020-01-02-a.md": "---\npublished: \"false\"\n---\n"]
    #expect(try scan(files).problems.contains { $0.rule == .postSkipped })
  }
}
