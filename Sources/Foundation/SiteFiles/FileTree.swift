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

/// What is below a folder.
package struct FileListing: Sendable {
  /// A file or link whose name, or the name of a folder it is in, is no text: bytes that are not UTF-8, as old archives
  /// hold them.
  package struct Unnamed: Hashable, Sendable {
    /// The path relative to the folder that was listed.
    package var path: [UInt8]
    /// What `lstat` says, its path spelled for people.
    package var entry: FileEntry
  }

  /// Regular files and symbolic links, in byte order of their paths.
  package var files: [FileEntry] = []
  /// The folders that were entered.
  package var folders: [String] = []
  /// Files and links that no text names.
  package var unnamed: [Unnamed] = []
  /// Folders that the system does not let be read, each with its reason.
  package var closed: [(path: String, reason: String)] = []
  /// Pipes, sockets and devices.
  package var special: [String] = []
}

/// Lists what is below a folder.
public enum FileTree {
  /// Every file and symbolic link below `root` in byte order of their paths. Links are listed and never followed;
  /// special files, files whose names are no valid text, and the contents of unreadable folders are left out.
  ///
  /// - Parameters:
  ///   - root: the folder.
  ///   - skip: called with each folder's path relative to `root`; a folder for which it returns true is not
  ///     entered.
  /// - Throws: ``FileError`` when the folder itself cannot be read.
  public static func files(
    below root: String, skip: (_ folder: String) -> Bool = { _ in false }
  ) throws(FileError) -> [FileEntry] {
    try list(below: root, skip: skip).files
  }

  /// The same, with everything that is left out there, and the folders that were entered.
  ///
  /// - Throws: ``FileError`` when the folder itself cannot be read.
  package static func list(
    below root: String, skip: (_ folder: String) -> Bool = { _ in false }
  ) throws(FileError) -> FileListing {
    var listing = FileListing()
    var walk = FileWalk(root: root)
    try walk.run(skip: skip) { entry in
      switch entry.kind {
      case .folder: listing.folders.append(FileName.spelled(entry.path))
      case .closed(let code):
        listing.closed.append((FileName.spelled(entry.path), FileError("list", "", code: code).reason))
      case .special: listing.special.append(FileName.spelled(entry.path))
      case .file: listing.add(entry, below: root)
      }
    }
    return listing
  }

  /// Hands out each file and link below a folder, in byte order of the paths, as bytes that change whenever the path, the
  /// kind, the stamp, the permissions or a link's text do. Of folders those are among them that cannot be read.
  ///
  /// - Parameters:
  ///   - root: the folder; one that is not there is empty.
  ///   - skip: as for ``files(below:skip:)``.
  ///   - body: is given the bytes, which are those of one entry and valid during the call, and the stamp.
  /// - Throws: ``FileError`` when the folder itself cannot be read.
  package static func describe(
    below root: String, skip: (_ folder: String) -> Bool,
    _ body: (_ bytes: UnsafeRawBufferPointer, _ stamp: FileStamp) -> Void
  ) throws(FileError) {
    guard access(root, F_OK) == 0 else { return }
    var walk = FileWalk(root: root)
    var bytes: [UInt8] = []
    try walk.run(skip: skip) { entry in
      if case .folder = entry.kind { return }
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
        bytes += linkText(Array(root.utf8) + [UInt8(ascii: "/")] + entry.path)
        bytes.append(0)
      }
      bytes.withUnsafeBytes { body($0, stamp) }
    }
  }

  /// What a symbolic link holds.
  static func linkText(_ path: [UInt8]) -> [UInt8] {
    SystemPath.with(path) { path in
      [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
        guard let start = buffer.baseAddress else { return }
        let text = UnsafeMutableRawPointer(start).assumingMemoryBound(to: CChar.self)
        count = max(0, readlink(path, text, buffer.count))
      }
    }
  }
}

extension FileListing {
  fileprivate mutating func add(_ entry: FileWalk.Entry, below root: String) {
    let isLink = entry.info.st_mode & S_IFMT == S_IFLNK
    let target = isLink ? FileTree.linkText(Array(root.utf8) + [UInt8(ascii: "/")] + entry.path) : []
    let path = String(validating: entry.path, as: UTF8.self)
    let text = String(validating: target, as: UTF8.self)
    let file = FileEntry(
      path: path ?? FileName.spelled(entry.path),
      kind: isLink ? .link(text ?? FileName.spelled(target)) : .file, info: entry.info)
    if path == nil || text == nil {
      unnamed.append(Unnamed(path: Array(entry.path), entry: file))
    } else {
      files.append(file)
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
