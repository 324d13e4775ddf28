import AssetCache
import AssetModel
import Foundation
import PostRewriter
import PostScanner
import SiteFiles
import SystemResources
import VariantWorkers

/// Remembers what a whole run came to, so that a run with nothing to do only looks whether anything has changed.
///
/// Everything that a run depends on is one fingerprint: the tool, the configuration, the site's files by their stamps,
/// what was looked for beside them, and the output with everything in it. It is noted when a run is complete, and only
/// where each stamp can be trusted.
struct RunCache {
  /// What is kept of a run.
  struct Record: Codable {
    var fingerprint: String
    /// Paths below the site that the listing does not tell about.
    var dependencies: [String]
    /// Files outside the site: the encoders' libraries.
    var libraries: [String]
    /// When the result is no longer what a run would give, in seconds since 1970; nil for never.
    var until: Int?
    var site: Site
    var summary: Summary
    var problems: [Diagnostic]
  }

  let root: SiteRoot
  /// The site as the user named it.
  let site: String
  /// The output folder, absolute, and as the user named it.
  let output: String
  let outputName: String
  let staged: StagedSite
  let configuration: Configuration
  let outline: SiteOutline
  let cache: AssetCache
  /// The name of the file that holds the manifest.
  var manifestName = AssetManifest.fileName
  /// See `Pipeline`.
  var changesScripts = false

  private var key: String { ContentDigest.sha256("run\n\(root.path)\n\(output)") }
  /// The file that holds the manifest of the last run.
  var manifestFile: String { staged.records + "/" + manifestName }

  /// What the site's files were before a run looked at them.
  struct Listing {
    var digest: [UInt8]
    /// Whether a change from now on would show.
    var isStable: Bool
  }

  /// Lists the site.
  func listing() throws(FileError) -> Listing {
    try list(root.path, before: FileStamp.now) { staged.isSkipped($0) && outline.isSkipped($0) }
  }

  /// What the last run came to, where a run now would come to the same.
  func remembered(_ listing: Listing) -> Record? {
    guard let data = cache.value(.runs, key),
      let record = try? JSONDecoder().decode(Record.self, from: data),
      record.until.map({ Int(Date().timeIntervalSince1970) < $0 }) ?? true,
      let now = fingerprint(listing, dependencies: record.dependencies, libraries: record.libraries),
      now == record.fingerprint
    else { return nil }
    return record
  }

  /// Remembers a run that is complete.
  ///
  /// - Parameters:
  ///   - result: what it came to.
  ///   - listing: the site's files before the run looked at them.
  ///   - dependencies: the paths that it looked for beside the listing.
  ///   - until: when the result is no longer what a run would give, in seconds since 1970.
  func record(_ result: Pipeline.Result, _ listing: Listing, dependencies: [String], until: Int?) {
    // An error can lie with the machine, and the next run should try again; what is wrong with a file stays wrong.
    let isCacheable = result.problems.allSatisfy {
      $0.severity != .error && $0.rule != .unreadable || $0.rule == .undecodable || $0.rule == .tooLarge
    }
    let libraries = LoadedEncoders.paths
    guard isCacheable, listing.isStable, cache.problems.isEmpty,
      let fingerprint = fingerprint(listing, dependencies: dependencies, libraries: libraries)
    else { return cache.remove([key], from: .runs) }
    var summary = result.summary
    (summary.encoded, summary.pagesProven) = (0, 0)
    let record = Record(
      fingerprint: fingerprint, dependencies: dependencies, libraries: libraries, until: until,
      site: result.site,
      summary: summary, problems: result.problems)
    guard let data = try? JSONEncoder().encode(record) else { return }
    cache.set([key: data], in: .runs)
  }

  // MARK: The fingerprint

  private func fingerprint(_ listing: Listing, dependencies: [String], libraries: [String]) -> String? {
    // A configuration of which no text says all makes no fingerprint.
    guard let chosen = StableText.of(configuration),
      let copy = try? list(output, before: 0, skip: StagedSite.isExcluded)
    else { return nil }
    var hash = SHA256()
    func add(_ text: String) { hash.update(text + "\n") }
    add(cache.key("run", TimeZone.current.identifier))
    for library in libraries { add(Self.describe(library)) }
    add(chosen)
    add("\(site)\n\(outputName)\n\(outline.digest)\n\(changesScripts)")
    hash.update(listing.digest)
    for path in dependencies { add("\(path.debugDescription) \(answer(to: path))") }
    hash.update(copy.digest)
    add(Self.describe(manifestFile))
    return ContentDigest.hexadecimal(hash.finalize())
  }

  /// What there is at a path, links followed.
  private func answer(to path: String) -> String {
    switch root.resolve(path) {
    case .file(let file): Self.describe(root.absolute(file))
    case .folder: "folder"
    case .missing: "missing"
    case .outside: "outside"
    }
  }

  private static func describe(_ file: String) -> String {
    guard let stamp = FileStamp(of: file) else { return "\(file) none" }
    return "\(file) \(stamp.bytes) \(stamp.modified) \(stamp.identity)"
  }

  /// The files below a folder with their stamps and permissions, as a digest.
  private func list(
    _ folder: String, before now: Int64, skip: (String) -> Bool
  ) throws(FileError) -> Listing {
    var hash = SHA256()
    var isStable = true
    try FileTree.describe(below: folder, skip: skip) { bytes, stamp in
      hash.update(bytes)
      if !stamp.isStable(at: now) { isStable = false }
    }
    return Listing(digest: hash.finalize(), isStable: isStable)
  }
}
