import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SizeBudget
import SystemResources

/// What a site weighed in a commit, read from git's objects. Neither the work tree nor the index is touched: the texts go
/// to a temporary folder, and of the images only the sizes are asked for.
package struct GitBaseline {
  /// A text larger than this is no post, in bytes.
  private static let largestText = 8 << 20
  /// A pointer of Git LFS is shorter than this, in bytes.
  /// Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
  private static let largestPointer = 1_024
  /// A longer text of a symbolic link is none that a system takes (Linux's `PATH_MAX`), in bytes.
  private static let largestLink = 4_096
  /// What neither scanning nor weighing opens: an empty file stands for one of these.
  private static let unreadExtensions: Set<String> = [
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "m4a", "ogg", "wav", "flac", "mp4", "m4v", "webm", "mov",
    "avi",
    "pdf", "zip", "gz", "bz2", "xz", "zst", "7z", "tar", "wasm", "map", "psd", "ai", "sketch", "exe", "dmg",
  ]

  private let site: String
  private let ref: String
  private let configuration: Configuration

  /// - Parameter ref: a commit, branch or tag.
  package init(site: String, ref: String, configuration: Configuration) {
    self.site = site
    self.ref = ref
    self.configuration = configuration
  }

  /// Weighs the commit. What a commit weighed never changes, so the next check against it takes it from the cache.
  ///
  /// - Throws: ``ConfigurationError`` where there is no such commit, ``PipelineError``, or `FileError`.
  package func read(cancellation: Cancellation = Cancellation()) throws -> Baseline {
    do {
      let pipeline = try Pipeline(site: site, configuration: configuration)
      defer { pipeline.cache.finish() }
      let tree = try GitTree(site: site, ref: ref)
      let key = key(of: tree, in: pipeline)
      if let key, let data = pipeline.cache.value(.runs, key),
        let baseline = try? Baseline(json: [UInt8](data))
      {
        return baseline
      }
      let baseline = try weigh(tree, cancellation)
      if let key { pipeline.cache.set([key: try baseline.json()], in: .runs) }
      return baseline
    } catch {
      // A signal of the terminal's goes to git as well, whose failure then is none of the commit's.
      throw cancellation.isRaised ? PipelineError.cancelled : error
    }
  }

  /// Everything that the baseline depends on; nil where no text says all of it.
  private func key(of tree: GitTree, in pipeline: Pipeline) -> String? {
    var chosen = configuration
    // What has no say in what an image weighs.
    chosen.cache = .off
    chosen.jobs = nil
    return StableText.of(chosen).map {
      pipeline.cache.key("baseline", TimeZone.current.identifier, pipeline.root.path, tree.commit, $0)
    }
  }

  private func weigh(_ tree: GitTree, _ cancellation: Cancellation) throws -> Baseline {
    let folder = try TextFolder()
    defer { folder.remove() }
    var committed: [String: Source] = [:]
    var wanted: [GitTree.Blob] = []
    for blob in try tree.blobs() {
      if blob.isLink {
        if blob.bytes <= Self.largestLink { wanted.append(blob) }
      } else if let format = ImageFormat(fileName: blob.path) {
        committed[blob.path] = Source(path: blob.path, sha256: blob.object, bytes: blob.bytes, format: format)
        try folder.write(Data(), to: blob.path)
        if blob.bytes < Self.largestPointer { wanted.append(blob) }
      } else if blob.bytes > Self.largestText || Self.isUnread(blob.path) {
        try folder.write(Data(), to: blob.path)
      } else {
        wanted.append(blob)
      }
    }
    try cancellation.check()
    var links: [String: String] = [:]
    try tree.read(wanted, in: folder.path) { blob, data in
      if blob.isLink {
        links[blob.path] = String(decoding: data, as: UTF8.self)
      } else if committed[blob.path] == nil {
        try folder.write(data, to: blob.path)
      } else if let bytes = Self.bytes(ofPointer: data) {
        committed[blob.path]?.bytes = bytes
      }
    }
    // Links come last, so that no file is written through one.
    for (path, text) in links { try folder.link(path, to: text, besides: links) }
    let linked = Self.images(behind: links, committed)
    committed.merge(linked) { file, _ in file }
    try cancellation.check()
    var configuration = configuration
    configuration.cache = .off
    do {
      var weight = try Pipeline(site: folder.site, configuration: configuration)
        .weigh(recorded: committed, cancellation: cancellation)
      // A link is a file of its own only where a page names it.
      weight.files.removeAll { linked[$0.path] != nil && $0.pages.isEmpty }
      return Baseline(weight)
    } catch PipelineError.noSite {
      // A commit before the site began: what it lacks weighs nothing.
      return Baseline(SiteWeight(devices: configuration.devices, pages: [], files: []))
    }
  }

  /// The images that links lead to, and those in the folders that they lead to, by their paths through the links.
  private static func images(
    behind links: [String: String], _ committed: [String: Source]
  ) -> [String: Source] {
    var linked: [String: Source] = [:]
    for (path, text) in links where !text.hasPrefix("/") {
      let folder = FileAccess.folder(of: path)
      guard let target = SiteRoot.normalize(folder + "/" + text)?.joined(separator: "/") else { continue }
      func add(_ source: Source, _ path: String) {
        linked[path] = source
        linked[path]?.path = path
      }
      if let source = committed[target] {
        add(source, path)
      } else {
        for (file, source) in committed where file.hasPrefix(target + "/") {
          add(source, path + file.dropFirst(target.count))
        }
      }
    }
    return linked
  }

  private static func isUnread(_ path: String) -> Bool {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return unreadExtensions.contains(path[path.index(after: dot)...].lowercased())
  }

  /// The length of the file that a pointer of Git LFS stands for; nil where the bytes are no pointer. In the work tree its
  /// image is the file itself, so an image that was there already would else seem to have grown.
  static func bytes(ofPointer data: Data) -> Int? {
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    guard lines.first?.hasPrefix("version https://git-lfs.github.com/spec/") == true,
      let size = lines.first(where: { $0.hasPrefix("size ") })
    else { return nil }
    return Int(size.dropFirst("size ".count)).flatMap { $0 >= 0 ? $0 : nil }
  }
}

