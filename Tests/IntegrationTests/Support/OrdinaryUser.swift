import Foundation
import Testing
import TestSupport

/// The tool as a user whom permissions stop: root, who runs tests in containers, may read everything.
enum OrdinaryUser {
  private static let setpriv = Programs.find("setpriv")
  static let canBe = geteuid() != 0 || setpriv != nil

  /// Runs the tool on a folder of the test, which is given to the user.
  static func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> Command {
    guard geteuid() == 0 else { return try await Product.run(arguments) }
    let tool = try #require(Product.program)
    for path in [folder.path] + (FileManager.default.subpaths(atPath: folder.path) ?? []).map({ folder($0) })
    {
      lchown(path, 65_534, 65_534)
    }
    return try await Command.run(
      #require(setpriv),
      ["--reuid=65534", "--regid=65534", "--clear-groups", tool] + arguments,
      environment: ["XDG_CACHE_HOME": folder("cache"), "HOME": folder("home")])
  }
}

extension Trait where Self == ConditionTrait {
  static var needsOrdinaryUser: Self {
    .enabled(if: OrdinaryUser.canBe, "there is no setpriv to give root's rights up")
  }
}
