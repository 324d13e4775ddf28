import Foundation
import SiteFiles

/// What was noted and is not in the index yet.
struct PendingWrites {
  var digests: [String: (stamp: FileStamp, sha256: String)] = [:]
  var actions: [String: CachedAction] = [:]
  /// Values by table and key; nil where one is removed.
  var values: [CacheTable: [String: Data?]] = [:]
  /// The bytes of the actions' files, by digest.
  var blobs: [String: Data] = [:]

  var isEmpty: Bool { digests.isEmpty && actions.isEmpty && values.isEmpty && blobs.isEmpty }

  /// Splits off the actions whose files have to be written first, in batches.
  ///
  /// - Parameter bytes: how many bytes of files a batch holds at most; one file at least.
  mutating func takeBatches(ofBytes bytes: Int) -> [PendingWrites] {
    var batches: [PendingWrites] = []
    var batch = PendingWrites()
    var held = 0
    for (key, action) in actions {
      guard let file = action.file, let data = blobs[file.sha256] else { continue }
      if !batch.isEmpty, held + data.count > bytes {
        batches.append(batch)
        batch = PendingWrites()
        held = 0
      }
      batch.actions[key] = action
      if batch.blobs.updateValue(data, forKey: file.sha256) == nil { held += data.count }
      actions[key] = nil
    }
    if !batch.isEmpty { batches.append(batch) }
    blobs = [:]
    return batches
  }
}
