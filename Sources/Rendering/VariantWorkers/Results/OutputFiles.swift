import AssetCache
import AssetModel
import Foundation
import SiteFiles

/// The variants in an output tree.
///
/// A file counts as there when its bytes have the right digest. They are read only if the file's stamp has changed
/// since its digest was recorded.
struct OutputFiles: Sendable {
  private let output: String
  private let cache: AssetCache
  private let stamps: [String: FileStamp]
  private let digests: [String: (stamp: FileStamp, sha256: String)]

  /// Lists what is there, and removes what a killed run left half-written.
  ///
  /// - Parameters:
  ///   - output: the folder that variants' paths are relative to, absolute.
  ///   - folder: the folder below it that holds variants and nothing else.
  init(output: String, folder: String, cache: AssetCache) {
    self.output = output
    self.cache = cache
    var stamps: [String: FileStamp] = [:]
    let base = output + "/" + folder
    for file in (try? FileTree.files(below: base)) ?? [] {
      if FileAccess.isTemporary(file.path.split(separator: "/").last ?? "") {
        unlink(base + "/" + file.path)
      } else if file.kind == .file {
        stamps[folder + "/" + file.path] = file.stamp
      }
    }
    self.stamps = stamps
    digests = stamps.isEmpty ? [:] : cache.digests(below: output)
  }

  /// Whether a file is there with the right bytes.
  func holds(_ path: String, _ file: RenderRecord.File) -> Bool {
    guard let stamp = stamps[path], stamp.bytes == file.bytes else { return false }
    if let recorded = digests[path], recorded.stamp == stamp { return recorded.sha256 == file.sha256 }
    guard let data = try? FileAccess.read(output + "/" + path) else { return false }
    let digest = ContentDigest.sha256(data)
    cache.record(digest: digest, of: output + "/" + path, stamp)
    return digest == file.sha256
  }

  /// Writes a file.
  func write(_ data: Data, to path: String, _ file: RenderRecord.File) throws(FileError) {
    let absolute = output + "/" + path
    try FileAccess.write(data, to: absolute)
    // The file is our own, and nobody else changes it within a tick of the file system's clock.
    if let stamp = FileStamp(of: absolute) { cache.record(digest: file.sha256, of: absolute, stamp) }
  }
}
