import AssetModel
import Foundation
import SiteFiles

/// What is in a folder, for comparing.
enum TreeState {
  /// Every file's content and mode by its path.
  static func contents(of folder: String, except skipped: Set<String> = []) throws -> [String: String] {
    var found: [String: String] = [:]
    for entry in try FileTree.files(below: folder, skip: { skipped.contains($0) }) {
      switch entry.kind {
      case .file:
        let digest = ContentDigest.sha256(try FileAccess.read(folder + "/" + entry.path))
        found[entry.path] = "\(digest) \(String(entry.mode, radix: 8))"
      case .link(let text): found[entry.path] = "-> " + text
      }
    }
    return found
  }

  /// Every file's inode and times by its path: any write changes one of them.
  static func stamps(of folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for entry in try FileTree.files(below: folder) {
      var info = stat()
      guard lstat(folder + "/" + entry.path, &info) == 0 else { continue }
      #if canImport(Darwin)
      let (changed, modified) = (info.st_ctimespec, info.st_mtimespec)
      #else
      let (changed, modified) = (info.st_ctim, info.st_mtim)
      #endif
      found[entry.path] =
        "\(info.st_ino) \(modified.tv_sec).\(modified.tv_nsec) \(changed.tv_sec).\(changed.tv_nsec)"
    }
    return found
  }

  /// The paths at which two states differ, in byte order.
  static func differences(_ a: [String: String], _ b: [String: String]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
  }
}
