import Foundation
import SiteFiles

/// What a cache holds.
package struct CacheInfo: Codable, Hashable, Sendable {
  /// The cache's folder.
  package var folder: String
  /// Files in the content store.
  package var files = 0
  /// Their bytes.
  package var bytes = 0
  /// The bytes of the index.
  package var indexBytes = 0
  /// Actions with a recorded outcome.
  package var actions = 0
  /// Posts with a recorded scan.
  package var posts = 0
  /// Files of sites and outputs with a recorded digest.
  package var digests = 0
  /// When something was first used of what was not used since, in seconds since 1970; to the day.
  package var oldestUse: Int?
  /// When something was last used; to the day.
  package var newestUse: Int?

  /// What a folder holds that is no cache yet.
  package init(folder: String) { self.folder = folder }
}

/// The problems that ``AssetCache/verify(progress:)`` detected and repaired.
package struct CacheCheck: Codable, Hashable, Sendable {
  /// Files in the content store that are what their name says.
  package var files = 0
  /// Their bytes.
  package var bytes = 0
  /// Files that were not.
  package var damaged = 0
  /// Files that the index knows and that are not there.
  package var missing = 0
  /// Files that nothing in the index knows.
  package var orphans = 0
  /// Files that writing left behind when a process was killed.
  package var leftovers = 0
  /// Whether the index was damaged and has been rebuilt.
  package var isIndexRebuilt = false

  /// What there is to find where there is no cache.
  package init() {}

  /// Whether something was lost. Orphans and leftovers are what a killed process leaves, and nothing is lost by them.
  package var isDamaged: Bool { damaged + missing > 0 || isIndexRebuilt }
}

/// What ``AssetCache/prune(maxBytes:olderThan:)`` did.
package struct CachePruning: Codable, Hashable, Sendable {
  /// Files removed from the content store.
  package var removedFiles = 0
  /// Their bytes.
  package var removedBytes = 0
  /// Rows removed from the index.
  package var removedRows = 0
  /// Files that are left.
  package var files = 0
  /// Their bytes and those of the index.
  package var bytes = 0

  /// What there is to do where there is no cache.
  package init() {}
}

extension AssetCache {
  /// How long a file that is missing in the index is retained, in seconds: the process that wrote it may not have
  /// recorded it yet. Files are recorded after a few megabytes, so this is ample.
  static let orphanAge = 600
  /// After how many seconds a temporary file is nobody's, whatever process of that number runs: folders are shared
  /// between containers, which count processes from 1 each.
  static let leftoverAge = 86_400

  /// What the cache holds; nil where it has no folder.
  ///
  /// - Throws: ``FileError`` or `SQLiteError`
  package func info() throws -> CacheInfo? {
    guard let (index, blobs, folder) = stored else { return nil }
    let listed = try blobs.list().blobs
    var info = try index.counts()
    info.folder = folder
    info.files = listed.count
    info.bytes = listed.reduce(0) { $0 + $1.bytes }
    info.indexBytes = index.bytes
    return info
  }

  /// Reads every file of the content store and the whole index, and removes invalid entries.
  ///
  /// - Parameter progress: called with the files read so far and all there are.
  /// - Returns: the problems; nil if the cache has no folder.
  /// - Throws: ``FileError`` or `SQLiteError`
  package func verify(progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) throws -> CacheCheck? {
    finish()
    guard let (damagedIndex, blobs, _) = stored else { return nil }
    var check = CacheCheck()
    let wasRebuilt = state.withLock { $0.problems.contains { $0.rule == .cacheDamaged } }
    if try !damagedIndex.isSound() {
      failed(SQLiteError(.corrupt), of: damagedIndex)
    }
    guard let (index, _, _) = stored else { return nil }
    check.isIndexRebuilt = wasRebuilt || index !== damagedIndex
    let inUse = try index.filesInUse()
    let listing = try blobs.list()
    var present: Set<String> = []
    for (number, blob) in listing.blobs.enumerated() {
      progress(number, listing.blobs.count)
      if case .wrong = blobs.read(blob.sha256) {
        check.damaged += 1
        blobs.remove(blob.sha256)
        continue
      }
      present.insert(blob.sha256)
      check.files += 1
      check.bytes += blob.bytes
      guard inUse[blob.sha256] == nil, isOrphan(blob) else { continue }
      check.orphans += 1
      blobs.remove(blob.sha256)
    }
    progress(listing.blobs.count, listing.blobs.count)
    let lost = Set(inUse.keys).subtracting(present)
    check.missing = lost.count - listing.blobs.count { lost.contains($0.sha256) }
    if !lost.isEmpty { try index.forget(files: lost) }
    check.leftovers = removeLeftovers(listing)
    return check
  }

