import Foundation
import SiteFiles

@testable import GeneratorJudge

/// A folder of files that is gone with the value's scope.
final class TestSite {
  let path: String
  /// Where copies are made: empty before and after.
  var temporary: String { path + ".tmp" }

  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.path + "/judge-test-\(UInt64.random(in: 0...UInt64.max))"
    try FileAccess.makeFolder(path)
    try FileAccess.makeFolder(temporary)
    for (name, text) in files { try FileAccess.write(Data(text.utf8), to: path + "/" + name) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: temporary)
  }

  /// What builds left behind.
  var leftovers: [String] { (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? ["?"] }

  func judge(
    _ posts: [JudgedPost], build: [String]? = nil, seconds: Int = 120, hasDrafts: Bool = false
  ) throws -> Verdicts {
    var options = GeneratorJudge.Options(build: build, seconds: seconds, jobs: 2)
    options.temporaryFolder = temporary
    return try GeneratorJudge(root: SiteRoot(path), options: options).judge(posts, hasDrafts: hasDrafts)
  }

  /// Whether a generator is installed; says so where it is not.
  static func has(_ program: String) -> Bool {
    guard BuildCommand.program(program, folder: "/") == nil else { return true }
    print("skipped: \(program) is not installed")
    return false
  }
}
