import AssetModel
import Foundation
import SiteFiles

@testable import AssetCache

/// A made-up file of an action.
struct SampleFile {
  var key: String
  var data: Data
  var action: CachedAction

  init(_ number: Int, bytes: Int = 1000, score: Double? = nil) {
    key = ContentDigest.sha256("action \(number)")
    data = Data(repeating: UInt8(truncatingIfNeeded: number), count: bytes)
    data.append(contentsOf: Array("\(number)".utf8))
    action = CachedAction(
      file: .init(
        sha256: ContentDigest.sha256(data), bytes: data.count, width: 320 + number, height: 200, score: score),
      detail: "{\"n\":\(number)}")
  }

  var sha256: String { ContentDigest.sha256(data) }

  func record(in cache: AssetCache) { cache.record(action, for: key, data: data) }

  /// Where its bytes lie in a cache.
  func path(in folder: String) -> String { "\(folder)/blobs/\(sha256.prefix(2))/\(sha256.dropFirst(2))" }
}

/// What lies in a cache's content store: whether every file is what its name says, and how many there are.
enum StoreState {
  static func blobs(_ folder: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder + "/blobs") else { return [] }
    return try FileTree.files(below: folder + "/blobs").map(\.path)
  }

  static func wrong(_ folder: String) throws -> [String] {
    try blobs(folder).filter { path in
      let digest = ContentDigest.sha256(try FileAccess.read(folder + "/blobs/" + path))
      return path != "\(digest.prefix(2))/\(digest.dropFirst(2))"
    }
  }
}
