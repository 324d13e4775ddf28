import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Vips

/// Looks at image files through the cache: a file that is as it was is not opened.
package struct InspectionCache: Sendable {
  private let limits: SourceLimits
  private let root: SiteRoot
  private let cache: AssetCache
  private let context: String
  private let program: WorkerProgram?

  /// - Parameters:
  ///   - root: the site.
  ///   - limits: how large a file may be.
  ///   - cache: the results of earlier runs.
  ///   - program: what opens the files in a process of its own; nil to open them in this one.
  package init(root: SiteRoot, limits: SourceLimits, cache: AssetCache, program: WorkerProgram? = nil) {
    self.root = root
    self.cache = cache
    self.limits = limits
    self.program = program
    let reads = limits.reads.map(\.rawValue).sorted().joined(separator: " ")
    context = cache.key(
      "inspection", "\(limits.maxPixels)", "\(limits.maxBytes)", reads, LoadedLibraries.identity)
  }

  /// The result for one file.
  private struct CachedInspection: Sendable {
    var inspection: Inspection
    /// The stamp of a file that was opened, where it can be trusted.
    var stamp: FileStamp?
    var isOpened = true
  }

  /// Inspects files, after one query to the cache for all of them.
  ///
  /// A file that could not be used is inspected again in each run where the cause may have been the machine.
  ///
  /// - Parameter written: files that a run has just written, by path. A file with the same number of bytes is not
  ///   opened.
  /// - Throws: `Cancelled`
  package func inspect(
    _ paths: [String], written: [String: Source] = [:], jobs: Int, cancellation: Cancellation = Cancellation()
  ) throws(Cancelled) -> [Inspection] {
    let now = FileStamp.now
    let digests = cache.digests(below: root.path)
    let stamps = paths.map { FileStamp(of: root.absolute($0)) }
    let keys = zip(paths, stamps).map { path, stamp -> (key: String, sha256: String)? in
      guard let stamp, let recorded = digests[path], recorded.stamp == stamp else { return nil }
      return (key(of: path, recorded.sha256), recorded.sha256)
    }
    let values = cache.values(.inspections, keys.compactMap { $0?.key })
    var inspections = paths.indices.map { index -> CachedInspection? in
      if let source = written[paths[index]], stamps[index]?.bytes == source.bytes {
        return CachedInspection(inspection: Inspection(source: source, problems: []), isOpened: false)
      }
      guard let key = keys[index], let value = values[key.key],
        let cached = Inspection(value, path: paths[index])
      else { return nil }
      return CachedInspection(inspection: cached, isOpened: false)
    }
    let uncached = paths.indices.filter { inspections[$0] == nil }
    let opened = try open(
      uncached.map { (paths[$0], keys[$0]?.sha256) }, jobs: jobs, cancellation: cancellation)
    for (index, inspection) in zip(uncached, opened) {
      let stamp = stamps[index]
      // Of a file that changed since, the old stamp must not name the new bytes.
      let isSame = stamp != nil && stamp == FileStamp(of: root.absolute(paths[index]))
      inspections[index] = CachedInspection(
        inspection: inspection, stamp: isSame && stamp?.isStable(at: now) == true ? stamp : nil)
    }
    remember(inspections.compactMap(\.self).filter(\.isOpened))
    return inspections.compactMap { $0?.inspection }
  }

  /// Opens files.
  ///
  /// - Parameter files: paths, each with the digest of its file, if known.
  private func open(
    _ files: [(path: String, sha256: String?)], jobs: Int, cancellation: Cancellation
  ) throws(Cancelled) -> [Inspection] {
    guard let program else {
      let inspector = SourceInspector(root: root, limits: limits)
      return try Parallel.map(files.map(\.path), jobs: jobs, cancellation: cancellation) {
        inspector.inspect($0)
      }
    }
    let workers = WorkerInspection(
      root: root, limits: limits, cache: cache, program: program, jobs: jobs, files: files)
    return try workers.run(cancellation)
  }

  private func remember(_ opened: [CachedInspection]) {
    var values: [String: Data] = [:]
    var digests: [(path: String, stamp: FileStamp, sha256: String)] = []
    for entry in opened {
      guard let (path, sha256) = identity(of: entry) else { continue }
      values[key(of: path, sha256)] = CompactEncoder.data(of: entry.inspection)
      if let stamp = entry.stamp { digests.append((root.absolute(path), stamp, sha256)) }
    }
    cache.set(values, in: .inspections)
    cache.record(digests: digests)
  }

  /// The path and the digest of a file whose inspection is worth remembering: it holds an image, or nothing that these
  /// libraries ever take for one.
  private func identity(of entry: CachedInspection) -> (path: String, sha256: String)? {
    if let source = entry.inspection.source { return (source.path, source.sha256) }
    let problems = entry.inspection.problems
    guard let path = problems.first?.file, problems.allSatisfy(\.isOfTheBytes), let stamp = entry.stamp,
      stamp.bytes <= limits.maxBytes, let data = try? FileAccess.read(root.absolute(path)),
      stamp == FileStamp(of: root.absolute(path))
    else { return nil }
    return (path, ContentDigest.sha256(data))
  }

  /// Everything that an inspection depends on. The extension is what a name promises; the libraries decide what can be
  /// read.
  func key(of path: String, _ sha256: String) -> String {
    let promised = ImageFormat(fileName: path)?.rawValue ?? ""
    let written = promised.isEmpty ? "" : String(path[(path.lastIndex(of: ".") ?? path.startIndex)...])
    return ContentDigest.sha256("\(context)\n\(sha256)\n\(promised)\(written)")
  }
}

extension Inspection {
  /// Reads an inspection from the cache; nil if the bytes are invalid.
  ///
  /// - Parameter path: the file's path. The same bytes may have been inspected under another one.
  fileprivate init?(_ data: Data, path: String) {
    guard let inspection = CompactDecoder.value(Inspection.self, of: data) else { return nil }
    self = inspection
    source?.path = path
    for number in problems.indices { problems[number].file = path }
  }
}
