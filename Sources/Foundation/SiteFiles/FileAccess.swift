import Foundation

/// Whole-file reads and writes that name the file when they fail and never leave half a file behind.
public enum FileAccess {
  /// No text and no picture of a site has more bytes. A file can claim any length that its disk does not hold.
  package static let mostBytes = 256 << 20

  /// Reads a file, of at most 256 MiB.
  ///
  /// - Throws: ``FileError``
  public static func read(_ path: String) throws(FileError) -> Data { try read(path, atMost: .max) }

  /// Reads the beginning of a file.
  ///
  /// - Throws: ``FileError``
  package static func read(_ path: String, atMost limit: Int) throws(FileError) -> Data {
    // A pipe that nobody writes to would keep the opening waiting.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError("read", path) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw FileError("read", path) }
    guard info.st_mode & S_IFMT == S_IFREG else {
      let isFolder = info.st_mode & S_IFMT == S_IFDIR
      throw FileError("read", path, code: isFolder ? EISDIR : FileError.notRegular)
    }
    guard limit < .max || info.st_size <= mostBytes else {
      throw FileError("read", path, code: FileError.tooLarge)
    }
    var data = Data(count: min(limit, Int(info.st_size)))
    var offset = 0
    while offset < data.count {
      let wanted = data.count - offset
      let got = data.withUnsafeMutableBytes { buffer in
        systemRead(descriptor, buffer, offset, wanted)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", path) }
      if got == 0 { break }
      offset += got
    }
    return data.prefix(offset)
  }

  /// Writes a file whole: to a temporary name in the same folder, then renamed, so that a reader (or a run that was
  /// killed) sees either the old file or the new one. Folders are created as needed.
  ///
  /// - Parameter isSynchronised: whether the disk has the bytes before the file gets its name. The name itself is safe
  ///   once ``synchronise(folder:)`` was called.
  /// - Throws: ``FileError``
  public static func write(
    _ data: Data, to path: String, mode: mode_t = 0o644, isSynchronised: Bool = false
  ) throws(FileError) {
    try replace(path) { temporary throws(FileError) in
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      guard descriptor >= 0 else { throw FileError("write", path) }
      defer { close(descriptor) }
      // The mode given to open is cut by the umask; a copy keeps its own.
      guard fchmod(descriptor, mode) == 0 else { throw FileError("write", path) }
      var offset = 0
      while offset < data.count {
        let put = data.withUnsafeBytes { buffer in systemWrite(descriptor, buffer, offset) }
        if put < 0 && errno == EINTR { continue }
        guard put > 0 else { throw FileError("write", path) }
        offset += put
      }
      guard !isSynchronised || fsync(descriptor) == 0 else { throw FileError("write", path) }
    }
  }

  /// Waits until the disk has the names of a folder's files.
  ///
  /// - Throws: ``FileError``
  package static func synchronise(folder: String) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("write", folder) }
    defer { close(descriptor) }
    // Some file systems cannot do this for folders, and say so with EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError("write", folder) }
  }

  /// Calls `make` with a temporary name in `path`'s folder and renames the resulting file to `path`. The temporary file
  /// is removed when anything fails.
  ///
  /// - Throws: what `make` throws, or ``FileError``
  public static func replace(
    _ path: String, with make: (_ temporary: String) throws(FileError) -> Void
  ) throws(FileError) {
    try makeFolder(folder(of: path))
    let temporary = temporaryName(for: path)
    do throws(FileError) {
      try make(temporary)
      guard rename(temporary, path) == 0 else { throw FileError("write", path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// A file's permission bits; those of a new file where they cannot be read.
  public static func mode(of path: String) -> mode_t {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mode & 0o7777 : 0o644
  }

  /// Whether a file name is one that ``replace(_:with:)`` uses for a file in the making. A run that was killed
  /// can leave one behind; the next run removes it.
  public static func isTemporary(_ name: some StringProtocol) -> Bool {
    name.hasPrefix(".optimize-assets-") && name.hasSuffix(".tmp")
  }

  /// Makes a folder and those above it.
  ///
  /// - Throws: ``FileError``
  public static func makeFolder(_ path: String) throws(FileError) {
    guard !path.isEmpty, mkdir(path, 0o755) != 0 else { return }
    switch errno {
    case EEXIST:
      var info = stat()
      guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
        throw FileError("make the folder", path, code: ENOTDIR)
      }
    case ENOENT:
      try makeFolder(folder(of: path))
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileError("make the folder", path) }
    default: throw FileError("make the folder", path)
    }
  }

  /// The folder part of a path, without a trailing `/`; empty where there is none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  static func temporaryName(for path: String) -> String {
    let name = ".optimize-assets-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let folder = folder(of: path)
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" + name : name) : folder + "/" + name
  }
}

// `read` and `write` are also names of this type's own functions, so the system's are reached from here. A chunk
// is bounded because Linux transfers at most 2 GiB a call.
private let largestChunk = 1 << 30

private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int, _ count: Int
) -> Int {
  guard let start = buffer.baseAddress else { return 0 }
  return read(descriptor, start + offset, min(count, largestChunk))
}

private func systemWrite(
  _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, _ offset: Int
) -> Int {
  guard let start = buffer.baseAddress else { return 0 }
  return write(descriptor, start + offset, min(buffer.count - offset, largestChunk))
}
