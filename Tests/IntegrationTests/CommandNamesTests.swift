import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Names of files, texts and keys that a build service, a terminal or a reader would take for something else.
  @Suite struct CommandNamesTests {
    private static let names = [
      "::error::pwn", "##[error]x", "##vso[task.setvariable variable=x]y", "a\u{202E}gpj", "b\u{1B}[2Jc",
      "d\u{9B}31m",
    ]

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder(["site/_config.yml": ""])
      var body = ""
      for (number, name) in Self.names.enumerated() {
        try folder.write("bad", to: "site/\(name).jpg")
        let url = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        body += "![\(name)](/\(url).jpg)\n"
        try folder.write("---\n---\n![a](/\(url).jpg)\n", to: "site/_posts/2026-01-0\(number + 1)-\(name).md")
      }
      try folder.write("---\n---\n" + body, to: "site/_posts/2026-02-01-all.md")
      return folder
    }

    private static let commands =
      [["scan"], ["optimize", "--dry-run", "-v"]]
      + ["text", "json", "github", "gitlab", "sarif", "junit", "markdown"].map { ["check", "--format", $0] }

    @Test(arguments: commands) func areSpelledOut(_ command: [String]) async throws {
      let folder = try site()
      let run = try await Product.run([command[0], folder("site")] + command.dropFirst() + ["--no-cache"])
      for text in [run.text, run.errors] {
        // What is read by programs alone holds names as they are.
        if ["text", "github", "markdown", "scan", "-v"].contains(command.last) {
          #expect(!text.contains("##[") && !text.contains("##vso["), "\(text)")
        }
        for scalar in ["\u{1B}", "\u{9B}", "\u{202E}"] as [Unicode.Scalar] {
          #expect(!text.unicodeScalars.contains(scalar), "\(text)")
        }
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        let allowed = command.last == "github" ? ["::error file=", "::warning file=", "::notice file="] : []
        #expect(!lines.contains { line in line.hasPrefix("::") && !allowed.contains { line.hasPrefix($0) } })
      }
    }

    @Test func aKeyIsOneLine() async throws {
      let folder = try site()
      try folder.write("\"a\\n::error::b\": 1\n", to: "site/optimize-assets.yml")
      let run = try await Product.run(["scan", folder("site")])
      #expect(run.status == 78)
      #expect(run.errors.split(separator: "\n").count == 1 && run.errors.contains("a\\u{A}::error::b"))
      try folder.write("folder: \"\\0\"\n", to: "site/optimize-assets.yml")
      let zero = try await Product.run(["scan", folder("site")])
      #expect(
        zero.status == 78 && zero.errors.contains("must not hold a character of zero"), "\(zero.errors)")
    }
  }
}
