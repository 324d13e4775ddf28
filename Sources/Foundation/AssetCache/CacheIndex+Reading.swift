import Foundation
import SiteFiles

/// What an index gives, with the keys whose use is worth noting again.
struct CachedValue<Value: Sendable>: Sendable {
  var values: [String: Value] = [:]
  /// Keys that were last used so long ago that this use should be noted.
  var stale: [String] = []
}

extension CacheIndex {
  func digest(of path: String) throws -> (stamp: FileStamp, sha256: String)? {
    try read { database in
      let row = try database.statement("SELECT bytes, modified, inode, sha256 FROM files WHERE path = ?")
      try row.bind(path, at: 1)
      return try row.firstRow { row in (row.stamp(0), row.text(3)) }
    }
  }

  func digests(below folder: String) throws -> [String: (stamp: FileStamp, sha256: String)] {
    try read { database in
      // '0' is the character after '/', so these are the bounds of everything that begins with the folder and a '/'.
      let rows = try database.statement(
        "SELECT path, bytes, modified, inode, sha256 FROM files WHERE path > ?1 || '/' AND path < ?1 || '0'")
      try rows.bind(folder, at: 1)
      let dropped = folder.utf8.count + 1
      var digests: [String: (stamp: FileStamp, sha256: String)] = [:]
      try rows.forEachRow { row in
        digests[row.text(0, droppingBytes: dropped)] = (row.stamp(1), row.text(4))
      }
      return digests
    }
  }

  func actions(_ keys: [String], now: Int) throws -> CachedValue<CachedAction> {
    try rows(of: "actions", keys, columns: "used, sha256, bytes, width, height, score, detail", now: now) {
      row in
      let file =
        row.isNull(2)
        ? nil
        : CachedAction.File(
          sha256: row.text(2), bytes: row.int(3), width: row.int(4), height: row.int(5), score: row.double(6))
      return CachedAction(file: file, detail: row.text(7))
    }
  }

  func values(_ table: CacheTable, _ keys: [String], now: Int) throws -> CachedValue<Data> {
    try rows(of: table.tableName, keys, columns: "used, value", now: now) { $0.data(2) }
  }

  /// The rows with these keys. Column 0 is the key, column 1 its last use.
  ///
  /// A run asks for most of what there is. Reading a table from its start to its end then takes a third of the time of
  /// looking up each key, so that is done where the keys are at least a quarter of the rows.
  private func rows<Value: Sendable>(
    of table: String, _ keys: [String], columns: String, now: Int,
    _ value: @Sendable (borrowing Row) -> Value
  ) throws -> CachedValue<Value> {
    let oldest = now - Self.useGranularity
    return try read { database in
      var cached = CachedValue<Value>()
      cached.values.reserveCapacity(keys.count)
      func take(_ row: borrowing Row, _ key: String) {
        cached.values[key] = value(row)
        if row.int(1) < oldest { cached.stale.append(key) }
      }
      let all = "SELECT key, \(columns) FROM \(table)"
      // One transaction: all comes from one state, and SQLite takes its lock once.
      try database.transaction(.deferred) {
        if keys.count >= 1000, try Self.greatestRow(of: table, database) <= 4 * keys.count {
          let wanted = Set(keys)
          try database.statement(all).forEachRow { row in
            let key = row.text(0)
            if wanted.contains(key) { take(row, key) }
          }
        } else {
          let one = try database.statement(all + " WHERE key = ?")
          // In order, one key is near the other in the index.
          for key in keys.count > 16 ? keys.sorted() : keys {
            try one.bind(key, at: 1)
            try one.firstRow { row in take(row, key) }
          }
        }
      }
      return cached
    }
  }

  /// The number of the last row, and so at least the number of rows.
  private static func greatestRow(of table: String, _ database: Connection) throws -> Int {
    try database.int("SELECT max(rowid) FROM \(table)") ?? 0
  }
}