  /// Removes what is used least: files that nothing knows, then what was not used for a time, then what was used
  /// longest ago until the cache is small enough. Another process that needs one of them makes it again.
  ///
  /// - Parameters:
  ///   - maxBytes: how large the cache may be, its index included.
  ///   - olderThan: what was not used for so many seconds is removed.
  /// - Returns: what was done; nil where the cache has no folder.
  /// - Throws: ``FileError`` or `SQLiteError`
  package func prune(maxBytes: Int?, olderThan: Int?) throws -> CachePruning? {
    finish()
    guard let (index, blobs, _) = stored else { return nil }
    let listing = try blobs.list()
    var done = CachePruning()
    func remove(_ blob: BlobStore.Blob) {
      blobs.remove(blob.sha256)
      done.removedFiles += 1
      done.removedBytes += blob.bytes
    }
    // What nobody needs goes first: on a full disk that makes the room that changing the index takes.
    _ = removeLeftovers(listing)
    var uses = try index.filesInUse()
    var retained: [BlobStore.Blob] = []
    for blob in listing.blobs {
      if uses[blob.sha256] == nil, isOrphan(blob) { remove(blob) } else { retained.append(blob) }
    }
    done.removedRows += try index.removeDigestsOfFilesThatAreGone()
    var dropped: [BlobStore.Blob] = []
    if let olderThan {
      done.removedRows += try index.remove(usedBefore: now() - olderThan)
      let old = Set(uses.keys)
      uses = try index.filesInUse()
      dropped = retained.filter { old.contains($0.sha256) && uses[$0.sha256] == nil }
      retained.removeAll { old.contains($0.sha256) && uses[$0.sha256] == nil }
    }
    if let maxBytes {
      var size = retained.reduce(try index.usedBytes()) { $0 + $1.bytes }
      // Last use first; what nothing knows yet is in the making, and newest.
      retained.sort { (uses[$0.sha256] ?? .max, $0.sha256) > (uses[$1.sha256] ?? .max, $1.sha256) }
      var least: Set<String> = []
      while size > maxBytes, let last = retained.popLast() {
        size -= last.bytes
        least.insert(last.sha256)
        dropped.append(last)
      }
      done.removedRows += try index.forget(files: least)
      // An index that is too large without any file is worth nothing.
      if size > maxBytes { done.removedRows += try index.removeAll() }
    }
    // After the rows: a file without rows goes with the next prune, and rows without their file are a warning.
    for blob in dropped { remove(blob) }
    if done.removedRows > 0 { index.shrink() }
    done.files = retained.count
    done.bytes = retained.reduce(index.bytes) { $0 + $1.bytes }
    return done
  }

  /// Removes everything.
  ///
  /// - Throws: ``FileError`` or `SQLiteError`
  package func clear() throws -> CachePruning? { try prune(maxBytes: 0, olderThan: nil) }

  private var stored: (index: CacheIndex, blobs: BlobStore, folder: String)? {
    guard let index = state.withLock(\.index), let blobs, let folder else { return nil }
    return (index, blobs, folder)
  }

  private func isOrphan(_ blob: BlobStore.Blob) -> Bool { blob.modified < now() - Self.orphanAge }

  private func removeLeftovers(_ listing: BlobStore.Listing) -> Int {
    listing.leftovers.count { path, process, modified in
      let isRunning = process.map { kill($0, 0) == 0 || errno == EPERM } ?? false
      guard !isRunning || modified < now() - Self.leftoverAge else { return false }
      return unlink(path) == 0
    }
  }
}
