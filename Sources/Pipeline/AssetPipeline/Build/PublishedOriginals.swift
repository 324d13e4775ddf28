import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// The pictures of a built site that are published with fewer bytes at their own URLs, where no markup, script, stylesheet or
/// feed has to know of it.
///
/// The files wait in the cache, or in a folder of the run's own where there is none, until the copy of the site is filled.
struct PublishedOriginals {
  /// A picture and its lighter file.
  struct File {
    /// The picture as the generator published it.
    var original: Source
    var sha256: String
    var bytes: Int
  }

  private(set) var files: [String: File] = [:]
  /// Every picture that was looked at, with its bytes.
  private(set) var looked: [String: Int] = [:]
  var problems: [Diagnostic] = []

  private let output: String
  private let cache: AssetCache
  private let copies: [String: (stamp: FileStamp, sha256: String)]
  private let scratch: TemporaryOriginals?
  private var written: [(path: String, sha256: String)] = []

  /// - Parameter output: the folder of the copy, absolute.
  /// - Throws: `FileError` where there is no cache, and no temporary folder either.
  init(output: String, cache: AssetCache) throws(FileError) {
    self.output = output
    self.cache = cache
    copies = cache.digests(below: output)
    scratch = cache.folder == nil ? try TemporaryOriginals() : nil
  }

  // MARK: What is known of them

  mutating func look(at source: Source) { looked[source.path] = source.bytes }

  mutating func add(_ file: File) { files[file.original.path] = file }

  var summary: Summary.Originals {
    let before = looked.values.reduce(0, +)
    let saved = files.values.reduce(0) { $0 + $1.original.bytes - $1.bytes }
    return Summary.Originals(files: looked.count, lighter: files.count, before: before, after: before - saved)
  }

  /// What the copy holds, in place of what the site does.
  func published(_ manifest: AssetManifest, keepsPosition: Bool) -> AssetManifest {
    var manifest = manifest
    let paths = Set(manifest.sources.map(\.path))
    manifest.sources += files.values.lazy.map(\.original).filter { !paths.contains($0.path) }
    for index in manifest.sources.indices {
      guard let file = files[manifest.sources[index].path] else { continue }
      manifest.sources[index].sha256 = file.sha256
      manifest.sources[index].bytes = file.bytes
      if !keepsPosition { manifest.sources[index].gps = false }
    }
    return manifest
  }

  // MARK: Their bytes

  /// Whether the copy holds a lighter file already.
  func holds(_ path: String, _ sha256: String) -> Bool {
    guard let copy = copies[path], copy.sha256 == sha256 else { return false }
    return copy.stamp == FileStamp(of: output + "/" + path)
  }

  /// The bytes of a lighter file; nil where they are lost.
  func data(_ sha256: String) -> Data? {
    guard let scratch else { return cache.data(sha256) }
    return try? FileAccess.read(scratch.path + "/" + sha256)
  }

  /// What keeps bytes until they are written; it does nothing where the cache does.
  var keep: @Sendable (_ data: Data, _ sha256: String) throws(FileError) -> Void {
    guard let scratch else { return { _, _ in } }
    return { data, sha256 throws(FileError) in
      try FileAccess.write(data, to: scratch.path + "/" + sha256, mode: 0o600)
    }
  }

  // MARK: The copy

  /// Whether a copy that is there is the lighter file; nil for a file that has none.
  func isCurrent(_ path: String, _ copy: FileStamp) -> Bool? {
    guard let file = files[path] else { return nil }
    return copies[path].map { $0.stamp == copy && $0.sha256 == file.sha256 } ?? false
  }

  /// What a file of the site is to be in the copy; nil for one that has no lighter file.
  mutating func content(of path: String) -> Data? {
    guard let file = files[path], let data = data(file.sha256) else { return nil }
    written.append((path, file.sha256))
    return data
  }

  /// Remembers what the copies are, when they are written.
  func record() {
    cache.record(
      digests: written.compactMap { path, sha256 in
        FileStamp(of: output + "/" + path).map { (output + "/" + path, $0, sha256) }
      })
  }
}
