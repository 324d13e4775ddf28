import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What other people's machines read of this repository, in the scripts of Tests/Routes, which say what they skip.
  @Suite struct RouteTests {
    private static func script(_ name: String, _ arguments: String...) async throws -> Command {
      let command = try await Command.run(
        Project.root + "/Tests/Routes/" + name, arguments, in: Project.root, seconds: 600)
      print(command.text)
      return command
    }

    @Test func workflowsTemplatesAndScriptsAreClean() async throws {
      let command = try await Self.script("lint")
      #expect(command.status == 0, "\(command.errors)")
    }

    /// With the package where one was made, and else with one that calls the program built beside the tests.
    @Test(.enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
    func theHookRunsAsItsUsersRunIt() async throws {
      let packages = (try? FileManager.default.contentsOfDirectory(atPath: Project.root + "/dist")) ?? []
      let wheel = packages.first { $0.hasSuffix(".whl") }.map { Project.root + "/dist/" + $0 }
      let command = try await Self.script("pre-commit", #require(wheel ?? Product.program))
      #expect(command.status == 0, "\(command.errors)")
    }

    /// The release that the hook and the action install stands in a file, since neither knows the tag that it came with.
    @Test(.needsGit, .enabled("no release is tagged here") { try await tag() != nil })
    func aTaggedCommitInstallsItsOwnRelease() async throws {
      let text = String(decoding: try FileAccess.read(Project.root + "/pyproject.toml"), as: UTF8.self)
      let pinned = try #require(text.firstMatch(of: #/"optimize-assets==(\d+\.\d+\.\d+)"/#)).1
      #expect(try await Self.tag() == "v\(pinned)\n")
    }

    /// The release's tag at this commit; nil where it has none.
    private static func tag() async throws -> String? {
      let tag = try await Command.run(
        #require(Programs.git), ["describe", "--tags", "--exact-match", "--match", "v[0-9]*"],
        in: Project.root)
      return tag.status == 0 ? tag.text : nil
    }
  }
}
