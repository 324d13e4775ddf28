import Foundation
import SiteFiles

/// Adds lines to a copy's list while a run writes; see ``CopyRecord``.
final class CopyLog {
  private let file: String
  private let descriptor: Int32
  /// What was added.
  private(set) var lines: [String: CopyRecord.Line] = [:]

  /// - Throws: `FileError`
  init(_ file: String) throws(FileError) {
    self.file = file
    descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw FileError("write", file) }
  }

  deinit { close(descriptor) }

  /// Adds a file that is about to get its name.
  ///
  /// - Throws: `FileError`
  func add(_ path: String, _ line: CopyRecord.Line) throws(FileError) {
    let path = CopyRecord.spelled(path.utf8)
    lines[path] = line
    let bytes = Array(CopyRecord.text(path, line).utf8)
    var offset = 0
    while offset < bytes.count {
      let put = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw FileError("write", file) }
      offset += put
    }
  }
}