/// A temporary folder that only its owner can look into, with a site's texts.
private struct TextFolder {
  let path: String
  var site: String { path + "/site" }

  init() throws(FileError) {
    let template = FileManager.default.temporaryDirectory.path + "/optimize-assets-XXXXXX"
    var name = template.utf8CString.map(\.self)
    guard mkdtemp(&name) != nil else { throw FileError("make the folder", template) }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try FileAccess.makeFolder(path + "/site")
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Makes a symbolic link. One whose folder is another link is left out: git makes no such thing, and it would be made
  /// wherever that one leads to. Where a link leads to is the reader's to look at.
  func link(_ name: String, to text: String, besides links: [String: String]) throws(FileError) {
    let folders = sequence(first: FileAccess.folder(of: name)) { FileAccess.folder(of: $0) }.prefix {
      !$0.isEmpty
    }
    let names = Set(links.keys.map { $0.lowercased() })
    guard !folders.contains(where: { names.contains($0.lowercased()) }) else { return }
    let file = site + "/" + name
    try FileAccess.makeFolder(FileAccess.folder(of: file))
    // What the system does not take as a link is missing, as it would be in a work tree.
    symlink(text, file)
  }

  /// Writes a file that nobody else reads, so that it need not appear whole. Of two paths that are one to the file system
  /// the first counts.
  func write(_ data: Data, to name: String) throws(FileError) {
    let file = site + "/" + name
    func make() -> Int32 { open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
    var descriptor = make()
    if descriptor < 0, errno == ENOENT {
      try FileAccess.makeFolder(FileAccess.folder(of: file))
      descriptor = make()
    }
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw FileError("write", file)
    }
    defer { close(descriptor) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    do { try handle.write(contentsOf: data) } catch { throw FileError("write", file) }
  }
}
