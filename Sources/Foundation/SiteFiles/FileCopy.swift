import Foundation

/// Copies files, sharing their blocks where the file system can.
public enum FileCopy {
  /// Copies a file with its permissions and its time of change. An incomplete copy is never visible.
  ///
  /// - Parameter willAppear: called with the copy's length when all of it is written, before it gets its name.
  /// - Throws: ``FileError``
  public static func copy(
    from source: String, to target: String, like entry: FileEntry,
    willAppear: (_ bytes: Int) throws(FileError) -> Void = { _ throws(FileError) in }
  ) throws(FileError) {
    let input = try opened(Array(source.utf8), named: source)
    defer { close(input) }
    try FileAccess.replace(target) { temporary throws(FileError) in
      let output = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard output >= 0 else { throw FileError("write", target) }
      defer { close(output) }
      try willAppear(try fill(output, named: target, from: input, named: source, like: entry))
    }
  }

  /// Opens a file to copy it. Nothing but a regular file is opened: a pipe would keep the copy waiting.
  static func opened(_ path: [UInt8], named name: String) throws(FileError) -> Int32 {
    let input = SystemPath.with(path) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard input >= 0 else { throw FileError("read", name) }
    var info = stat()
    guard fstat(input, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      close(input)
      throw FileError("read", name, code: FileError.notRegular)
    }
    return input
  }

  /// Fills a new file with another's bytes, and gives it its permissions and time of change.
  ///
  /// - Returns: its length.
  static func fill(
    _ output: Int32, named target: String, from input: Int32, named source: String, like entry: FileEntry
  ) throws(FileError) -> Int {
    if !shareBlocks(from: input, to: output) {
      try copyBytes(from: input, named: source, to: output, named: target)
    }
    guard fchmod(output, entry.mode) == 0 else { throw FileError("write", target) }
    let stamp = timespec(entry.modified)
    _ = [stamp, stamp].withUnsafeBufferPointer { futimens(output, $0.baseAddress) }
    var info = stat()
    guard fstat(output, &info) == 0 else { throw FileError("write", target) }
    return Int(info.st_size)
  }

  /// Sets a file's time of change, in nanoseconds since 1970. A file system that cannot keep it costs a copy on
  /// the next run and nothing else, so failure is not reported.
  public static func setModified(_ time: Int64, of path: String) {
    let stamp = timespec(time)
    _ = [stamp, stamp].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) }
  }

  /// A reflink: the copy shares the original's blocks until one of them is written to.
  private static func shareBlocks(from input: Int32, to output: Int32) -> Bool {
    #if os(Linux)
    // FICLONE of linux/fs.h, _IOW(0x94, 9, int), which the C importer does not see.
    return ioctl(output, 0x4004_9409, input) == 0
    #else
    return false
    #endif
  }

  private static func copyBytes(
    from input: Int32, named source: String, to output: Int32, named target: String
  ) throws(FileError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = read(input, &buffer, buffer.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw FileError("read", source) }
      if got == 0 { return }
      var offset = 0
      while offset < got {
        let put = buffer[offset..<got].withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
        if put < 0 && errno == EINTR { continue }
        guard put > 0 else { throw FileError("write", target) }
        offset += put
      }
    }
  }
}

extension timespec {
  /// - Parameter time: nanoseconds since 1970, or before it.
  fileprivate init(_ time: Int64) {
    let part = time % 1_000_000_000
    self.init(
      tv_sec: Int(time / 1_000_000_000) - (part < 0 ? 1 : 0),
      tv_nsec: Int(part < 0 ? part + 1_000_000_000 : part))
  }
}
