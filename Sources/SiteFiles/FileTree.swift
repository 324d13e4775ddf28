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
  /// The entry's number in its file system.
  public var inode: UInt64

  /// What tells a change of the file.
  public var stamp: FileStamp { FileStamp(bytes: bytes, modified: modified, inode: inode) }
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
    var found: [FileEntry] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try names(in: folder.isEmpty ? root : root + "/" + folder) {
        let path = folder.isEmpty ? name : folder + "/" + name
        let absolute = root + "/" + path
        var info = stat()
        // A file that went away between the listing and now is simply not there.
        guard lstat(absolute, &info) == 0 else { continue }
        switch info.st_mode & S_IFMT {
        case S_IFDIR:
          if !skip(path) { folders.append(path) }
        case S_IFREG:
          found.append(FileEntry(path: path, kind: .file, info: info))
        case S_IFLNK:
          found.append(FileEntry(path: path, kind: .link(linkText(absolute)), info: info))
        default: continue
        }
      }
    }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func names(in folder: String) throws(FileError) -> [String] {
    guard let handle = opendir(folder) else { throw FileError("list", folder) }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  private static func linkText(_ path: String) -> String {
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
      inode: stamp.inode)
  }
}
