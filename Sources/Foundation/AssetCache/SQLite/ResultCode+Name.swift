/// SQLite has no call for the names of its codes, so they stand here.
extension ResultCode {
  /// The code's name in SQLite's header: `SQLITE_IOERR_WRITE`; for a code newer than this table, the name of its
  /// primary code, and the number.
  package var name: String {
    let primary = Int(rawValue & 0xFF)
    guard rawValue >= 0, primary < Self.primaryNames.count else { return Self.otherName(rawValue) }
    let name = "SQLITE_" + Self.primaryNames[primary]
    let kind = Int(rawValue >> 8)
    guard kind > 0 else { return name }
    guard let kinds = Self.kinds[primary], kind <= kinds.count, !kinds[kind - 1].isEmpty else {
      return "\(name) (\(rawValue))"
    }
    return "\(name)_\(kinds[kind - 1])"
  }

  private static func otherName(_ rawValue: Int32) -> String {
    switch rawValue {
    case 100: "SQLITE_ROW"
    case 101: "SQLITE_DONE"
    default: "SQLITE (\(rawValue))"
    }
  }

  /// By their number.
  private static let primaryNames = words(
    """
    OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL
    EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB NOTICE WARNING
    """)

  /// What the second byte of a code says, counted from 1, by primary code. A dash is a number that nothing has.
  private static let kinds: [Int: [String]] = [
    1: words("MISSING_COLLSEQ RETRY SNAPSHOT"),
    4: words("- ROLLBACK"),
    5: words("RECOVERY SNAPSHOT TIMEOUT"),
    6: words("SHAREDCACHE VTAB"),
    8: words("RECOVERY CANTLOCK ROLLBACK DBMOVED CANTINIT DIRECTORY"),
    10: words(
      """
      READ SHORT_READ WRITE FSYNC DIR_FSYNC TRUNCATE FSTAT UNLOCK RDLOCK DELETE BLOCKED NOMEM ACCESS
      CHECKRESERVEDLOCK LOCK CLOSE DIR_CLOSE SHMOPEN SHMSIZE SHMLOCK SHMMAP SEEK DELETE_NOENT MMAP GETTEMPPATH
      CONVPATH VNODE AUTH BEGIN_ATOMIC COMMIT_ATOMIC ROLLBACK_ATOMIC DATA CORRUPTFS IN_PAGE
      """),
    11: words("VTAB SEQUENCE INDEX"),
    14: words("NOTEMPDIR ISDIR FULLPATH CONVPATH DIRTYWAL SYMLINK"),
    19: words(
      "CHECK COMMITHOOK FOREIGNKEY FUNCTION NOTNULL PRIMARYKEY TRIGGER UNIQUE VTAB ROWID PINNED DATATYPE"),
    23: words("USER"),
    27: words("RECOVER_WAL RECOVER_ROLLBACK"),
    28: words("AUTOINDEX"),
  ]

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map { $0 == "-" ? "" : String($0) }
  }
}
