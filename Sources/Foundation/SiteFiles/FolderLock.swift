import Foundation

/// The right to change what is in a folder, held by one process at a time. It needs no file of its own, and the system
/// takes it back when the process ends, however that happens.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock; nil where another process has it.
  ///
  /// - Throws: ``FileError`` where the folder cannot be opened. A file system without locks gives the lock to everyone.
  public init?(_ folder: String) throws(FileError) {
    let opened = open(folder, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw FileError("open", folder) }
    if flock(opened, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(opened)
      return nil
    }
    descriptor = opened
  }

  deinit {
    // A program that another thread has just forked holds a copy of the descriptor until it is what it shall be, and closing
    // this one would leave the folder locked for so long.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
