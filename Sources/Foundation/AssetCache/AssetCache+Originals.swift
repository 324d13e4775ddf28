import Foundation
import SiteFiles

// Originals of files that were replaced where they lie, and that no repository holds. Nothing can make them again, so they are
// no part of what is pruned or cleared.
extension AssetCache {
  private var originals: BlobStore? { folder.map { BlobStore(folder: $0 + "/originals") } }

  /// Keeps the bytes of a file, and waits until the disk has them.
  ///
  /// - Returns: false where there is no folder to keep them in.
  /// - Throws: ``FileError``
  package func keepOriginal(_ data: Data, sha256: String) throws(FileError) -> Bool {
    guard let originals else { return false }
    try originals.write([sha256: data])
    return true
  }

  /// The bytes of a file that was kept; nil where there are none that are right.
  package func original(_ sha256: String) -> Data? {
    guard let originals, case .right(let data) = originals.read(sha256) else { return nil }
    return data
  }
}
