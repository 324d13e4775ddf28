import Foundation

/// What is below a folder, one entry after the other in byte order of the paths.
///
/// A site can have a hundred thousand files, and a run with nothing to do is little more than this. So paths stay
/// bytes, each folder is opened once, and its files are opened by their names in it.
struct FileWalk {
  /// An entry as the walk hands it out.
  struct Entry {
    /// The path relative to the root.
    var path: UnsafeBufferPointer<UInt8>
    /// The result of `lstat`. It is not called for folders.
    var info: stat
    var kind: Kind
  }

  enum Kind {
    /// A regular file or a symbolic link.
    case file
    case folder
    /// A folder that the system does not let be read, with its reason. It comes behind the folder itself.
    case closed(Int32)
    /// A pipe, a socket or a device.
    case special
  }

  /// A folder being walked.
  private struct Level {
    /// The length of the folder's path with its `/`.
    var prefix: Int
    /// The names of its entries one after the other.
    var names: [UInt8] = []
    var entries: [Name] = []
    var next = 0
  }

  private struct Name {
    var start: Int
    var count: Int
    var info: stat
    var isFolder: Bool
    var isSpecial: Bool
  }

  private let root: String
  /// The path of the current entry, relative to the root.
  private var path: [UInt8] = []
  private var levels: [Level] = []

  init(root: String) { self.root = root }

  /// Walks.
  ///
  /// - Parameters:
  ///   - skip: called with each folder's path; a folder for which it returns true is not entered.
  ///   - visit: called with each folder that is entered, and everything in it.
  /// - Throws: ``FileError`` when the root cannot be read.
  mutating func run(
    skip: (_ folder: String) -> Bool, visit: (Entry) -> Void
  ) throws(FileError) {
    try enter(prefix: 0)
    while let depth = levels.indices.last {
      guard levels[depth].next < levels[depth].entries.count else {
        levels.removeLast()
        continue
      }
      let name = levels[depth].entries[levels[depth].next]
      levels[depth].next += 1
      path.removeSubrange(levels[depth].prefix...)
      path += levels[depth].names[name.start..<name.start + name.count]
      if name.isFolder, skip(String(decoding: path, as: UTF8.self)) { continue }
      hand(name.info, name.isFolder ? .folder : name.isSpecial ? .special : .file, to: visit)
      guard name.isFolder else { continue }
      path.append(UInt8(ascii: "/"))
      do throws(FileError) {
        try enter(prefix: path.count)
      } catch {
        path.removeLast()
        hand(name.info, .closed(error.code), to: visit)
      }
    }
  }

  private func hand(_ info: stat, _ kind: Kind, to visit: (Entry) -> Void) {
    path.withUnsafeBufferPointer { visit(Entry(path: $0, info: info, kind: kind)) }
  }

  /// Reads the folder that ``path`` names.
  private mutating func enter(prefix: Int) throws(FileError) {
    // Names are bytes to the system, and not all of them are text.
    let folder = Array((root.isEmpty ? "/" : root).utf8) + (prefix == 0 ? [] : [UInt8(ascii: "/")] + path)
    guard let handle = SystemPath.with(folder, { opendir($0) }) else {
      // A folder that went away between the listing and now is simply not there.
      if errno == ENOENT, prefix > 0 { return }
      throw FileError("list", String(decoding: folder, as: UTF8.self))
    }
    defer { closedir(handle) }
    var level = Level(prefix: prefix)
    while let entry = readdir(handle) {
      let type = Int32(entry.pointee.d_type)
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
          Self.add(name, type, of: dirfd(handle), to: &level)
        }
      }
    }
    level.names.withUnsafeBufferPointer { names in
      level.entries.sort { Self.precedes($0, $1, names) }
    }
    levels.append(level)
  }

  private static func add(
    _ name: UnsafePointer<CChar>, _ type: Int32, of folder: Int32, to level: inout Level
  ) {
    let count = strlen(name)
    if name[0] == CChar(bitPattern: UInt8(ascii: ".")) {
      if count == 1 || count == 2 && name[1] == name[0] { return }
    }
    var info = stat()
    var isFolder = type == Int32(DT_DIR)
    var isSpecial = false
    if !isFolder {
      // A file that went away between the listing and now is simply not there.
      guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return }
      switch info.st_mode & S_IFMT {
      case S_IFDIR: isFolder = true
      case S_IFREG, S_IFLNK: break
      default: isSpecial = true
      }
    }
    level.entries.append(
      Name(
        start: level.names.count, count: count, info: info, isFolder: isFolder, isSpecial: isSpecial))
    level.names.append(contentsOf: UnsafeRawBufferPointer(start: name, count: count))
  }

  /// The order of paths: what is below a folder stands where the folder's name with a `/` does.
  private static func precedes(_ a: Name, _ b: Name, _ names: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = names.baseAddress else { return false }
    let common = min(a.count, b.count)
    let order = memcmp(start + a.start, start + b.start, common)
    if order != 0 { return order < 0 }
    let slash = Int(UInt8(ascii: "/"))
    let x = a.count > common ? Int(start[a.start + common]) : a.isFolder ? slash : -1
    let y = b.count > common ? Int(start[b.start + common]) : b.isFolder ? slash : -1
    return x < y
  }
}
