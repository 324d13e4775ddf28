import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `optimize-assets cache` as a user runs it.
  @Suite struct CacheCommandTests {
    private let folder: TemporaryFolder
    private let cache: String
    private let data = Data("an image".utf8)

    init() throws {
      folder = try TemporaryFolder()
      cache = folder("cache")
      try FileAccess.makeFolder(folder("site"))
    }

    private func record(_ data: Data, as key: String, in cache: AssetCache) {
      let file = CachedAction.File(
        sha256: ContentDigest.sha256(data), bytes: data.count, width: 1, height: 1)
      cache.record(CachedAction(file: file, detail: "{}"), for: key, data: data)
    }

    private func fill() {
      let filled = AssetCache(folder: cache)
      record(data, as: "key", in: filled)
      filled.finish()
    }

    private func run(_ arguments: String...) async throws -> (status: Int32, values: [String: Any]) {
      let command = try await Product.run(
        ["cache"] + arguments + [folder("site"), "--cache", cache, "--format", "json"])
      let values = try JSONSerialization.jsonObject(with: command.output) as? [String: Any]
      return (command.status, values ?? [:])
    }

    @Test func countsWhatIsThere() async throws {
      fill()
      let (status, values) = try await run("info")
      #expect(status == 0)
      #expect(values["files"] as? Int == 1)
      #expect(values["bytes"] as? Int == data.count)
      #expect(values["actions"] as? Int == 1)
      #expect(values["folder"] as? String == cache)
    }

    @Test func makesNoCacheByLooking() async throws {
      for name in ["info", "verify", "prune"] {
        #expect(try await run(name).status == 0)
        #expect(!FileManager.default.fileExists(atPath: cache))
      }
    }

    @Test func failsOnceWhereAFileIsDamaged() async throws {
      fill()
      #expect(try await run("verify").status == 0)
      let digest = ContentDigest.sha256(data)
      let path = "\(cache)/blobs/\(digest.prefix(2))/\(digest.dropFirst(2))"
      try FileAccess.write(Data("damaged".utf8), to: path)
      let (status, values) = try await run("verify")
      #expect(status == 1)
      #expect(values["damaged"] as? Int == 1)
      #expect(try await run("verify").status == 0)
    }

    @Test func prunes() async throws {
      fill()
      let kept = try await run("prune", "--older-than", "1d", "--max-size", "1GiB")
      #expect(kept.values["files"] as? Int == 1)
      let (status, values) = try await run("prune", "--max-size", "0")
      #expect(status == 0)
      #expect(values["removedFiles"] as? Int == 1)
      #expect(values["files"] as? Int == 0)
    }

    /// Another process looks at all there is, and removes what it takes for nobody's, while this one writes.
    @Test func leavesAloneWhatAnotherProcessWrites() async throws {
      let writer = AssetCache(folder: cache)
      let files = (0..<400).map { Data("file \($0)".utf8) }
      for part in 0..<4 {
        for number in (part * 100)..<(part * 100 + 100) {
          record(files[number], as: "key \(number)", in: writer)
        }
        #expect(try await run(part % 2 == 0 ? "verify" : "prune", "--quiet").status == 0)
      }
      writer.finish()
      #expect(writer.problems == [])
      #expect(try await run("verify").values["files"] as? Int == 400)
      let reader = AssetCache(folder: cache)
      #expect(reader.actions((0..<400).map { "key \($0)" }).count == 400)
      #expect(files.allSatisfy { reader.data(ContentDigest.sha256($0)) == $0 })
    }

    @Test(arguments: [
      ["cache", "prune", "--older-than", "30"], ["cache", "prune", "--max-size", "-1"],
      ["--cache", "x", "--no-cache"],
    ])
    func refuses(arguments: [String]) async throws {
      #expect(try await Product.run(arguments, in: folder.path).status == 64)
    }
  }
}
