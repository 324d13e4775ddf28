import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// Gives pictures back that were made lighter where they lie: whatever they are called now, their bytes tell of what they were
/// made.
struct OriginalsRestoration {
  private let root: SiteRoot
  /// The site's folder below the root, empty where they are the same.
  private let site: String
  private let pipeline: Pipeline

  /// Pictures that have their original's bytes again, by their paths in the site.
  private(set) var restored: [String] = []
  /// Pictures whose original is not to be had.
  private(set) var remaining: [String] = []
  private(set) var problems: [Diagnostic] = []

  /// - Parameter pipeline: the site. Its ledger lies in its folder, or at the top of its work tree.
  /// - Throws: what opening that folder throws.
  init(_ pipeline: Pipeline) throws {
    let siteRoot = pipeline.root
    let top = Git.top(of: siteRoot.path).flatMap { try? SiteRoot($0.isEmpty ? "/" : $0) }
    let hasLedger = access(siteRoot.absolute(RecordFiles.originals), F_OK) == 0
    root = hasLedger ? siteRoot : top ?? siteRoot
    site = root.path == siteRoot.path ? "" : String(siteRoot.path.dropFirst(root.path.count + 1))
    // Each folder has a cache of its own.
    self.pipeline =
      site.isEmpty ? pipeline : try Pipeline(site: root.path, configuration: pipeline.configuration)
  }

  /// - Parameter isWanted: whether a picture is to be given back, by its path in the site.
  /// - Throws: ``PipelineError``, `FileError`
  mutating func carryOut(isDry: Bool, _ isWanted: (_ path: String) -> Bool) throws {
    let ledger = try OriginalsLedger(root: root)
    guard !ledger.isEmpty else { return }
    let repository = RepositoryFiles(of: root) { _ in }
    let selection = try PictureSelection(
      [site], root: root, repository: repository, createdFolders: [pipeline.configuration.output])
    let store = OriginalsStore(root: root, cache: pipeline.cache, repository: repository)
    if !isDry { for path in selection.leftovers { unlink(root.absolute(path)) } }
    /// The digests of the files as they are in the end.
    var present: Set<String> = []
    let digests = pipeline.cache.digests(below: root.path)
    var (given, retained): (Set<String>, Set<String>) = ([], [])
    for path in selection.files {
      let file = root.absolute(path)
      let cached = digests[path].flatMap { $0.stamp == FileStamp(of: file) ? $0.sha256 : nil }
      guard let sha256 = cached ?? (try? FileAccess.read(file)).map(ContentDigest.sha256(_:))
      else { continue }
      guard let record = ledger[sha256] else {
        present.insert(sha256)
        continue
      }
      let name = site.isEmpty ? path : String(path.dropFirst(site.count + 1))
      guard isWanted(name) else {
        retained.insert(sha256)
        continue
      }
      guard let data = store.content(of: record), ImageFormat(fileName: path) != nil else {
        retained.insert(sha256)
        remaining.append(name)
        var problem = Diagnostic.originalGone(name, "given back")
        problem.severity = .error
        problems.append(problem)
        continue
      }
      restored.append(name)
      given.insert(sha256)
      present.insert(record.original)
      guard !isDry else { continue }
      try DurableFile.write(data, to: file)
      if let stamp = FileStamp(of: file) { pipeline.cache.record(digest: record.original, of: file, stamp) }
    }
    // Beside the site the same bytes may lie once more.
    guard !isDry, site.isEmpty else { return }
    var rest = ledger
    // A run that was killed leaves records of files that it did not come to.
    for (sha256, record) in ledger.records where !retained.contains(sha256) {
      if given.contains(sha256) || present.contains(record.original) { rest[sha256] = nil }
    }
    if rest != ledger { try rest.write(to: root) }
  }
}

extension Pipeline {
  /// Gives back the pictures of the site that were made lighter where they lie.
  func restoreOriginals(
    _ account: inout Restoration, _ isWanted: @escaping (_ path: String) -> Bool
  ) throws {
    defer { cache.finish() }
    var run = try OriginalsRestoration(self)
    do {
      try run.carryOut(isDry: account.isDry, isWanted)
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)", advice: "every picture is whole, as it was or lighter; make room, then run again")
    }
    account.originals = run.restored
    account.remaining += run.remaining
    account.problems = (account.problems + run.problems).sorted()
    if !run.remaining.isEmpty { account.isComplete = false }
  }
}
