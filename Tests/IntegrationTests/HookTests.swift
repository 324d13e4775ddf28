import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// The hook for pre-commit: which files it sees, and what it says of them. Tests/Routes/pre-commit runs it for real.
  @Suite(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct HookTests {
    private static func hooks() throws -> [[String: Any]] {
      try #require(PlainYAML.load(ProjectFile.text(".pre-commit-hooks.yaml")) as? [[String: Any]])
    }

    /// They are the same but for where the program comes from.
    @Test func oneHookInstallsTheProgramAndOneTakesWhatIsThere() throws {
      let hooks = try Self.hooks()
      #expect(hooks.map { $0["id"] as? String } == ["optimize-assets-check", "optimize-assets-check-system"])
      #expect(hooks.map { $0["language"] as? String } == ["python", "system"])
      for key in ["entry", "files", "require_serial", "name"] {
        #expect(hooks[0][key] as? String != nil && hooks[0][key] as? String == hooks[1][key] as? String)
      }
    }

    @Test func theHookSeesPostsAndImagesAlone() throws {
      let pattern = try NSRegularExpression(pattern: #require(Self.hooks()[0]["files"] as? String))
      func isSeen(_ path: String) -> Bool {
        pattern.firstMatch(in: path, range: NSRange(path.startIndex..., in: path)) != nil
      }
      for ending in ImageFormat.allCases.flatMap(\.fileExtensions) where !["pjpeg", "pjp"].contains(ending) {
        #expect(isSeen("a/b." + ending) && isSeen("B." + ending.uppercased()), "\(ending)")
      }
      for path in ["_posts/a.md", "a.markdown", "index.html", "docs/바다.mdx", "a.qmd"] {
        #expect(isSeen(path), "\(path)")
      }
      for path in ["_config.yml", "style.css", "a.md.bak", "png", "amd", "a.js"] {
        #expect(!isSeen(path), "\(path)")
      }
    }

    @Test(.needsGit) func theHookChecksStagedFiles() async throws {
      let checkout = try Checkout()
      let hook = try Self.hooks()[0]
      #expect(hook["require_serial"] as? String == "true")
      let entry = try #require(hook["entry"] as? String)
      let arguments = try #require(hook["args"] as? [String])
      try checkout.folder.write(
        "budgets:\n  - image: {bytes: 1 MB}\n", to: "checkout/blog/optimize-assets.yml")
      _ = try await Repository(checkout.blog)
      func run(_ files: String) async throws -> Command {
        try await checkout.shell("\(entry) \(arguments.joined(separator: " ")) \(files)", in: checkout.blog)
      }
      #expect(try await run("_posts/2026-03-14-sea-walk.md").status == 0)
      try checkout.addHeavyImage()
      for files in ["assets/images/heavy.png", "_posts/2026-03-14-sea-walk.md index.html"] {
        let command = try await run(files)
        #expect(command.status == 1, "\(command.errors)")
        #expect(command.text.contains("assets/images/heavy.png has 3.0 MB, over its budget of 1 MB"))
      }
      #expect(try await run("_posts/2026-05-20-reading-screens.md").status == 0)
    }
  }
}
