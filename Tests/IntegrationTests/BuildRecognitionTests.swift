import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Sources that only their generator reads: the command that makes pages of them is named.
  @Suite struct BuildRecognitionTests {
    struct Case: Sendable, CustomStringConvertible {
      var files: [String: String]
      var words: [String]

      var description: String { words.first ?? "" }
    }

    private static let page = "<!doctype html><p><img src=\"/a.png\"></p>"

    /// Each with the pages of an earlier build among its sources.
    static let cases = [
      Case(
        files: [
          "docs/.vitepress/config.mts": "", "docs/index.md": "# A", "docs/.vitepress/dist/index.html": page,
        ],
        words: ["sources of VitePress (docs/.vitepress/config.mts is there)", "docs/.vitepress/dist"]),
      Case(
        files: ["next.config.mjs": "", "package.json": "{}", "out/index.html": page],
        words: ["sources of Next.js (next.config.mjs is there)", "name the folder: out"]),
      Case(
        files: ["package.json": #"{"devDependencies": {"nuxt": "3"}}"#, "dist/index.html": page],
        words: ["sources of Nuxt (package.json names nuxt)"]),
      Case(files: ["gatsby-config.ts": "", "public/index.html": page], words: ["sources of Gatsby"]),
      Case(
        files: ["svelte.config.js": "", "src/app.html": "%sveltekit.body%", "build/index.html": page],
        words: ["sources of SvelteKit"]),
      Case(
        files: ["package.json": #"{"scripts": {"build": "make"}}"#, "dist/index.html": page],
        words: ["these are sources (package.json has a script build)", "name the folder: dist"]),
    ]

    @Test(arguments: cases) func sourcesAreCalledByTheirName(_ example: Case) async throws {
      let folder = try TemporaryFolder()
      for (path, text) in example.files { try folder.write(text, to: "site/" + path) }
      for arguments in [[], ["check"]] {
        let command = try await Product.run(arguments + [folder("site")])
        #expect(command.status == 66, "\(arguments): \(command.errors)")
        for word in example.words + ["'optimize-assets build' runs it"] {
          #expect(command.errors.contains(word), "\(command.errors)")
        }
      }
      #expect(!FileManager.default.fileExists(atPath: folder("site/_optimized")))
    }

    /// What looks like sources and begins with a page is a site that somebody serves as it is.
    @Test func aFolderWithAFrontPageIsTakenForPages() async throws {
      let folder = try TemporaryFolder([
        "site/package.json": #"{"scripts": {"build": "make"}}"#, "site/index.html": Self.page,
      ])
      let command = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(command.status == 0, "\(command.errors)")
    }

    @Test func aUserWhoSaysThatTheyArePagesIsRight() async throws {
      let folder = try TemporaryFolder(["site/next.config.js": "", "site/out/index.html": Self.page])
      let command = try await Product.run(["scan", folder("site"), "--kind", "html"])
      #expect(command.status == 0, "\(command.errors)")
    }

    @Test(arguments: [("docusaurus.config.js", true), ("_config.yml", false)])
    func aCopyOfSourcesThatWinsLittleSaysWhichCommandWinsMore(_ file: String, _ isSaid: Bool) async throws {
      let folder = try TemporaryFolder([
        "site/\(file)": "", "site/docs/a.md": "# A", "site/_posts/2020-01-02-a.md": "A",
      ])
      let command = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.text.contains("'optimize-assets build'") == isSaid, "\(command.text)")
    }
  }
}
