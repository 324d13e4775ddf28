import Foundation

/// Copies files, sharing their blocks where the file system can.
public enum FileCopy {
  /// Copies a file with its permissions and its time of change. A copy that was cut short is never seen.
  ///
  /// - Throws: ``FileError``
  public static func copy(from source: String, to target: String, like entry: FileEntry) throws(FileError) {
    try FileAccess.replace(target) { temporary throws(FileError) in
      let input = open(source, O_RDONLY | O_CLOEXEC)
      guard input >= 0 else { throw FileError("read", source) }
      defer { close(input) }
      let output = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard output >= 0 else { throw FileError("write", target) }
      defer { close(output) }
      if !shareBlocks(from: input, to: output) {
        try copyBytes(from: input, named: source, to: output, named: target)
      }
      guard fchmod(output, entry.mode) == 0 else { throw FileError("write", target) }
      setModified(entry.modified, of: temporary)
    }
  }

  /// Sets a file's time of change, in nanoseconds since 1970. A file system that cannot keep it costs a copy on
  /// the next run and nothing else, so failure is not reported.
  public static func setModified(_ time: Int64, of path: String) {
    let stamp = timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
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
