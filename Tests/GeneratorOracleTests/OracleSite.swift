import Foundation
import SiteFiles
import TestSupport

@testable import GeneratorOracle

/// A small site, and beside it the folder in which copies of it are made.
struct OracleSite {
  private let folder: TemporaryFolder
  var path: String { folder("site") }
  private var copies: String { folder("copies") }

  init(_ files: [String: String]) throws {
    folder = try TemporaryFolder()
    for name in ["site", "copies"] { try FileAccess.makeFolder(folder(name)) }
    for (name, text) in files { try folder.write(text, to: "site/" + name) }
  }

  /// What builds left behind.
  var leftovers: [String] { (try? FileManager.default.contentsOfDirectory(atPath: copies)) ?? ["?"] }

  func judge(
    _ posts: [OraclePost], build: [String]? = nil, seconds: Int = 120, hasDrafts: Bool = false
  ) throws -> Verdicts {
    var options = GeneratorOracle.Options(build: build, seconds: seconds, jobs: 2)
    options.temporaryFolder = copies
    return try GeneratorOracle(root: SiteRoot(path), options: options).judge(posts, hasDrafts: hasDrafts)
  }
}
