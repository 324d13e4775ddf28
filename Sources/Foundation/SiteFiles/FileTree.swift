import Foundation

/// A file below a folder, as `lstat` sees it.
public struct FileEntry: Hashable, Sendable {
  /// What the entry is.
  public enum Kind: Hashable, Sendable {
    /// A regular file.
    case file
    /// A symbolic link, with the text it holds.
    case link(String)
  }

  /// The path relative to the folder that was listed, with `/`.
  public var path: String
  /// What the entry is.
  public var kind: Kind
  /// The file's length.
  public var bytes: Int
  /// The file's permission bits.
  public var mode: mode_t
  /// When the file's content last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// When anything of the file last changed (`st_ctime`), in nanoseconds since 1970, which no program can set.
  public var changed: Int64
  /// What tells it from other files, and from itself before a change; see ``FileStamp/identity``.
  public var identity: UInt64

  /// What tells a change of the file.
  public var stamp: FileStamp { FileStamp(bytes: bytes, modified: modified, identity: identity) }
}

/// Lists what is below a folder.
public enum FileTree {
  /// Every file and symbolic link below `root` in byte order of their paths. Links are listed and never
  /// followed; sockets, pipes and devices are left out.
  ///
  /// - Parameters:
  ///   - root: the folder.
  ///   - skip: called with each folder's path relative to `root`; a folder for which it returns true is not
  ///     entered.
  /// - Throws: ``FileError`` when a folder cannot be read.
  public static func files(
    below root: String, skip: (_ folder: String) -> Bool = { _ in false }
  ) throws(FileError) -> [FileEntry] {
    try list(below: root, skip: skip).files
  }

  /// The same, with the paths of the folders that were entered, in the same order.
  ///
  /// - Throws: ``FileError`` when a folder cannot be read.
  package static func list(
    below root: String, skip: (_ folder: String) -> Bool = { _ in false }
  ) throws(FileError) -> (files: [FileEntry], folders: [String]) {
    var files: [FileEntry] = []
    var folders: [String] = []
    var walk = FileWalk(root: root)
    try walk.run(skip: skip) { entry in
      let path = String(decoding: entry.path, as: UTF8.self)
      if entry.isFolder { return folders.append(path) }
      let isLink = entry.info.st_mode & S_IFMT == S_IFLNK
      files.append(
        FileEntry(path: path, kind: isLink ? .link(linkText(root + "/" + path)) : .file, info: entry.info))
    }
    return (files, folders)
  }

  /// Hands out each file and link below a folder, in byte order of the paths, as bytes that change whenever the path, the
  /// kind, the stamp, the permissions or a link's text do. Folders are not listed.
  ///
  /// - Parameters:
  ///   - root: the folder; one that is not there is empty.
  ///   - skip: as for ``files(below:skip:)``.
  ///   - body: is given the bytes, which are those of one entry and valid during the call, and the stamp.
  /// - Throws: ``FileError`` when a folder cannot be read.
  package static func describe(
    below root: String, skip: (_ folder: String) -> Bool,
    _ body: (_ bytes: UnsafeRawBufferPointer, _ stamp: FileStamp) -> Void
  ) throws(FileError) {
    guard access(root, F_OK) == 0 else { return }
    var walk = FileWalk(root: root)
    var bytes: [UInt8] = []
    try walk.run(skip: skip) { entry in
      if entry.isFolder { return }
      let stamp = FileStamp(entry.info)
      bytes.removeAll(keepingCapacity: true)
      bytes += entry.path
      // No path holds a zero, so that no two lists of entries are the same bytes.
      bytes.append(0)
      for number in [
        UInt64(stamp.bytes), UInt64(bitPattern: stamp.modified), stamp.identity, UInt64(entry.info.st_mode),
      ] {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
      }
      if entry.info.st_mode & S_IFMT == S_IFLNK {
        bytes += linkText(root + "/" + String(decoding: entry.path, as: UTF8.self)).utf8
        bytes.append(0)
      }
      bytes.withUnsafeBytes { body($0, stamp) }
    }
  }

  static func linkText(_ path: String) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      let count = readlink(path, start, buffer.count)
      return String(decoding: UnsafeRawBufferPointer(start: start, count: max(0, count)), as: UTF8.self)
    }
  }
}

extension FileEntry {
  fileprivate init(path: String, kind: Kind, info: stat) {
    let stamp = FileStamp(info)
    self.init(
      path: path, kind: kind, bytes: stamp.bytes, mode: info.st_mode & 0o7777, modified: stamp.modified,
      changed: FileStamp.changed(info), identity: stamp.identity)
  }
}
