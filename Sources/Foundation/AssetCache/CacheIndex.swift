import AssetModel
import Foundation
import SiteFiles
import Synchronization

/// The index of a cache: one SQLite file with write-ahead logging, which several processes read and write at once.
///
/// There are two connections, so that reading does not wait for a write or for another process that writes, and the
/// second is opened by the first write: a run that has nothing to do never needs it. One thread at a time has each.
final class CacheIndex: Sendable {
  /// A digest of the schema, as SQLite's number for it. It is in the file's name as well, so that programs with different
  /// schemas do not take each other's index away.
  static let version = version(of: schema)
  /// The file's name in the cache's folder.
  static let fileName = "index-\(version).sqlite"
  /// Uses are noted to the day: a run that only reads then seldom has to write.
  static let useGranularity = 86_400

  let path: String
  /// Distinguishes the opened file from one that has replaced it.
  private let inode: UInt64?
  private let reader: Mutex<Connection>
  private let writer = Mutex<Connection?>(nil)

  /// Opens an index, and makes it where there is none. The folder has to be there.
  ///
  /// - Throws: `SQLiteError`, or ``FileError`` where the folder cannot be written to.
  init(folder: String) throws {
    path = folder + "/" + Self.fileName
    if FileStamp(of: path)?.bytes ?? 0 == 0 {
      try Self.locked(folder) { try Self.make(folder + "/" + Self.fileName) }
    }
    inode = FileStamp.inode(of: path)
    reader = Mutex(try Self.connect(path))
    guard try read({ try $0.int("PRAGMA user_version") }) == Self.version else {
      throw SQLiteError(.notADatabase, message: "the index is of another kind")
    }
  }

  // MARK: Damage

  /// Whether an error says that the index is not one, or not one any more: no row of it is to be trusted.
  static func isDamage(_ error: any Error) -> Bool {
    guard let error = error as? SQLiteError else { return false }
    switch error.code.primary {
    // SQL that is right for the schema fails where the schema is not what its version says.
    case .corrupt, .notADatabase, .error, .mismatch, .format: return true
    default: return false
    }
  }

  /// Removes a damaged index, unless another process has already replaced it.
  ///
  /// - Parameter damaged: the index; nil where it could not even be opened.
  static func remove(_ damaged: CacheIndex?, in folder: String) throws {
    let path = folder + "/" + fileName
    let current = FileStamp.inode(of: path)
    try locked(folder) {
      let inode = FileStamp.inode(of: path)
      guard inode == damaged?.inode ?? current else { return }
      // SQLite ignores a log without its database, so a process that is killed between these leaves nothing bad.
      for name in [path, path + "-wal", path + "-shm"] {
        guard unlink(name) == 0 || errno == ENOENT else { throw FileError("remove", name) }
      }
    }
  }

  /// Runs something while no other process does.
  private static func locked(_ folder: String, _ body: () throws -> Void) throws {
    let name = folder + "/lock"
    let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError("write", name) }
    defer { close(descriptor) }
    // Where the file system knows no locks, SQLite's own have to do.
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    try body()
  }

  // MARK: Connections

  /// Runs something that reads.
  func read<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
    try reader.withLock { try body($0) }
  }

  /// Runs something in one transaction that may write.
  func write<Value: Sendable>(_ body: @Sendable (Connection) throws -> Value) throws -> Value {
    try withWriter { connection in try connection.transaction(.immediate) { try body(connection) } }
  }

  private func withWriter<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try writer.withLock { writer in
      let connection = try writer ?? Self.connect(path)
      writer = connection
      return try body(connection)
    }
  }

  /// Moves what was written from the log to the file, and waits for the disk. Opening an index reads its log from start
  /// to end, so the log is emptied, unless another process is using it.
  func checkpoint() throws {
    _ = try writer.withLock { try $0?.checkpoint() }
  }

  /// Gives the space of removed rows back, where the disk has room for a copy of the rest and no other process is in
  /// the way. What is not given back is used for later rows.
  func shrink() {
    try? withWriter { try $0.execute("VACUUM") }
    try? checkpoint()
  }
}
