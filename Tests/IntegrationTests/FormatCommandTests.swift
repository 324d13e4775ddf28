import Foundation
import TestSupport
import Testing

extension IntegrationTests {
  /// The commands on sites whose posts are not Markdown.
  @Suite struct FormatCommandTests {
    struct Case: CustomTestStringConvertible, Sendable {
      var name: String
      var files: [String: String]
      /// Files that are no text.
      var bytes: [String: Data] = [:]
      /// The line of a page that `check` prints, and its exit code.
      var page: String
      var status: Int32 = 0
      /// What `optimize` says of the format, in one line.
      var line: String
      var testDescription: String { name }
    }

    static let cases = [
      Case(
        name: "reStructuredText",
        files: [
          "pelicanconf.py": "PATH = 'content'",
          "content/a.rst": "A\n=\n\n.. image:: {static}/images/x.svg\n\n.. image:: {static}/images/x.svg\n",
          "content/images/x.svg": svg,
        ], page: "content/a.rst",
        line: "content/a.rst: warning: 1 post in reStructuredText is read and not rewritten"),
      Case(
        name: "AsciiDoc",
        files: [
          "hugo.toml": "", "content/a.adoc": "image::/x.svg[]\n", "content/b.adoc": "image::/x.svg[]\n",
          "static/x.svg": svg,
        ], page: "content/b.adoc",
        line: "content/a.adoc: warning: 2 posts in AsciiDoc are read and not rewritten"),
      Case(
        name: "a source that is no text",
        files: ["pelicanconf.py": "PATH = 'content'", "content/b.rst": "B\n=\n"],
        bytes: ["content/a.rst": Data("A\n=\n\nCaf".utf8) + [0xE9, 0x0A]],
        page: "content/a.rst:4:4: error: is not valid UTF-8, so nothing that it shows is known", status: 2,
        line: "content/a.rst:4:4: error: is not valid UTF-8"),
      Case(
        name: "a notebook that is broken",
        files: ["_quarto.yml": "", "a.ipynb": "{\"cells\": [\n", "b.ipynb": "{\"cells\": []}"],
        page: "a.ipynb:1:12: error: the notebook is not valid JSON: the file ends too early", status: 2,
        line: "a.ipynb:1:12: error: the notebook is not valid JSON"),
    ]

    private static let svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"40\" height=\"20\"/></svg>"

    @Test(arguments: cases)
    func areReadAndWeighedAndLeft(_ example: Case) async throws {
      let folder = try TemporaryFolder()
      for (path, text) in example.files { try folder.write(text, to: "site/" + path) }
      for (path, data) in example.bytes { try folder.write(data, to: "site/" + path) }
      let check = try await Product.run(["check", folder("site")])
      #expect(check.status == example.status, "\(check.errors)")
      #expect((check.text + check.errors).contains(example.page), "\(check.text) \(check.errors)")
      let optimize = try await Product.run(["optimize", folder("site"), "--output", folder("out")])
      let said = (optimize.text + optimize.errors).split(separator: "\n").filter { $0.contains(example.line) }
      #expect(said.count == 1, "\(optimize.text) \(optimize.errors)")
      for (path, text) in example.files where optimize.status == 0 {
        #expect(try folder.text("out/" + path) == text, "\(path)")
      }
    }
  }
}
