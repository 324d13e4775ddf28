import Foundation
import SiteFiles

/// The folder that one worker writes to. It is locked while it is in use and removed with the object; what a process that
/// was killed left is removed by the next.
final class ScratchFolder: Sendable {
  let path: String
  private let lock: FolderLock?

  private static let prefix = "optimize-assets-scratch-"

  /// - Parameter folder: where to make it: the cache's, so that its files lie on the same disk; nil for the system's
  ///   temporary folder.
  /// - Throws: `FileError`
  init(in folder: String?) throws(FileError) {
    let folder = folder ?? NSTemporaryDirectory()
    Self.removeLeftovers(in: folder)
    var name = Array((folder + "/" + Self.prefix + "XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else { throw FileError("make a folder in", folder) }
    let created = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Landlock and the worker's replies use the real path.
    path = (try? SiteRoot(created).path) ?? created
    lock = try? FolderLock(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func removeLeftovers(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 6 {
      let path = folder + "/" + name
      var info = stat()
      guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR, info.st_uid == getuid() else {
        continue
      }
      // A folder in use is locked. A new folder may not be locked yet.
      let age = time(nil) - info.changed
      guard age > 60 || age < -60, let lock = try? FolderLock(path) else { continue }
      withExtendedLifetime(lock) { _ = try? FileManager.default.removeItem(atPath: path) }
    }
  }
}

extension stat {
  fileprivate var changed: Int {
    #if canImport(Darwin)
    st_mtimespec.tv_sec
    #else
    st_mtim.tv_sec
    #endif
  }
}
