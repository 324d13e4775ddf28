import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostRewriter

/// What git says of a site's files.
@Suite(.needsGit) struct RepositoriesTests {
  private static func git(_ arguments: String..., in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "git", "-C", folder, "-c", "user.name=n", "-c", "user.email=e@e.example", "-c",
        "protocol.file.allow=always",
        "-c", "init.defaultBranch=main",
      ] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments)")
  }

  private static func repository(_ folder: TemporaryFolder, _ name: String) throws -> String {
    let path = folder.path + "/" + name
    try folder.write("ignored.md\n", to: name + "/.gitignore")
    for file in ["clean.md", "changed.md", "staged.md", "바다 [x]*.md", "sub/deep.md"] {
      try folder.write("1", to: name + "/" + file)
    }
    try git("init", "-q", in: path)
    try git("add", ".", in: path)
    try git("commit", "-q", "-m", "m", in: path)
    return path
  }

  private static let files = [
    "clean.md", "changed.md", "staged.md", "바다 [x]*.md", "sub/deep.md", "new.md", "ignored.md",
  ]

  private static func change(_ folder: TemporaryFolder, _ name: String) throws {
    try folder.write("2", to: name + "/changed.md")
    try folder.write("2", to: name + "/staged.md")
    try folder.write("2", to: name + "/바다 [x]*.md")
    try folder.write("2", to: name + "/new.md")
    try folder.write("2", to: name + "/ignored.md")
    try git("add", "staged.md", in: folder.path + "/" + name)
  }

  @Test func listsWhatNoCommitHolds() throws {
    let folder = try TemporaryFolder()
    let path = try Self.repository(folder, "site")
    var repositories = Repositories(site: try SiteRoot(path))
    #expect(try repositories.uncommitted(Self.files) == [])
    try Self.change(folder, "site")
    #expect(try repositories.uncommitted(Self.files) == ["changed.md", "staged.md", "바다 [x]*.md", "new.md"])
    #expect(try repositories.uncommitted(["clean.md", "sub/deep.md"]) == [])
  }

  @Test func knowsARepositoryAboveTheSite() throws {
    let folder = try TemporaryFolder()
    try folder.write("outside", to: "whole/outside.md")
    try folder.write("1", to: "whole/si te/in.md")
    try Self.git("init", "-q", in: folder.path + "/whole")
    try Self.git("add", ".", in: folder.path + "/whole")
    try Self.git("commit", "-q", "-m", "m", in: folder.path + "/whole")
    var repositories = Repositories(site: try SiteRoot(folder.path + "/whole/si te"))
    try folder.write("2", to: "whole/outside.md")
    #expect(try repositories.uncommitted(["in.md"]) == [])
    try folder.write("2", to: "whole/si te/in.md")
    #expect(try repositories.uncommitted(["in.md"]) == ["in.md"])
  }

  @Test func knowsSubmodulesAndWorktrees() throws {
    let folder = try TemporaryFolder()
    let inner = try Self.repository(folder, "inner")
    let outer = try Self.repository(folder, "outer")
    try Self.git("submodule", "--quiet", "add", inner, "content", in: outer)
    try Self.git("commit", "-q", "-m", "m", in: outer)
    var repositories = Repositories(site: try SiteRoot(outer))
    #expect(try repositories.uncommitted(["content/clean.md", "clean.md"]) == [])
    try folder.write("2", to: "outer/content/clean.md")
    #expect(
      try repositories.uncommitted(["content/clean.md", "content/changed.md", "clean.md"]) == [
        "content/clean.md"
      ])

    try Self.git("worktree", "add", "-q", folder.path + "/tree", in: outer)
    var worktree = Repositories(site: try SiteRoot(folder.path + "/tree"))
    #expect(try worktree.uncommitted(["clean.md"]) == [])
    try folder.write("2", to: "tree/clean.md")
    #expect(try worktree.uncommitted(["clean.md"]) == ["clean.md"])
  }

  @Test func saysWhatGitSaysWhereItRefuses() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "site/.git/HEAD")
    try folder.write("x", to: "site/a.md")
    var repositories = Repositories(site: try SiteRoot(folder.path + "/site"))
    let error = #expect(throws: Repositories.Failure.self) { _ = try repositories.uncommitted(["a.md"]) }
    #expect(error?.description.contains("not a git repository") == true)
  }

  @Test func asksNobodyWhereThereIsNoRepository() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.md")
    var repositories = Repositories(site: try SiteRoot(folder.path))
    #expect(try repositories.uncommitted(["a.md"]) == [])
  }
}
