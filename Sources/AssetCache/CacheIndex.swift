import Foundation
import GRDB
import Manifest
import SiteFiles
import Synchronization

/// The index of a cache: one SQLite file with write-ahead logging, which several processes read and write at once.
///
/// There are two connections, so that reading does not wait for a write or for another process that writes, and the
/// second is opened by the first write. GRDB's `DatabasePool` does the same and more, but writes a table whenever it is
/// opened, which is work for a run that has nothing to do, and a wait for whoever writes.
final class CacheIndex: Sendable {
  /// The version of the schema. It is in the file's name as well, so that tools of different versions do not take each
  /// other's index away.
  static let version = 1
  /// The file's name in the cache's folder.
  static let fileName = "index-\(version).sqlite"
  /// Uses are noted to the day: a run that only reads then seldom has to write.
  static let useGranularity = 86_400

  /// How long a write waits for other processes, in seconds. They hold the lock for one transaction.
  private static let patience = 10

  let path: String
  /// Tells the file that was opened from one that has taken its place.
  private let inode: UInt64?
  private let reader: DatabaseQueue
  private let lazyWriter: Mutex<DatabaseQueue?>

  /// Opens an index, and makes it where there is none. The folder has to be there.
  ///
  /// - Throws: `DatabaseError`, or ``FileError`` where the folder cannot be written to.
  init(folder: String) throws {
    path = folder + "/" + Self.fileName
    var stamp = FileStamp(of: path)
    if stamp == nil || stamp?.bytes == 0 {
      try Self.locked(folder) { try Self.make(folder + "/" + Self.fileName) }
      stamp = FileStamp(of: path)
    }
    inode = stamp?.inode
    reader = try DatabaseQueue(path: path, configuration: Self.configuration)
    lazyWriter = Mutex(nil)
    let version = try reader.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") }
    guard version == Self.version else {
      throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "the index is of another kind")
    }
  }

  private static var configuration: GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(TimeInterval(patience))
    configuration.foreignKeysEnabled = false
    configuration.label = "optimize-assets.cache"
    configuration.prepareDatabase { database in
      // A commit then waits for no disk; what a power cut takes is a few notes, never the index.
      // https://www.sqlite.org/pragma.html#pragma_synchronous
      try database.execute(
        sql: "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192")
    }
    return configuration
  }

  private static func make(_ path: String) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { database in
      guard try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 else { return }
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.inTransaction(.immediate) {
        try database.execute(sql: schema + "PRAGMA user_version = \(version);")
        return .commit
      }
    }
    try queue.close()
  }

  private static var schema: String {
    let values = CacheTable.allCases.map {
      """
      CREATE TABLE \($0.tableName) (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL);

      """
    }
    return """
      CREATE TABLE files (
        path TEXT PRIMARY KEY NOT NULL, bytes INTEGER NOT NULL, modified INTEGER NOT NULL,
        inode INTEGER NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE actions (
        key TEXT PRIMARY KEY NOT NULL, sha256 TEXT, bytes INTEGER, width INTEGER, height INTEGER, score REAL,
        detail TEXT NOT NULL, used INTEGER NOT NULL);

      """ + values.joined()
  }

  // MARK: Damage

  /// Whether an error says that the index is not one, or not one any more: no row of it is to be trusted.
  static func isDamage(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode.primaryResultCode {
    // SQL that is right for the schema fails where the schema is not what its version says.
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_FORMAT: return true
    default: return false
    }
  }

  /// Removes a damaged index, unless another process has done so and made a new one.
  ///
  /// - Parameter damaged: the index; nil where it could not even be opened.
  static func remove(_ damaged: CacheIndex?, in folder: String) throws {
    let path = folder + "/" + fileName
    let found = FileStamp(of: path)?.inode
    try locked(folder) {
      let inode = FileStamp(of: path)?.inode
      guard inode == damaged?.inode ?? found else { return }
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

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try reader.inDatabase(body) }

  /// Runs something in one transaction that may write.
  func write(_ body: (Database) throws -> Void) throws {
    try writer().inDatabase { database in
      try database.inTransaction(.immediate) {
        try body(database)
        return .commit
      }
    }
  }

  /// Moves what was written from the log to the file, and waits for the disk. Whoever opens an index first reads its
  /// log from start to end, so the log is emptied, unless another process uses it now.
  func checkpoint() throws {
    guard let queue = lazyWriter.withLock(\.self) else { return }
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA busy_timeout = 0")
      do {
        _ = try database.checkpoint(.truncate)
      } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_BUSY {}
      try database.execute(sql: "PRAGMA busy_timeout = \(Self.patience * 1000)")
    }
  }

  /// Gives the space of removed rows back, where the disk has room for a copy of the rest and no other process is in
  /// the way. What is not given back is used for later rows.
  func shrink() {
    _ = try? writer().inDatabase { try $0.execute(sql: "VACUUM") }
    try? checkpoint()
  }

  private func writer() throws -> DatabaseQueue {
    try lazyWriter.withLock { writer in
      if let writer { return writer }
      let opened = try DatabaseQueue(path: path, configuration: Self.configuration)
      writer = opened
      return opened
    }
  }
}

extension CacheTable {
  /// The table's name in SQL. The prefix keeps it from being a word of SQL.
  var tableName: String { "of_\(rawValue)" }
}
