import CExchange
import Foundation

/// Puts a finished folder where another is, so that whoever looks sees the one or the other, whole.
package enum FolderExchange {
  /// Gives a folder another's path.
  ///
  /// - Parameters:
  ///   - finished: the folder that is to be seen; it must lie in the same file system.
  ///   - path: the folder that is there until now, or the path of none.
  /// - Returns: where the folder lies that was there before; nil where none was.
  /// - Throws: ``FileError``
  package static func put(_ finished: String, at path: String) throws(FileError) -> String? {
    var info = stat()
    guard lstat(path, &info) == 0 else {
      guard rename(finished, path) == 0 else { throw FileError("write", path) }
      return nil
    }
    if optimize_assets_exchange(finished, path) == 0 { return finished }
    // A file system that cannot do both at once shows nothing for a moment.
    let aside = finished + ".old"
    guard rename(path, aside) == 0 else { throw FileError("write", path) }
    guard rename(finished, path) == 0 else {
      let error = FileError("write", path)
      _ = rename(aside, path)
      throw error
    }
    return aside
  }
}

extension FileAccess {
  /// Whether a path leads to a folder, through links where there are any.
  package static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }
}
