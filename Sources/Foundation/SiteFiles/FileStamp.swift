import Foundation

/// The file system's facts about a file, without opening it. A file whose stamp is unchanged has unchanged content.
///
/// Git and Make rely on the same: https://git-scm.com/docs/racy-git describes where that fails, which is why
/// ``isStable(at:)`` must be true when a stamp is recorded.
public struct FileStamp: Hashable, Sendable, Codable {
  /// The file's length.
  public var bytes: Int
  /// When its content last changed, in nanoseconds since 1970.
  public var modified: Int64
  /// The file's number in its file system and when anything of it last changed (`st_ctime`), as one number. A program can
  /// put a file's length and time back after it has written to it (`touch -r`, `rsync --times --inplace`); the time of the
  /// change itself it cannot.
  public var identity: UInt64

  /// Makes a stamp.
  public init(bytes: Int, modified: Int64, identity: UInt64) {
    self.bytes = bytes
    self.modified = modified
    self.identity = identity
  }

  /// The stamp of the file that a path leads to; nil where that is no regular file.
  public init?(of path: String) {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(info)
  }

  init(_ info: stat) {
    #if os(Linux)
    let modified = info.st_mtim
    #else
    let modified = info.st_mtimespec
    #endif
    // An odd factor maps no two times to one number (Knuth, The Art of Computer Programming 3, 6.4: 2^64 over the golden
    // ratio), and spreads them over all bits, so that a time cannot make up for another inode by chance.
    let time = UInt64(bitPattern: Self.changed(info)) &* 0x9E37_79B9_7F4A_7C15
    self.init(
      bytes: Int(info.st_size), modified: Self.nanoseconds(modified), identity: UInt64(info.st_ino) ^ time)
  }

  /// When anything of a file last changed.
  static func changed(_ info: stat) -> Int64 {
    #if os(Linux)
    nanoseconds(info.st_ctim)
    #else
    nanoseconds(info.st_ctimespec)
    #endif
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The number in its file system of the file that a path leads to; nil where that is no regular file.
  package static func inode(of path: String) -> UInt64? {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return UInt64(info.st_ino)
  }

  /// The present moment as stamps count it: nanoseconds since 1970.
  public static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  /// Whether the last change is old enough, at a given moment, that a later change would alter the stamp. File systems
  /// count time in steps of up to two seconds (FAT).
  ///
  /// - Parameter now: nanoseconds since 1970.
  public func isStable(at now: Int64) -> Bool { modified < now - 2_000_000_000 }
}
