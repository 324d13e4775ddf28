import Foundation
import SiteFiles

extension Statement {
  /// Binds bytes; parameters count from 1.
  func bind(_ data: Data, at index: Int) throws(SQLiteError) {
    // `withUnsafeBytes` would forget which errors there are.
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(SQLiteError) in try bind(bytes, at: index) }
    }
    try result.get()
  }
}

extension Row {
  /// Bytes; columns count from 0.
  func data(_ column: Int) -> Data { withBytes(column) { Data($0) } }

  /// A stamp from three columns: length, time and identity; the last is called `inode`, which is all it was in an index of
  /// version 0.1: what that holds of files matches none, and they are read once more.
  func stamp(_ column: Int) -> FileStamp {
    FileStamp(
      bytes: int(column), modified: int64(column + 1), identity: UInt64(bitPattern: int64(column + 2)))
  }
}
