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
  /// The posts are edited, or the pages of a built site, and `optimize-assets.lock.json` says what was done, so that the next
  /// run updates the same places and `restore` undoes it. The manifest then describes the posts as their author has them.
  ///
  /// - Parameters:
  ///   - force: whether files are edited that have uncommitted changes, or are marked as read-only.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - cancellation: stops the work when it is raised. Posts and variants are then all as they were, or, where writing
  ///     them had begun, all as they shall be.
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
    var pipeline = self
    if !journal.posts.isEmpty { pipeline.text = journal.overlay }
    var site = try pipeline.inspected(cancellation, progress: progress)
    let files = inPlaceFiles
    site.manifest.problems += PositionWarning.inPlace(site.manifest, configuration.privacy)
    site.manifest.problems += journal.settlement
    add(what: gone, isForced: force, files, to: &site.manifest)
    let run = InPlaceRun(files, cache: cache, isForced: force, journal: journal, jobs: jobs)
    let context = StageContext(pipeline, variants: run.work, cancellation, progress)
    var planned = try PipelineError.whenStopped { try PlanStage.stage.run(site, context) }
    if let refusal = SourcesToBuild.refusal(toRewrite: planned.manifest.site, of: root, configuration) {
      throw refusal
    }
    planned.existing = run.recordedOutcomes(of: planned.plan.jobs)
    if dryRun { return planned.result(since: start) }
    if files.arePages { try refuseFolderOutside(planned.configuration.plan.folder) }
    defer { try? FileManager.default.removeItem(atPath: run.work) }
    return try written(
      Stages.posts(run), planned, context, since: start,
      otherwise:
        "every \(files.things) is whole, with its old text or its new one; make room and run again, or have it undone"
        + " with optimize-assets restore")
  }

  /// Adds what an edit in place is to know of the site, and what its author should.
  private func add(
    what gone: [String], isForced: Bool, _ files: InPlaceFiles, to manifest: inout AssetManifest
  ) {
    // Pages that are built anew are other files each time, and what was written into the ones before went with them.
    guard !files.arePages else { return }
    RenderHookEligibility.drop(&manifest)
    if !isForced { ReadOnlyPosts.keep(in: &manifest, of: root) }
    manifest.problems += gone.map {
      Diagnostic(
        .note, .authorEdit, file: $0, message: "was rewritten by an earlier run and is not there any more")
    }
    if let published = sourceScanner.publication(ofRootFile: RecordFiles.journal) {
      manifest.problems.append(
        Diagnostic(
          .warning, .siteConfiguration, file: published.file,
          message:
            "\(manifest.site.kind.name) would publish \(RecordFiles.journal), which is no part of the pages",
          advice: published.advice))
    }
  }

  /// Writes a planned site where it stands.
  ///
  /// - Parameter remark: what a person should know where a file cannot be written.
  private func written(
    _ stages: Stage<PlannedSite, WrittenSite>, _ planned: PlannedSite, _ context: StageContext,
    since start: ContinuousClock.Instant, otherwise remark: String
  ) throws -> Result {
    do {
      var written = try stages.run(planned, context)
      written.weight = weight(in: root.path, holding: written.manifest, context.cancellation)
      cache.finish()
      return try written.result(output: site, manifest: nil, cache: cache, since: start)
    } catch is Cancelled {
      cache.close()
      throw PipelineError.cancelled
    } catch let error as FileError {
      throw PipelineError.fileSystem("\(error)", advice: remark)
    }
  }

  /// Refuses a folder for variants that a symbolic link leads out of the site.
  private func refuseFolderOutside(_ folder: String) throws {
    let parts = folder.split(separator: "/").map(String.init)
    for count in parts.indices where root.resolve(parts[...count].joined(separator: "/")) == .outside {
      throw PipelineError.refused(
        "\(parts[...count].joined(separator: "/")) leads out of the site, and the new images would lie in it",
        advice: "name another folder with folder: in \(Configuration.fileName); nothing was written")
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
    let files = inPlaceFiles
    let posts = try posts(of: journal, files)
    var account: Restoration
    do throws(FileError) {
      account = try RestoreRun(files, name: site, posts: posts, isWanted: isWanted, isDry: dryRun)
        .carryOut(journal)
    } catch {
      throw PipelineError.fileSystem(
        "\(error)",
        advice: "every \(files.things) is whole, with its old text or its new one; make room, then run again")
    }
    try restoreOriginals(&account, isWanted)
    return account
  }

  /// The files that a scan reads as posts, where a journal has any. One is refused that names a file which is there and is
  /// none of them: a pull request can bring a journal that would have any file of the site changed.
  private func posts(of journal: EditJournal, _ files: InPlaceFiles) throws -> Set<String> {
    guard !journal.posts.isEmpty else { return [] }
    let posts: Set<String>
    do {
      posts = try files.paths()
    } catch {
      throw PipelineError.noSite(Diagnostic(.noSite, of: error))
    }
    let foreign = journal.posts.map(\.path).first { path in
      access(root.absolute(path), F_OK) == 0 && !posts.contains(path)
    }
    guard let foreign else { return posts }
    throw PipelineError.journal(
      "the journal names \(foreign), which is no \(files.things) of this site", file: RecordFiles.journal,
      advice: "take the journal from version control again; nothing was written")
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
      // Only of a post that is gone is it asked what else is one.
      let files = inPlaceFiles
      lazy var posts = try? files.paths()
      let gone = try journal.relocate(in: root, skip: files.skip) { path in
        posts?.contains(path) ?? false
      }
      return (journal, gone)
    } catch {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  private func readJournal() throws -> EditJournal {
    do {
      return try EditJournal(site: root)
    } catch let error as EditJournalError {
      throw PipelineError.journal(error.diagnostic)
    } catch {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  func lockSite() throws -> FolderLock {
    let lock: FolderLock?
    do throws(FileError) { lock = try FolderLock(root.absolute("")) } catch {
      throw PipelineError.fileSystem("\(error)")
    }
    guard let lock else {
      throw PipelineError.refused(
        "another run is at work there", file: site, advice: "wait for its end; nothing was written")
    }
    return lock
  }
}

extension EditJournal {
  /// What is to be said of a journal that was merged.
  var settlement: [Diagnostic] {
    guard isSettled else { return [] }
    return [
      Diagnostic(
        .note, .authorEdit, file: RecordFiles.journal,
        message: "held the conflict of a merge, which is settled: of what both sides say the posts decide")
    ]
  }

  /// The posts that runs edited, as their author has them.
  var overlay: TextOverlay {
    let posts = Dictionary(posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return TextOverlay(paths: Set(posts.keys)) { path, file in
      posts[path].map { AuthorText(file, $0).bytes } ?? file
    }
  }
}
