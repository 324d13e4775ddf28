import Foundation
import Testing
import TestSupport

/// The tool as a user whom permissions stop: root, who runs tests in containers, may read everything.
enum OrdinaryUser {
  private static let setpriv = Programs.find("setpriv")
  static let canBe = geteuid() != 0 || reachesTool

  private static let rights = ["--reuid=65534", "--regid=65534", "--clear-groups"]

  /// Whether the user may run the tool, which may lie below a folder that is root's alone.
  private static var reachesTool: Bool {
    guard let setpriv, let tool = Product.program else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: setpriv)
    process.arguments = rights + ["test", "-x", tool]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

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
      rights + [tool] + arguments,
      environment: ["XDG_CACHE_HOME": folder("cache"), "HOME": folder("home")])
  }
}

extension Trait where Self == ConditionTrait {
  static var needsOrdinaryUser: Self {
    .enabled(
      if: OrdinaryUser.canBe,
      "there is no setpriv to give root's rights up, or another user may not run the tool here")
  }
}
