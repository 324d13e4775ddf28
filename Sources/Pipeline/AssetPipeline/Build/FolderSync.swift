import Foundation
import SiteFiles
import SystemResources

/// Brings a folder to what another holds, and leaves each file untouched that holds the same bytes: its stamp then says that
/// nothing has changed.
///
/// Generators write every page anew in each build, which would make all of them new to whoever goes by stamps.
struct FolderSync {
  /// What is taken over: its files are moved away.
  let fresh: String
  /// What is brought up to date, in the same file system.
  let folder: String
  /// Threads that compare files.
  let jobs: Int

  /// How old the content of a file is said to be that has just come, in nanoseconds.
  private static let settled: Int64 = 3_000_000_000

  /// - Returns: how many files were new, changed or removed.
  /// - Throws: `FileError`; what was taken over until then stays, and the next call does the rest.
  func run() throws(FileError) -> Int {
    try FileAccess.makeFolder(folder)
    let (new, old) = (try FileTree.list(below: fresh), try FileTree.list(below: folder))
    let names = Set(new.files.map(\.path))
    var changes = 0
    for entry in old.files where !names.contains(entry.path) {
      try remove(folder + "/" + entry.path)
      changes += 1
    }
    // A folder where a file is to be, or the other way round, is in the way.
    let folders = Set(new.folders)
    for path in old.folders.reversed() where !folders.contains(path) { rmdir(folder + "/" + path) }
    for path in new.folders { try FileAccess.makeFolder(folder + "/" + path) }
    let before = Dictionary(old.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let changed = Parallel.map(new.files, jobs: jobs) { entry in
      before[entry.path].map { isSame($0, entry) } == true ? nil : entry.path
    }
    let now = FileStamp.now
    for (path, entry) in zip(changed, new.files) {
      guard let path else { continue }
      guard rename(fresh + "/" + path, folder + "/" + path) == 0 else {
        throw FileError("write", folder + "/" + path)
      }
      changes += 1
      // A stamp of this moment is trusted by nobody, because a file may change again within it. These are in a folder that
      // nobody else writes to.
      if entry.kind == .file, !entry.stamp.isStable(at: now) {
        FileCopy.setModified(now - Self.settled, of: folder + "/" + path)
      }
    }
    return changes
  }

  private func isSame(_ old: FileEntry, _ new: FileEntry) -> Bool {
    guard old.kind == new.kind, old.mode == new.mode else { return false }
    guard case .file = new.kind else { return true }
    guard old.bytes == new.bytes, let first = try? FileAccess.read(folder + "/" + old.path),
      let second = try? FileAccess.read(fresh + "/" + new.path)
    else { return false }
    return first == second
  }

  private func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
  }
}
