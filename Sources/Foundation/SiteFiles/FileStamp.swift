import Foundation

/// What the file system says of a file without opening it. A file whose stamp is as it was holds what it held.
///
/// Git and Make go by the same: https://git-scm.com/docs/racy-git says where that fails, which is why
/// ``isStable(at:)`` has to hold when a stamp is noted.
public struct FileStamp: Hashable, Sendable, Codable {
  /// The file's length.
  public var bytes: Int
  /// When its content last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// Its number in its file system.
  public var inode: UInt64

  /// Makes a stamp.
  public init(bytes: Int, modified: Int64, inode: UInt64) {
    self.bytes = bytes
    self.modified = modified
    self.inode = inode
  }

  /// The stamp of the file that a path leads to; nil where that is no regular file.
  public init?(of path: String) {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(info)
  }

  init(_ info: stat) {
    #if os(Linux)
    let time = info.st_mtim
    #else
    let time = info.st_mtimespec
    #endif
    self.init(
      bytes: Int(info.st_size), modified: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      inode: UInt64(info.st_ino))
  }

  /// The present moment as stamps count it: nanoseconds since 1970.
  public static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Whether the last change is so long before a moment that a change after it would show in the stamp. File systems
  /// count time in steps of up to two seconds (FAT).
  ///
  /// - Parameter now: nanoseconds since 1970.
  public func isStable(at now: Int64) -> Bool { modified < now - 2_000_000_000 }
}
