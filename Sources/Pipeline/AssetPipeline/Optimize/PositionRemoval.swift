import AssetCache
import AssetModel
import Foundation
import SiteFiles
import VariantWorkers

/// Takes out of a site's originals where they were taken, on their way into a copy of it.
///
/// Originals that say nothing of the kind are not read for this: of those that posts show, the inspection knows it, and of
/// others a few bytes tell. Of those that do, what their copies became is remembered, so that nothing is read for a copy
/// that is right.
struct PositionRemoval {
  private let manifest: AssetManifest
  private let root: SiteRoot
  private let output: String
  private let privacy: Privacy
  private let cache: AssetCache
  private let sources: [String: Source]
  private let copies: [String: (stamp: FileStamp, sha256: String)]
  /// Whether the file that was asked about last tells a position: each is asked about twice.
  private var last: (path: String, hasPosition: Bool)?
  /// What was found out, by the original's digest.
  private var verdicts: [String: Data] = [:]
  private var written: [(path: String, sha256: String)] = []
  /// The originals that keep their position, with the reason.
  private var reasons: [String: String] = [:]

  /// - Parameter output: the folder of the copy, absolute.
  init(_ manifest: AssetManifest, root: SiteRoot, output: String, privacy: Privacy, cache: AssetCache) {
    self.manifest = manifest
    self.root = root
    self.output = output
    self.privacy = privacy
    self.cache = cache
    sources = Dictionary(manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    copies = cache.digests(below: output)
  }

  /// Whether a copy that is there is what the file of the site would become.
  mutating func isCurrent(_ path: String, _ copy: FileStamp) -> Bool {
    guard hasPosition(path), let entry = copies[path], entry.stamp == copy,
      let sha256 = digest(of: path)
    else { return false }
    if privacy == .keep { return entry.sha256 == sha256 }
    guard case .copy(let wanted) = verdict(on: sha256) else { return false }
    return entry.sha256 == wanted
  }

  /// What a file of the site is to be in the copy; nil for what it is.
  mutating func content(of path: String) throws(FileError) -> Data? {
    guard hasPosition(path) else { return nil }
    if privacy == .remove, let sha256 = digest(of: path), case .retained(let reason) = verdict(on: sha256) {
      reasons[path] = reason
      return nil
    }
    if let stamp = FileStamp(of: root.absolute(path)), stamp.bytes > PositionData.mostBytes {
      if privacy == .remove { reasons[path] = "it has more than 256 MiB" }
      return nil
    }
    let data = try FileAccess.read(root.absolute(path))
    let sha256 = ContentDigest.sha256(data)
    // The copy may be one from which it was taken: that has the same length and time.
    guard privacy == .remove else {
      written.append((path, sha256))
      return data
    }
    switch PositionData.removed(from: data) {
    case .removed(let clean):
      let digest = ContentDigest.sha256(clean)
      note(.copy(sha256: digest), on: sha256)
      written.append((path, digest))
      return clean
    // Another reader of metadata saw one.
    case .notThere: keep(path, sha256, PositionData.unedited)
    case .impossible(let reason): keep(path, sha256, reason)
    }
    return nil
  }

  private mutating func keep(_ path: String, _ sha256: String, _ reason: String) {
    reasons[path] = reason
    note(.retained(reason: reason), on: sha256)
  }

  /// Remembers what was found out, when the copies are written.
  func record() {
    cache.set(verdicts, in: .inspections)
    cache.record(
      digests: written.compactMap { path, sha256 in
        FileStamp(of: output + "/" + path).map { (output + "/" + path, $0, sha256) }
      })
  }

  /// A warning for each original that keeps its position.
  var problems: [Diagnostic] {
    let references = manifest.firstReferences
    return reasons.map { path, reason in
      let what = reason == PositionData.unread ? "what may tell" : "the place"
      return PositionWarning.make(
        path, references[path], "is published with \(what) where it was taken: \(reason)")
    }
  }

  // MARK: What is known

  private mutating func hasPosition(_ path: String) -> Bool {
    if let source = sources[path] { return source.gps }
    guard ImageFormat(fileName: path) != nil || PositionData.isVideo(fileName: path) else { return false }
    if let last, last.path == path { return last.hasPosition }
    let isPresent = PositionData.isThere(inFile: root.absolute(path))
    last = (path, isPresent)
    return isPresent
  }

  private func digest(of path: String) -> String? {
    if let source = sources[path] { return source.sha256 }
    let file = root.absolute(path)
    return FileStamp(of: file).flatMap { cache.digest(of: file, $0) }
  }

  /// What an original becomes.
  private enum Verdict {
    case copy(sha256: String)
    case retained(reason: String)
  }

  private func key(_ sha256: String) -> String { cache.key("position", sha256) }

  private func verdict(on sha256: String) -> Verdict? {
    let key = key(sha256)
    guard let data = verdicts[key] ?? cache.value(.inspections, key) else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    if text.hasPrefix("=") { return .copy(sha256: String(text.dropFirst())) }
    return text.hasPrefix("!") ? .retained(reason: String(text.dropFirst())) : nil
  }

  private mutating func note(_ verdict: Verdict, on sha256: String) {
    let text =
      switch verdict {
      case .copy(let sha256): "=" + sha256
      case .retained(let reason): "!" + reason
      }
    verdicts[key(sha256)] = Data(text.utf8)
  }
}

/// Tells of originals that are published with the place where they were taken.
enum PositionWarning {
  /// Of a site whose originals are not touched.
  static func inPlace(_ manifest: AssetManifest, _ privacy: Privacy) -> [Diagnostic] {
    guard privacy == .remove else { return [] }
    let references = manifest.firstReferences
    return manifest.sources.filter(\.gps).map {
      // What a JPEG XL says can be compressed in a way that is not read.
      let verb = $0.format == .jxl ? "may tell" : "tells"
      return make(
        $0.path, references[$0.path], "\(verb) where it was taken, and originals are not changed in place")
    }
  }

  static func make(_ path: String, _ reference: Reference?, _ what: String) -> Diagnostic {
    Diagnostic(
      .warning, .location, file: reference?.post ?? path, line: reference?.line, column: reference?.column,
      message: "\(path) \(what)",
      advice: "remove the position from the file, or write privacy: keep")
  }
}

extension AssetManifest {
  /// The first place that names each source.
  fileprivate var firstReferences: [String: Reference] {
    let named = references.compactMap { reference in reference.source.map { ($0, reference) } }
    return Dictionary(named) { ($0.post, $0.line, $0.column) <= ($1.post, $1.line, $1.column) ? $0 : $1 }
  }
}
