import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Where the originals of lighter pictures are: in git's objects, or in the cache. It is written to before a picture is.
struct OriginalsStore: Sendable {
  let root: SiteRoot
  let cache: AssetCache
  let repository: RepositoryFiles?

  /// Sees to it that an original can be had back.
  ///
  /// What is committed stays in git. What is staged alone goes once something else is staged, so it is kept as well, where
  /// there is a cache.
  ///
  /// - Parameters:
  ///   - object: the name that git has for it; nil where there is no git.
  /// - Returns: whether it can be had back.
  /// - Throws: `FileError`
  func keep(_ data: Data, _ sha256: String, at path: String, object: String?) throws(FileError) -> Bool {
    if let object, repository?.committed[path]?.object == object { return true }
    if try cache.keepOriginal(data, sha256: sha256) { return true }
    return object != nil && repository?.staged[path]?.object == object
  }

  /// The bytes of an original; nil where neither git nor the cache has them.
  func content(of record: OriginalRecord) -> Data? {
    if let data = cache.original(record.original) { return data }
    guard let object = record.object, let top = repository?.top ?? Git.top(of: root.absolute("")),
      let data = RepositoryFiles.content(of: object, in: top), ContentDigest.sha256(data) == record.original
    else { return nil }
    return data
  }
}
