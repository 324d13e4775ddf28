import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetCache

@Suite("The cache's folder")
struct CacheFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let digest = ContentDigest.sha256("/home/ana/my blog").prefix(8)

  #if os(Linux)
  @Test(
    "The standard folder follows the platform",
    arguments: [
      (["HOME": "/home/ana"], "/home/ana/.cache/optimize-assets/my blog-\(digest)"),
      (["HOME": "/home/ana/"], "/home/ana/.cache/optimize-assets/my blog-\(digest)"),
      (["HOME": "/home/ana", "XDG_CACHE_HOME": "/var/c/"], "/var/c/optimize-assets/my blog-\(digest)"),
      (["HOME": "/home/ana", "XDG_CACHE_HOME": ""], "/home/ana/.cache/optimize-assets/my blog-\(digest)"),
      (["HOME": "/home/ana", "XDG_CACHE_HOME": "rel"], "/home/ana/.cache/optimize-assets/my blog-\(digest)"),
      (["HOME": "/home/ana", "OPTIMIZE_ASSETS_CACHE": "/ci/cache/"], "/ci/cache"),
      (["HOME": "/home/ana", "OPTIMIZE_ASSETS_CACHE": "/ci/../cache"], "/cache"),
      (["OPTIMIZE_ASSETS_CACHE": ""], nil), (["HOME": "relative"], nil), ([:], nil),
    ] as [([String: String], String?)])
  func standard(environment: [String: String], expected: String?) {
    #expect(CacheFolder.standard(for: "/home/ana/my blog", environment: environment) == expected)
  }
  #endif

  @Test("Sites of one name have caches of their own")
  func apart() {
    let folders = ["/a/blog", "/b/blog", ""].map {
      CacheFolder.standard(for: $0, environment: ["HOME": "/home/ana"])
    }
    #expect(Set(folders).count == 3)
  }

  @Test("A folder that is made is tagged, so that neither git nor backups take it")
  func tags() throws {
    let path = folder("a/b/cache")
    #expect(AssetCache(folder: path).problems == [])
    #expect(CacheFolder.isCache(path))
    #expect(try FileAccess.read(path + "/.gitignore") == Data("*\n".utf8))
    let tag = String(decoding: try FileAccess.read(path + "/CACHEDIR.TAG"), as: UTF8.self)
    #expect(tag.hasPrefix("Signature: 8a477f597d28d172789f06886806bc55\n"))
  }

  enum Situation: CaseIterable {
    case empty, linkToEmpty, begunByAKilledProcess, begunByAKilledProcessAndIgnored
    case file, linkToNothing, linkToFile, belowAFile
    case otherFiles, otherTag, otherIgnore, linkToOtherFiles
  }

  /// - Returns: what the cache says of the place.
  private func make(_ situation: Situation, at path: String) throws -> Diagnostic.Severity? {
    func text(_ text: String, _ name: String) throws {
      try FileAccess.write(Data(text.utf8), to: name)
    }
    if situation != .belowAFile { try FileAccess.makeFolder(FileAccess.folder(of: path)) }
    switch situation {
    case .empty: try FileAccess.makeFolder(path)
    case .linkToEmpty:
      try FileAccess.makeFolder(path + "-real")
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-real")
    case .begunByAKilledProcess: try text("Sign", path + "/.optimize-assets-1-2.tmp")
    case .begunByAKilledProcessAndIgnored: try text("*\n", path + "/.gitignore")
    case .file: try text("precious", path)
    case .linkToNothing:
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
    case .linkToFile:
      try text("precious", path + "-real")
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-real")
    case .belowAFile: try text("precious", FileAccess.folder(of: path))
    case .otherFiles: try text("precious", path + "/notes.txt")
    case .otherTag:
      try text("Signature: 8a477f597d28d172789f06886806bc55\n# Of ccache\n", path + "/CACHEDIR.TAG")
    case .otherIgnore: try text("*.o\n", path + "/.gitignore")
    case .linkToOtherFiles:
      try text("precious", path + "-real/notes.txt")
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-real")
    }
    switch situation {
    case .empty, .linkToEmpty, .begunByAKilledProcess, .begunByAKilledProcessAndIgnored: return nil
    case .file, .linkToNothing, .linkToFile, .belowAFile: return .warning
    case .otherFiles, .otherTag, .otherIgnore, .linkToOtherFiles: return .error
    }
  }

  @Test("No file of anybody else is touched, and the run goes on", arguments: Situation.allCases)
  func otherFilesStay(situation: Situation) throws {
    let path = folder("x/cache")
    let severity = try make(situation, at: path)
    let before = try FileTree.files(below: folder.path).map(\.path)
    let cache = AssetCache(folder: path)
    let one = SampleFile(1)
    one.record(in: cache)
    cache.finish()
    #expect(cache.data(one.sha256) == one.data)
    #expect(cache.problems.map(\.severity) == [severity].compactMap(\.self), "\(cache.problems)")
    #expect(cache.problems.allSatisfy { $0.rule == .cacheUnusable && $0.file == path && $0.advice != nil })
    if severity == nil {
      #expect(AssetCache(folder: path).data(one.sha256) == one.data)
    } else {
      #expect(try FileTree.files(below: folder.path).map(\.path) == before)
      #expect(try cache.prune(maxBytes: 0, olderThan: 0) == nil)
    }
  }

  @Test("A content store that leads elsewhere is not followed")
  func linkedStore() throws {
    let path = folder("cache")
    _ = AssetCache(folder: path)
    try FileAccess.makeFolder(folder("elsewhere"))
    try FileManager.default.createSymbolicLink(
      atPath: path + "/blobs", withDestinationPath: folder("elsewhere"))
    let cache = AssetCache(folder: path)
    SampleFile(1).record(in: cache)
    cache.finish()
    #expect(cache.problems.map(\.rule) == [.cacheUnusable])
    #expect(try FileTree.files(below: folder("elsewhere")) == [])
  }
}
