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
      let names = ["optimize-assets-check", "optimize-assets-shrink"]
      #expect(hooks.map { $0["id"] as? String } == names.flatMap { [$0, $0 + "-system"] })
      #expect(hooks.map { $0["language"] as? String } == ["python", "system", "python", "system"])
      for first in [0, 2] {
        for key in ["entry", "files", "require_serial", "name"] {
          let value = hooks[first][key] as? String
          #expect(value != nil && value == hooks[first + 1][key] as? String)
        }
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

    /// pre-commit fails a hook that changes files: so the first commit of a heavy picture does not pass, and the second does.
    @Test(.needsGit) func theHookMakesStagedPicturesLighterOnce() async throws {
      let hook = try Self.hooks()[2]
      let entry = try #require(hook["entry"] as? String)
      let arguments = try #require(hook["args"] as? [String])
      let path = try (#require(Product.program) as NSString).deletingLastPathComponent + ":/usr/bin:/bin"
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let repository = try await Repository(folder("repository"))
      try folder.write(
        DrawnSite.picture(400, 300, grain: 7).jpeg(quality: 98, chroma: .full), to: "repository/a.jpg")
      try await repository.git("add", "a.jpg")
      func run() async throws -> Command {
        try await Command.run(
          "/bin/sh", ["-c", entry + " \"$@\"", "sh"] + arguments + ["a.jpg"], in: repository.path,
          environment: ["PATH": path])
      }
      #expect(try await run().status == 0)
      #expect(try await repository.git("diff", "--name-only") == "a.jpg\n")
      try await repository.commit()
      // pre-commit puts aside what is not staged, so an older ledger may be there.
      try folder.write("", to: "repository/" + RecordFiles.originals)
      let before = try TreeState.contents(of: repository.path)
      #expect(try await run().text.contains("1 looked at, 1 made lighter before"))
      #expect(try TreeState.contents(of: repository.path) == before)
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
