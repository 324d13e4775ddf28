import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Programs that a stranger's repository names where only git itself looks for them: none is run.
  @Suite(.needsGit) struct RepositoryProgramsTests {
    enum Place: String, CaseIterable, Sendable {
      case nameWithEquals, includedFile, worktreeConfiguration, submodule
    }

    /// A site in a repository whose files are compared through a filter that leaves a mark.
    private func site(_ place: Place) async throws -> (folder: TemporaryFolder, mark: String) {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let (site, mark) = (folder("site"), folder("mark"))
      func git(_ folder: String, _ arguments: String...) async throws {
        let git = try #require(Programs.git)
        try await Command.succeed(
          git, ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
      }
      let name = place == .nameWithEquals ? "a=b" : "x"
      let filter = "[filter \"\(name)\"]\n\tclean = \"touch \(mark); cat\"\n"
      if place == .submodule {
        try folder.write("* filter=x\n", to: "site/sub/.gitattributes")
        try folder.write("1\n", to: "site/sub/a.txt")
        try await git(site + "/sub", "init", "-q")
        try await git(site + "/sub", "add", "-A")
        try await git(site + "/sub", "commit", "-qm", "x")
      } else {
        try folder.write("* filter=\(name)\n", to: "site/.gitattributes")
      }
      try await git(site, "init", "-q")
      try await git(site, "add", "-A")
      try await git(site, "commit", "-qm", "x")
      switch place {
      case .nameWithEquals:
        try folder.write(folder.text("site/.git/config") + filter, to: "site/.git/config")
      case .includedFile:
        try folder.write(filter, to: "included")
        try await git(site, "config", "include.path", folder("included"))
      case .worktreeConfiguration:
        try await git(site, "config", "extensions.worktreeConfig", "true")
        try folder.write(filter, to: "site/.git/config.worktree")
      case .submodule:
        try folder.write(folder.text("site/sub/.git/config") + filter, to: "site/sub/.git/config")
      }
      // What has another time is compared with what is committed.
      for file in try FileManager.default.subpathsOfDirectory(atPath: site) where !file.contains(".git/") {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: site + "/" + file)
      }
      return (folder, mark)
    }

    @Test(
      arguments: Place.allCases,
      [["optimize", "--in-place"], ["shrink", "--check", "--changed-since", "HEAD"]])
    func areNotRun(_ place: Place, _ command: [String]) async throws {
      let (folder, mark) = try await site(place)
      let run = try await Product.run(
        [command[0], folder("site")] + command.dropFirst() + ["--cache", folder("cache")])
      #expect(run.status == 0 || run.status == 1, "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: mark), "\(run.errors)")
    }
  }
}
