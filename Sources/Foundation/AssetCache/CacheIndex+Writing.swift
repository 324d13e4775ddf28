import Foundation
import SiteFiles

extension CacheIndex {
  /// Writes notes, all or none.
  func write(_ notes: PendingWrites, now: Int) throws {
    try write { database in
      if !notes.digests.isEmpty { try Self.write(notes.digests, database) }
      if !notes.actions.isEmpty { try Self.write(notes.actions, database, now: now) }
      for (table, values) in notes.values { try Self.write(values, table, database, now: now) }
    }
  }

  private static func write(
    _ digests: [String: (stamp: FileStamp, sha256: String)], _ database: Connection
  ) throws {
    let row = try database.statement(
      "INSERT OR REPLACE INTO files (path, bytes, modified, inode, sha256) VALUES (?, ?, ?, ?, ?)")
    for (path, recorded) in digests {
      try row.bind(path, at: 1)
      try row.bind(recorded.stamp.bytes, at: 2)
      try row.bind(recorded.stamp.modified, at: 3)
      try row.bind(Int64(bitPattern: recorded.stamp.identity), at: 4)
      try row.bind(recorded.sha256, at: 5)
      try row.run()
    }
  }

  private static func write(_ actions: [String: CachedAction], _ database: Connection, now: Int) throws {
    let row = try database.statement(
      """
      INSERT INTO actions (key, sha256, bytes, width, height, score, detail, used)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET
        sha256 = excluded.sha256, bytes = excluded.bytes, width = excluded.width, height = excluded.height,
        score = excluded.score, detail = excluded.detail, used = excluded.used
      """)
    for (key, action) in actions {
      try row.bind(key, at: 1)
      if let file = action.file {
        try row.bind(file.sha256, at: 2)
        try row.bind(file.bytes, at: 3)
        try row.bind(file.width, at: 4)
        try row.bind(file.height, at: 5)
        try row.bind(file.score, at: 6)
      } else {
        for index in 2...6 { try row.bindNull(at: index) }
      }
      try row.bind(action.detail, at: 7)
      try row.bind(now, at: 8)
      try row.run()
    }
  }

  private static func write(
    _ values: [String: Data?], _ table: CacheTable, _ database: Connection, now: Int
  ) throws {
    let removal = try database.statement("DELETE FROM \(table.tableName) WHERE key = ?")
    let row = try database.statement(
      """
      INSERT INTO \(table.tableName) (key, value, used) VALUES (?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, used = excluded.used
      """)
    for (key, value) in values {
      guard let value else {
        try removal.bind(key, at: 1)
        try removal.run()
        continue
      }
      try row.bind(key, at: 1)
      try row.bind(value, at: 2)
      try row.bind(now, at: 3)
      try row.run()
    }
  }

  /// Records that rows were used.
  func touch(_ used: Uses, now: Int) throws {
    try write { database in
      try Self.touch(used.actions, in: "actions", database, now: now)
      for (table, keys) in used.values { try Self.touch(keys, in: table.tableName, database, now: now) }
    }
  }

  private static func touch(
    _ keys: Set<String>, in table: String, _ database: Connection, now: Int
  ) throws {
    let row = try database.statement("UPDATE \(table) SET used = ? WHERE key = ?")
    try row.bind(now, at: 1)
    for key in keys {
      try row.bind(key, at: 2)
      try row.run()
    }
  }

  /// Removes the actions that produced these files.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func forget(files: Set<String>) throws -> Int {
    guard !files.isEmpty else { return 0 }
    return try write { database in
      try database.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS gone (sha256 TEXT PRIMARY KEY NOT NULL)")
      let row = try database.statement("INSERT OR IGNORE INTO gone VALUES (?)")
      for file in files {
        try row.bind(file, at: 1)
        try row.run()
      }
      try database.execute("DELETE FROM actions WHERE sha256 IN gone")
      let forgotten = database.changes
      try database.execute("DELETE FROM gone")
      return forgotten
    }
  }
}

/// What was read from the index and had not been used for a while.
struct Uses {
  var actions: Set<String> = []
  var values: [CacheTable: Set<String>] = [:]

  var isEmpty: Bool { actions.isEmpty && values.isEmpty }
}
