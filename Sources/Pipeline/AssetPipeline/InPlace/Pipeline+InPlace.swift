import AssetCache
import AssetModel
import Foundation
import PostRewriter
import PostScanner
import SiteFiles
import SystemResources

extension Pipeline {
  /// Gives a site lighter images where it stands.
  ///
  /// Of a built site each page is replaced whole, and what is rewritten already is left as it is. Of a site of sources
  /// the posts are edited, and `optimize-assets.lock.json` says what was done, so that the next run updates the same
  /// places and `restore` undoes it. The manifest then describes the posts as their author has
  /// them.
  ///
  /// - Parameters:
  ///   - force: whether files are edited that have uncommitted changes, or are marked as read-only.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - cancellation: stops the work when it is raised. Posts and variants are then all as they were, or, where writing
  ///     them had begun, all as they shall be; of a built site each page is as it was or whole.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func optimizeInPlace(
    force: Bool = false, dryRun: Bool = false, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> Result {
    let start = ContinuousClock.now
    let lock = dryRun ? nil : try lockSite()
    defer { withExtendedLifetime(lock) {} }
    let (journal, gone) = try relocatedJournal(removingLeftovers: !dryRun)
    let scanner = sourceScanner
    var pipeline = self
    if !journal.posts.isEmpty { pipeline.text = journal.overlay }
    var manifest = try pipeline.scanned(output: nil, cancellation, progress: progress).manifest
    guard manifest.site.kind != .html else {
      return try optimizePages(manifest, dryRun: dryRun, since: start, cancellation, progress)
    }
    RenderHookEligibility.drop(&manifest)
    if !force { ReadOnlyPosts.keep(in: &manifest, of: root) }
    manifest.problems += gone.map {
      Problem(
        .note, .authorEdit, file: $0, message: "was rewritten by an earlier run and is not there any more")
    }
    if let published = scanner.publication(ofRootFile: OwnFiles.journal) {
      manifest.problems.append(
        Problem(
          .warning, .siteConfiguration, file: published.file,
          message:
            "\(manifest.site.kind.name) would publish \(OwnFiles.journal), which is no part of the pages",
          advice: published.advice))
    }
    let inPlace = InPlaceRun(root: root, cache: cache, scanner: scanner, isForced: force, journal: journal)
    var run = OptimizeRun(
      root: root, configuration: configuration, jobs: jobs, manifest: manifest, cache: cache, log: log)
    run.known = inPlace.known(run.plan.jobs)
    run.downloadsBefore = try PipelineError.whenStopped { try pipeline.downloads(of: manifest, cancellation) }
    if dryRun { return run.dryResult(since: start) }
    do {
      try log.stage("render and write") {
        try inPlace.carryOut(&run, cancellation: cancellation, progress: progress)
      } outcome: {
        "\(run.postsWritten) posts written"
      }
      run.downloads = downloads(in: root.path, cancellation)
      cache.finish()
      return try run.result(output: site, manifest: nil, cache: cache, since: start)
    } catch is Cancelled {
      cache.close()
      throw PipelineError.cancelled
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error) (every post is whole, with its old text or its new one; make room and run again, or have it undone"
          + " with optimize-assets restore)")
    }
  }

  /// The pages of a built site, where they stand.
  private func optimizePages(
    _ manifest: AssetManifest, dryRun: Bool, since start: ContinuousClock.Instant,
    _ cancellation: Cancellation,
    _ progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> Result {
    var run = OptimizeRun(
      root: root, configuration: configuration, jobs: jobs, manifest: manifest, cache: cache, log: log)
    run.downloadsBefore = try PipelineError.whenStopped { try downloads(of: manifest, cancellation) }
    if dryRun { return run.dryResult(since: start) }
    try refuseFolderOutside(run.variantFolder)
    do {
      try run.render(into: root.path, cache: cache, cancellation: cancellation, progress: progress)
      progress(.writing)
      try log.stage("write") {
        try run.rewriteInPlace(cancellation: cancellation)
      } outcome: {
        "\(run.postsWritten) pages written"
      }
      run.downloads = downloads(in: root.path, cancellation)
      cache.finish()
      return try run.result(output: site, manifest: nil, cache: cache, since: start)
    } catch is Cancelled {
      cache.close()
      throw PipelineError.cancelled
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error) (pages that were not reached are as they were; make room, then run again)")
    }
  }

  /// Refuses a folder for variants that a symbolic link leads out of the site.
  private func refuseFolderOutside(_ folder: String) throws {
    let parts = folder.split(separator: "/").map(String.init)
    for count in parts.indices where root.resolve(parts[...count].joined(separator: "/")) == .outside {
      throw PipelineError.refused(
        "\(parts[...count].joined(separator: "/")) leads out of the site, and the new images would lie in it (name another"
          + " folder with folder: in \(Configuration.fileName); nothing was written)")
    }
  }

  /// Gives back what runs in place replaced, and removes the variants that they made.
  ///
  /// - Parameters:
  ///   - only: a pattern, as in `.gitignore`, for the posts' paths; nil for all.
  ///   - dryRun: whether to say what would be done, and do nothing.
  /// - Throws: ``PipelineError``
  public func restore(only: String? = nil, dryRun: Bool = false) throws -> Restoration {
    try restore(dryRun: dryRun) { path in only.map { PathPattern($0).matches(path) } ?? true }
  }

  /// - Parameter isWanted: whether a post is to be given back.
  func restore(dryRun: Bool, _ isWanted: @escaping (_ path: String) -> Bool) throws -> Restoration {
    let lock = dryRun ? nil : try lockSite()
    defer { withExtendedLifetime(lock) {} }
    let journal = try readJournal()
    try refuseForeign(journal)
    let skip = sourceScanner.foldersWithoutSources()
    do throws(FileError) {
      return try RestoreRun(root: root, name: site, skip: skip, isWanted: isWanted, isDry: dryRun)
        .carryOut(journal)
    } catch {
      throw PipelineError.fileSystem(
        "\(error) (every post is whole, with its old text or its new one; make room, then run again)")
    }
  }

  /// Refuses a journal that names a file which is there and is none of the site's posts: a pull request can bring a journal
  /// that would have any file of the site changed.
  private func refuseForeign(_ journal: EditJournal) throws {
    let there = journal.posts.map(\.path).filter { access(root.absolute($0), F_OK) == 0 }
    guard !there.isEmpty else { return }
    let posts: Set<String>
    do {
      posts = Set(try sourceScanner.scan().posts.map(\.path))
    } catch {
      throw PipelineError.noSite("\(error)")
    }
    guard let foreign = there.first(where: { !posts.contains($0) }) else { return }
    throw PipelineError.journal(
      "\(OwnFiles.journal): the journal names \(foreign), which is no post of this site (take the journal from version"
        + " control again; nothing was written)")
  }

  private var sourceScanner: PostScanner {
    var options = ScanOptions()
    options.kind = configuration.kind
    options.excludedFolders = [OwnFiles.workFolder, configuration.output]
    return PostScanner(root: root, name: site, options: options)
  }

  /// The journal, its posts at their present places, and the paths of those that are gone.
  ///
  /// - Parameter removingLeftovers: whether what a killed run left half-written is removed.
  func relocatedJournal(removingLeftovers: Bool = false) throws -> (journal: EditJournal, gone: [String]) {
    var journal = try readJournal()
    do throws(FileError) {
      if removingLeftovers {
        Leftovers.remove(from: root, folders: Set(journal.posts.map { FileAccess.folder(of: $0.path) }))
      }
      let gone = try journal.relocate(in: root, skip: sourceScanner.foldersWithoutSources())
      return (journal, gone)
    } catch {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  private func readJournal() throws -> EditJournal {
    do {
      return try EditJournal(site: root)
    } catch let error as EditJournalError {
      throw PipelineError.journal("\(error)")
    } catch {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  private func lockSite() throws -> FolderLock {
    let lock: FolderLock?
    do throws(FileError) { lock = try FolderLock(root.absolute("")) } catch {
      throw PipelineError.fileSystem("\(error)")
    }
    guard let lock else {
      throw PipelineError.refused(
        "\(site): another run is at work there (wait for its end; nothing was written)")
    }
    return lock
  }
}

extension EditJournal {
  /// The posts that runs edited, as their author has them.
  var overlay: TextOverlay {
    let posts = Dictionary(posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return TextOverlay(paths: Set(posts.keys)) { path, file in
      posts[path].map { AuthorText(file, $0).bytes } ?? file
    }
  }
}
