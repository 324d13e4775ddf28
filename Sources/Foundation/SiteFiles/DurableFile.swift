import Foundation

/// Writes that are whole after a power cut as well: what is written has reached the disk before it gets its name, and
/// the name before the call returns.
public enum DurableFile {
  /// Writes a file: to a temporary name in the same folder, synchronised, renamed, the folder synchronised. A file that
  /// is there keeps its permission bits, and its owner where the system allows that.
  ///
  /// - Throws: ``FileError``
  public static func write(_ data: Data, to path: String) throws(FileError) {
    var old = stat()
    let isThere = lstat(path, &old) == 0 && old.st_mode & S_IFMT == S_IFREG
    let mode = isThere ? old.st_mode & 0o7777 : 0o644
    try FileAccess.replace(path) { temporary throws(FileError) in
      try FileAccess.write(data, to: temporary, mode: mode)
      if isThere, old.st_uid != geteuid() || old.st_gid != getegid() {
        // Only the superuser may give files away. A change of owner clears the set-user-ID bits, so the mode is set again.
        if chown(temporary, old.st_uid, old.st_gid) == 0 { _ = chmod(temporary, mode) }
      }
      try synchronise(temporary)
    }
    try synchronise(folder(of: path))
  }

  /// Moves a file to another path on the same file system. An existing file there is replaced.
  ///
  /// - Throws: ``FileError``
  public static func move(_ source: String, to target: String) throws(FileError) {
    try synchronise(source)
    guard rename(source, target) == 0 else { throw FileError("write", target) }
    try synchronise(folder(of: target))
  }

  /// Removes a file. One that is gone already is no error.
  ///
  /// - Throws: ``FileError``
  public static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
    try synchronise(folder(of: path))
  }

  /// Makes a folder whose parent is there.
  ///
  /// - Throws: ``FileError``
  public static func makeFolder(_ path: String) throws(FileError) {
    try FileAccess.makeFolder(path)
    try synchronise(folder(of: path))
  }

  private static func folder(of path: String) -> String {
    let folder = FileAccess.folder(of: path)
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  /// Waits until a file, or the names in a folder, are on the disk. File systems that know no such thing for folders say
  /// so, which is no failure.
  private static func synchronise(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("write", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw FileError("write", path)
    }
  }
}
