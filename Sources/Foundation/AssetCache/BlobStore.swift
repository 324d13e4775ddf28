import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Files by the digest of their bytes: `ab/cdef…` below a folder.
struct BlobStore: Sendable {
  /// What reading a file came to.
  enum Reading {
    case right(Data)
    /// There is none, or it is not what its name says.
    case wrong
  }

  /// The folder that holds the files, absolute.
  let folder: String

  /// A file's path; nil if the text is no digest, so that no entry of an index can lead elsewhere.
  func path(_ sha256: String) -> String? {
    guard Self.isDigest(sha256.utf8) else { return nil }
    return "\(folder)/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
  }

  static func isDigest(_ text: some Collection<UInt8>) -> Bool {
    text.count == 64
      && text.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  /// Whether a file of that length is there. Its bytes are checked when they are used.
  func has(_ sha256: String, bytes: Int) -> Bool {
    guard let path = path(sha256) else { return false }
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && Int(info.st_size) == bytes
  }

  /// Reads a file and checks it.
  func read(_ sha256: String) -> Reading {
    guard let path = path(sha256), let data = try? FileAccess.read(path), ContentDigest.sha256(data) == sha256
    else { return .wrong }
    return .right(data)
  }

  func remove(_ sha256: String) {
    guard let path = path(sha256) else { return }
    unlink(path)
  }

  /// Writes files that are not there, and waits until the disk has them.
  ///
  /// A disk makes several files safe in hardly more time than one, so a few are written at once.
  ///
  /// - Throws: ``FileError`` for the first that could not be written.
  func write(_ blobs: [String: Data]) throws(FileError) {
    let missing = blobs.filter { !has($0.key, bytes: $0.value.count) }.map { ($0.key, $0.value) }
    guard !missing.isEmpty else { return }
    let failure = Shared<FileError?>(nil)
    _ = Parallel.map(missing, jobs: 4) { sha256, data in
      guard failure.withLock({ $0 == nil }) else { return }
      do throws(FileError) {
        try write(data, as: sha256)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock(\.self) { throw error }
    // A new name is safe once its folder is.
    let folders = Set(missing.map { "\(folder)/\($0.0.prefix(2))" })
    for folder in folders.union([folder]) { try FileAccess.synchronise(folder: folder) }
  }

  private func write(_ data: Data, as sha256: String) throws(FileError) {
    guard let path = path(sha256) else { throw FileError("write", "\(folder)/\(sha256)", code: EINVAL) }
    try FileAccess.write(data, to: path, isSynchronised: true)
  }
}

// MARK: What is there

extension BlobStore {
  /// A file of the store.
  struct Blob {
    var sha256: String
    var bytes: Int
    /// In seconds since 1970.
    var modified: Int
  }

  /// What lies in the store.
  struct Listing {
    var blobs: [Blob] = []
    /// Paths of files that writing left behind, with the process that wrote and the time of its last write.
    var leftovers: [(path: String, process: pid_t?, modified: Int)] = []
  }

  /// Everything in the store, by digest. Other files are left out, because nobody knows whose they are.
  ///
  /// - Throws: ``FileError``
  func list() throws(FileError) -> Listing {
    var listing = Listing()
    guard access(folder, F_OK) == 0 else { return listing }
    for entry in try FileTree.files(below: folder) where entry.kind == .file {
      let modified = Int(entry.modified / 1_000_000_000)
      let parts = entry.path.split(separator: "/", omittingEmptySubsequences: false)
      if let name = parts.last, FileAccess.isTemporary(name) {
        let process = name.split(separator: "-").dropFirst(2).first.flatMap { pid_t($0) }
        listing.leftovers.append((folder + "/" + entry.path, process, modified))
      } else if parts.count == 2, parts[0].utf8.count == 2 {
        let sha256 = parts.joined()
        guard Self.isDigest(sha256.utf8) else { continue }
        listing.blobs.append(Blob(sha256: sha256, bytes: entry.bytes, modified: modified))
      }
    }
    return listing
  }
}
