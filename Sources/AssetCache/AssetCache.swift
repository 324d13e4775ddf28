import Foundation
import Manifest
import SiteFiles
import Synchronization

/// What earlier runs made and found out, so that no run does anything twice.
///
/// Two parts: an index, which knows the digest of each file that was read, the outcome of each action and some values;
/// and a content store, which holds files by the digest of their bytes. It is a memory and not a promise: what is
/// missing or damaged is as if it had never been, and is made again.
///
/// Safe to use from any number of threads, and by several processes at once.
package final class AssetCache: Sendable {
  private struct Memory {
    var digests: [String: (FileStamp, String)] = [:]
    var actions: [String: CachedAction] = [:]
    var values: [CacheTable: [String: Data]] = [:]
    var blobs: [String: Data] = [:]
  }

  private let memory = Mutex(Memory())

  /// Opens a cache, and makes it where there is none. What is wrong with it is in ``problems``; a folder that cannot be
  /// written to makes a cache that lasts as long as the process.
  ///
  /// - Parameter folder: the cache's folder, absolute; nil for one that lasts as long as the process.
  package init(folder: String?) {}

  /// What was found wrong with the cache so far, each once: warnings, because all of it is made again.
  package var problems: [Problem] { [] }

  // MARK: Digests of files

  /// The digest of the file at an absolute path, where it is known for this stamp.
  package func digest(of path: String, _ stamp: FileStamp) -> String? {
    memory.withLock { memory in
      guard let (known, digest) = memory.digests[path], known == stamp else { return nil }
      return digest
    }
  }

  /// The digests that are known of the files below a folder, by path relative to it: one query for all of them.
  package func digests(below folder: String) -> [String: (stamp: FileStamp, sha256: String)] {
    memory.withLock { memory in
      var found: [String: (stamp: FileStamp, sha256: String)] = [:]
      for (path, known) in memory.digests where path.hasPrefix(folder + "/") {
        found[String(path.dropFirst(folder.count + 1))] = (known.0, known.1)
      }
      return found
    }
  }

  /// Notes a file's digest. The caller sees to it that the stamp is settled, or that the file is its own.
  package func note(digest: String, of path: String, _ stamp: FileStamp) {
    memory.withLock { $0.digests[path] = (stamp, digest) }
  }

  // MARK: Actions and their files

  /// What came of the actions with these keys, as far as it is known.
  package func actions(_ keys: [String]) -> [String: CachedAction] {
    memory.withLock { memory in
      keys.reduce(into: [:]) { found, key in found[key] = memory.actions[key] }
    }
  }

  /// Notes what came of an action. A file's bytes go to the content store first; they are written in the background,
  /// so that no worker waits for the disk, and the action is noted once they are safe.
  ///
  /// - Parameter data: the file's bytes, where the action made a file.
  package func note(_ action: CachedAction, for key: String, data: Data?) {
    memory.withLock { memory in
      memory.actions[key] = action
      if let data, let file = action.file { memory.blobs[file.sha256] = data }
    }
  }

  /// The bytes of a file in the content store, checked against the digest; nil where there are none that are right.
  package func data(_ sha256: String) -> Data? {
    memory.withLock { $0.blobs[sha256] }
  }

  // MARK: Values

  /// The value of a key.
  package func value(_ table: CacheTable, _ key: String) -> Data? {
    memory.withLock { $0.values[table]?[key] }
  }

  /// The values of keys, as far as there are any.
  package func values(_ table: CacheTable, _ keys: [String]) -> [String: Data] {
    memory.withLock { memory in
      keys.reduce(into: [:]) { found, key in found[key] = memory.values[table]?[key] }
    }
  }

  /// Sets values.
  package func set(_ values: [String: Data], in table: CacheTable) {
    memory.withLock { $0.values[table, default: [:]].merge(values) { $1 } }
  }

  /// Removes values.
  package func remove(_ keys: [String], from table: CacheTable) {
    memory.withLock { memory in
      for key in keys { memory.values[table]?[key] = nil }
    }
  }

  /// Waits until everything that was noted is safe. For the end of a run.
  package func finish() {}
}
