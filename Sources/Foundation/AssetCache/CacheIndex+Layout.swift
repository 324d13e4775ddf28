import AssetModel

/// How an index is laid out. What an earlier program laid out in another way is another file, by ``CacheIndex/version``.
extension CacheIndex {
  /// How long a write waits for other processes, in milliseconds. They hold the lock for one transaction.
  private static let patience = 10_000

  /// Opens a connection to an index, and creates the index if it is missing.
  static func connect(_ path: String) throws(SQLiteError) -> Connection {
    let connection = try Connection(path, busyTimeout: patience)
    // A site can bring a cache of its own.
    try connection.distrustSchema()
    // A commit then waits for no disk; what a power cut takes is a few notes, never the index.
    // https://www.sqlite.org/pragma.html#pragma_synchronous
    try connection.execute(
      "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192")
    return connection
  }

  /// Lays out an index that is new, unless another process has been faster.
  static func make(_ path: String) throws {
    let connection = try connect(path)
    guard try connection.int("PRAGMA user_version") == 0 else { return }
    try connection.execute("PRAGMA journal_mode = WAL")
    try connection.transaction(.immediate) {
      try connection.execute(schema + "PRAGMA user_version = \(version);")
    }
  }

  /// A number for a schema, which depends on each of its words.
  static func version(of schema: String) -> Int {
    let words = schema.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    // SQLite keeps a number of 32 bits, with a sign.
    return Int(ContentDigest.sha256(words).prefix(7), radix: 16) ?? 0
  }

  static var schema: String {
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
}

extension CacheTable {
  /// The table's name in SQL. The prefix keeps it from being a word of SQL.
  var tableName: String { "of_\(rawValue)" }
}
