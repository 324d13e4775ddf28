import Foundation
import Testing
import TestSupport

/// A git repository that a test makes.
struct Repository {
  let path: String

  /// Makes one of a folder, and commits everything in it.
  init(_ path: String) async throws {
    self.path = path
    try await git("init", "--quiet", "--initial-branch=main")
    try await git("config", "user.name", "A Test")
    try await git("config", "user.email", "test@example.org")
    try await git("config", "commit.gpgsign", "false")
    // Objects stay loose, and no background process of git's changes the folder while a test looks at it.
    try await git("config", "gc.auto", "0")
    try await git("config", "maintenance.auto", "false")
    try await commit()
  }

  /// Commits everything.
  func commit() async throws {
    try await git("add", "--all")
    try await git("commit", "--quiet", "--allow-empty", "--message", "A commit")
  }

  /// Runs git, and gives what it prints.
  @discardableResult
  static func git(_ arguments: String...) async throws -> String {
    try await Command.succeed(#require(Programs.git), arguments).text
  }

  /// Runs git in the repository, and gives what it prints.
  @discardableResult
  func git(_ arguments: String...) async throws -> String {
    try await Command.succeed(#require(Programs.git), ["-C", path] + arguments).text
  }
}
