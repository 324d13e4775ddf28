import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// How `action.yml` gets the program, from a release in a folder.
  @Suite(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
  struct ActionInstallTests {
    private static func run(
      _ inputs: [String: String], server: String = "http://127.0.0.1:1",
      skip: (String) -> Bool = { _ in false }
    ) async throws -> ActionRun {
      let checkout = try Checkout(hasProgram: false)
      let run = try ActionRun(
        ProjectFile.yaml("action.yml"), inputs: inputs.merging(["site": "blog"]) { $1 },
        workspace: checkout.workspace, path: checkout.path, server: server)
      try await run.run(skip: skip)
      return run
    }

    private static let steps = [
      "Find the program", "Install the release", "Run", "Prune the cache",
    ]

    @Test(.needsRelease) func theReleaseThatIsAskedFor() async throws {
      let release = try await Release()
      let run = try await Self.run(["version": release.version, "releases": release.address])
      #expect(run.status == 0, "\(run.log)")
      #expect(run.ran == Self.steps)
      #expect(run.output("find", "program").hasSuffix("/runner/optimize-assets/bin/optimize-assets"))
    }

    /// Nothing else is said, so it is the one that the action's commit belongs to, of the action's repository.
    @Test(
      .needsRelease,
      .enabled(if: Programs.find("optimize-assets") == nil, "optimize-assets is installed"))
    func theReleaseOfTheActionsCommit() async throws {
      let pinned = try #require(
        ProjectFile.text("pyproject.toml").firstMatch(of: #/"optimize-assets==(.+)"/#))
      let release = try await Release(String(pinned.1), at: ActionRun.repository + "/releases/download")
      let run = try await Self.run([:], server: "file://" + release.folder.path)
      #expect(run.status == 0, "\(run.log)")
      #expect(run.ran == Self.steps)
    }

    @Test(.needsRelease) func aReleaseThatThereIsNotEndsTheRunWithOneAnnotation() async throws {
      let release = try await Release()
      for (version, server) in [("9.9.9", release.address), ("1.2.3", "http://127.0.0.1:1")] {
        let run = try await Self.run(["version": version, "releases": server])
        #expect(run.status == 69)
        #expect(run.log.hasPrefix("::error title=optimize-assets::"), "\(run.log)")
        #expect(run.log.filter { $0 == "\n" }.count == 1, "\(run.log)")
        #expect(run.ran == ["Find the program", "Install the release"])
      }
    }

    /// What the program is built from names the one that is kept. The steps that install libraries and build are not run
    /// here: they are `make deps` and `make build`, and the cache is an action of GitHub's.
    @Test(.needsGit) func aProgramFromSourceIsKeptByWhatItIsBuiltFrom() async throws {
      var keys: Set<String> = []
      for _ in 0..<2 {
        let run = try await Self.run(["source": "true"]) {
          !["Find the program", "Name the build"].contains($0)
        }
        #expect(run.status == 0, "\(run.log)")
        #expect(run.output("find", "from") == "source")
        keys.insert(run.output("build", "key"))
      }
      #expect(keys.count == 1)
      #expect(keys.first?.wholeMatch(of: #/[0-9a-f]{40,64}-[0-9a-f]{40,64}/#) != nil, "\(keys)")
    }
  }
}
