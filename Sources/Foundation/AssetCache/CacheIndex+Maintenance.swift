import Foundation
import SiteFiles

extension CacheIndex {
  /// The bytes of the index with its log.
  var bytes: Int {
    [path, path + "-wal"].reduce(0) { $0 + (FileStamp(of: $1)?.bytes ?? 0) }
  }

  /// The bytes of the index that hold something; removed rows leave the rest.
  func usedBytes() throws -> Int {
    try read { database in
      func number(_ pragma: String) throws -> Int { try database.int("PRAGMA \(pragma)") ?? 0 }
      return try (number("page_count") - number("freelist_count")) * number("page_size")
    }
  }

  /// Everything that is counted in the index alone.
  func counts() throws -> CacheInfo {
    try read { database in
      let uses = Self.usedTables.map { "SELECT min(used) AS low, max(used) AS high FROM \($0)" }
        .joined(separator: " UNION ALL ")
      var info = CacheInfo(folder: "")
      info.actions = try database.int("SELECT count(*) FROM actions") ?? 0
      info.posts = try database.int("SELECT count(*) FROM \(CacheTable.posts.tableName)") ?? 0
      info.digests = try database.int("SELECT count(*) FROM files") ?? 0
      info.oldestUse = try database.int("SELECT min(low) FROM (\(uses))")
      info.newestUse = try database.int("SELECT max(high) FROM (\(uses))")
      return info
    }
  }

  /// The tables that know when a row was used.
  private static var usedTables: [String] { ["actions"] + CacheTable.allCases.map(\.tableName) }

  /// Whether SQLite finds the file consistent.
  func isSound() throws -> Bool {
    do {
      return try read { try $0.text("PRAGMA quick_check(1)") } == "ok"
    } catch  where Self.isDamage(error) {
      return false
    }
  }

  /// The files that actions produced, with their last use.
  func filesInUse() throws -> [String: Int] {
    try read { database in
      var uses: [String: Int] = [:]
      try database.statement(
        "SELECT sha256, max(used) FROM actions WHERE sha256 IS NOT NULL GROUP BY sha256"
      ).forEachRow { row in uses[row.text(0)] = row.int(1) }
      return uses
    }
  }

  /// Removes the digests of files that are not there any more.
  func removeDigestsOfFilesThatAreGone() throws -> Int {
    let gone = try read { database in
      var gone: [String] = []
      try database.statement("SELECT path FROM files").forEachRow { row in
        let path = row.text(0)
        if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { gone.append(path) }
      }
      return gone
    }
    guard !gone.isEmpty else { return 0 }
    try write { database in
      let removal = try database.statement("DELETE FROM files WHERE path = ?")
      for path in gone {
        try removal.bind(path, at: 1)
        try removal.run()
      }
    }
    return gone.count
  }

  /// Removes what was last used before a time, in seconds since 1970.
  func remove(usedBefore time: Int) throws -> Int {
    try write { database in
      var removed = 0
      for table in Self.usedTables {
        let removal = try database.statement("DELETE FROM \(table) WHERE used < ?")
        try removal.bind(time, at: 1)
        try removal.run()
        removed += database.changes
      }
      return removed
    }
  }

  /// Removes every row.
  func removeAll() throws -> Int {
    try write { database in
      var removed = 0
      for table in Self.usedTables + ["files"] {
        try database.execute("DELETE FROM \(table)")
        removed += database.changes
      }
      return removed
    }
  }
}
