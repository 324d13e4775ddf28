import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `build`, as a user runs it, with a generator of the test's own: a script that copies a folder of pages.
  @Suite struct BuildTests {
    private struct Output: Decodable {
      var destination: String
      var filesPublished: Int
      var summary: Summary
    }

    private static let script = """
      echo "building it"
      test -f fail && { echo "the template is broken"; exit 3; }
      mkdir -p "$1" && cp -r pages/. "$1"
      """

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder([
        "site/generate.sh": Self.script,
        "site/optimize-assets.yml": "build: [sh, generate.sh, \"{destination}\"]\n",
        "site/pages/index.html": Self.page("harbour"), "site/pages/about.html": "<!doctype html><p>About</p>",
      ])
      let picture = try DrawnSite.picture(1600, 900, grain: 5)
      try folder.write(picture.jpeg(quality: 92, chroma: .full), to: "site/pages/harbour.jpg")
      return folder
    }

    private static func page(_ image: String) -> String {
      """
      <!doctype html><html><head><style>img { max-width: 100%; height: auto }</style></head>
      <body><main><p><img src="\(image).jpg" alt="A harbour"></p></main></body></html>
      """
    }

    private func build(_ folder: TemporaryFolder, _ arguments: String...) async throws -> Command {
      try await Product.run(["build", folder("site"), "--cache", folder("cache")] + arguments)
    }

    @Test func pagesComeOutLighterWhereTheyAreServed() async throws {
      let folder = try site()
      let command = try await build(folder, "--format", "json")
      try #require(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("building it"), "the generator's output is shown")
      let output = try JSONDecoder().decode(Output.self, from: command.output)
      #expect(output.destination == folder("site/_site"))
      #expect(output.filesPublished > 3)
      let (before, after) = (
        output.summary.downloadsBefore["phone"] ?? 0, output.summary.downloads?["phone"] ?? 0
      )
      #expect(after > 0 && after * 2 < before, "\(before) \(after)")
      #expect(try folder.text("site/_site/index.html").contains("srcset"))
      let names = try FileTree.files(below: folder("site/_site")).map(\.path)
      #expect(!names.contains { $0.hasPrefix(".optimize-assets") }, "\(names)")
      // Beside the destination nothing has come into the site.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder("site")).sorted() == [
          "_site", "generate.sh", "optimize-assets.yml", "pages",
        ])

      let again = try await build(folder)
      #expect(
        String(decoding: again.output, as: UTF8.self).contains("where nothing changed"), "\(again.errors)")
    }

    @Test func failedBuildLeavesThePagesThatAreServed() async throws {
      let folder = try site()
      #expect(try await build(folder).status == 0)
      let before = try folder.text("site/_site/index.html")
      try folder.write("", to: "site/fail")
      let failed = try await build(folder)
      #expect(failed.status == 69)
      #expect(failed.errors.contains("the template is broken"))
      #expect(failed.errors.contains("status 3"), "\(failed.errors)")
      #expect(failed.errors.contains("what was published before is untouched"), "\(failed.errors)")
      #expect(try folder.text("site/_site/index.html") == before)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder("cache/build"))
          .filter { !$0.hasPrefix(".") }.sorted() == [
            "figures.json", "optimized", "pages", "published", "scripts.json",
          ])
    }

    @Test func changedPageIsPublishedAndARemovedOneGoes() async throws {
      let folder = try site()
      #expect(try await build(folder, "--output", folder("web")).status == 0)
      try folder.write("<!doctype html><p>More</p>", to: "site/pages/about.html")
      try folder.write("<!doctype html><p>New</p>", to: "site/pages/new.html")
      #expect(try await build(folder, "--output", folder("web")).status == 0)
      #expect(try folder.text("web/about.html").contains("More"))
      #expect(FileManager.default.fileExists(atPath: folder("web/new.html")))
      try FileManager.default.removeItem(atPath: folder("site/pages/new.html"))
      #expect(try await build(folder, "--output", folder("web")).status == 0)
      #expect(!FileManager.default.fileExists(atPath: folder("web/new.html")))
    }

    @Test func dryRunPublishesNothing() async throws {
      let folder = try site()
      let command = try await build(folder, "--dry-run")
      #expect(command.status == 0, "\(command.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder("site/_site")))
    }

    @Test func folderThatIsNoSiteSaysWhatToName() async throws {
      let folder = try TemporaryFolder(["site/notes.md": "# Notes"])
      let command = try await build(folder)
      #expect(command.status == 69)
      #expect(command.errors.contains("build:"), "\(command.errors)")
    }

    @Test(.needsJekyll) func jekyllSiteIsBuiltByItsOwnCommand() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let command = try await build(folder)
      #expect(command.status == 0, "\(command.errors)")
      let text = String(decoding: command.output, as: UTF8.self)
      #expect(text.contains("jekyll build -d"), "\(text)")
      #expect(FileManager.default.fileExists(atPath: folder("site/_site/index.html")))
    }
  }
}
