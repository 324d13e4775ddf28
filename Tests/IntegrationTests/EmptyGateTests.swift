import TestSupport
import Testing

extension IntegrationTests {
  /// A gate that has looked at nothing says so.
  @Suite struct EmptyGateTests {
    struct Case: CustomTestStringConvertible, Sendable {
      var name: String
      var files: [String: String]
      var arguments: [String] = []
      var status: Int32
      /// Words of what is printed.
      var words: String
      var testDescription: String { name }
    }

    static let hugo = ["hugo.toml": "", "content/a.pdc": "A", "content/b.pdc": "B"]

    static let cases = [
      Case(
        name: "posts of a format that is not read", files: hugo, status: 2,
        words: "content/a.pdc: error: not checked: 2 posts in Pandoc's Markdown"),
      Case(
        name: "beside posts that are read", files: hugo.merging(["content/c.md": "C"]) { first, _ in first },
        status: 2, words: "not checked: 2 posts in Pandoc's Markdown"),
      Case(
        name: "they are not what --allow-empty is for", files: hugo, arguments: ["--allow-empty"], status: 2,
        words: "not checked: 2 posts in Pandoc's Markdown"),
      Case(
        name: "one that was asked for", files: hugo.merging(["content/c.md": "C"]) { first, _ in first },
        arguments: ["--only", "SITE/content/b.pdc"], status: 2,
        words: "not checked: 2 posts in Pandoc's Markdown"),
      Case(
        name: "when others were asked for", files: hugo.merging(["content/c.md": "C"]) { first, _ in first },
        arguments: ["--only", "SITE/content/c.md"], status: 0, words: "Within budget."),
      Case(
        name: "nothing", files: ["hugo.toml": ""], status: 2, words: "error: no post or page was found"),
      Case(
        name: "nothing, as meant", files: ["hugo.toml": ""], arguments: ["--allow-empty"], status: 0,
        words: "Within budget."),
      Case(
        name: "a generator's templates alone",
        files: ["a.lektorproject": "", "templates/own.html": "<img src=\"{{ x }}\">"], status: 2,
        words: "error: no post or page was found"),
    ]

    @Test(arguments: cases)
    func isNeverGreen(_ example: Case) async throws {
      let folder = try TemporaryFolder()
      for (path, text) in example.files { try folder.write(text, to: "site/" + path) }
      let arguments = example.arguments.map { $0.replacing("SITE", with: folder("site")) }
      let command = try await Product.run(["check", folder("site")] + arguments)
      #expect(command.status == example.status, "\(command.errors)")
      #expect((command.text + command.errors).contains(example.words), "\(command.text) \(command.errors)")
    }

    @Test(arguments: [["scan"], ["optimize", "--dry-run"]])
    func otherCommandsNameWhatTheyDidNotRead(_ words: [String]) async throws {
      let folder = try TemporaryFolder()
      for (path, text) in Self.hugo { try folder.write(text, to: "site/" + path) }
      let command = try await Product.run(words + [folder("site")])
      #expect(command.status == 0)
      #expect(
        command.errors.contains("content/a.pdc: warning: not read: 2 posts in Pandoc's Markdown"),
        "\(command.errors)"
      )
    }
  }
}
