import AssetCache
import AssetModel
import Foundation
import PostRewriter
import PostScanner
import SiteFiles
import SystemResources
import VariantPlanner
import VariantWorkers

/// A run that edits a site's posts, or a built site's pages, where they stand.
///
/// The order is what makes it safe to be killed anywhere. Images are made in a folder of their own. When all of them are
/// there and every post's new text is known and checked, the journal is written, with both texts of every span that
/// changes. Only then do files of the site change, each at once: the variants, then the posts that name them, then the
/// variants that no post names any more go, and the journal is written without what is over.
struct InPlaceRun {
  let files: InPlaceFiles
  let cache: AssetCache
  let isForced: Bool
  /// What the site's journal says, its posts at their present places.
  let journal: EditJournal
  /// How many posts are worked on at once.
  let jobs: Int
  var root: SiteRoot { files.root }
  /// The digest that each post had when the journal was written, and before.
  private let postDigests: [String: Set<String>]

  /// The folder in which images are made before they are moved to where they belong.
  var work: String { root.absolute(RecordFiles.workFolder) }

  init(_ files: InPlaceFiles, cache: AssetCache, isForced: Bool, journal: EditJournal, jobs: Int) {
    self.files = files
    self.cache = cache
    self.isForced = isForced
    self.journal = journal
    self.jobs = jobs
    postDigests = Dictionary(
      journal.posts.map { ($0.path, Set([$0.sha256, $0.previous?.sha256].compactMap(\.self))) },
      uniquingKeysWith: { $0.union($1) })
  }

  /// What is known without making anything.
  func recordedOutcomes(of jobs: [RenderJob]) -> [String: RenderOutcome] {
    let renders = JournalRenderCache(root: root, cache: cache, journal: journal)
    return Dictionary(
      jobs.compactMap { job in renders.outcome(of: job).map { (job.source.path, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What is going to be done to the site's files.
  struct Changes {
    let rendered: RenderedSite
    let variants: InPlaceVariants
    let posts: InPlacePosts
  }

  /// The rewrite stage: where each variant goes and what each post becomes. Nothing is written.
  ///
  /// It throws `FileError`, and ``PipelineError/refused(_:)`` where files of the site are in the way.
  var rewrite: Stage<RenderedSite, Changes> {
    Stage("rewrite") { site, _ in
      try changes(site)
    } outcome: {
      "\($0.posts.replacements.count) \($0.rendered.manifest.site.kind.things) to be edited"
    }
  }

  /// The write stage, which goes through to the end: a site is not left between two states.
  var write: Stage<Changes, WrittenSite> {
    Stage("write") { changes, context in
      context.progress(.writing)
      var written = WrittenSite(changes.rendered)
      try write(changes.posts, changes.variants, &written)
      return written
    } outcome: {
      "\($0.postsWritten) \($0.manifest.site.kind.things) written"
    }
  }

  private func changes(_ site: RenderedSite) throws -> Changes {
    var site = site
    let variants = InPlaceVariants(
      root: root, jobs: site.planned.plan.jobs, outcomes: site.outcomes, journal: journal,
      renders: JournalRenderCache(root: root, cache: cache, journal: journal))
    // Variants of another version of an encoder may stand for those that were made now.
    let byPath = Dictionary(
      variants.sources.flatMap(\.variants).map { ($0.variant.path, $0.variant) },
      uniquingKeysWith: { a, _ in a })
    site.manifest.variants = site.manifest.variants.map { byPath[$0.path] ?? $0 }
    let rewriter = PostRewriter(manifest: site.manifest, options: site.rewriteOptions)
    let posts = InPlacePosts(
      root: root, manifest: site.manifest, rewriter: rewriter, isForced: isForced || files.arePages,
      journal: journal, proof: try proof(site.manifest), jobs: jobs)
    site.manifest.problems += posts.problems + variants.problems
    try check(posts, variants)
    return Changes(rendered: site, variants: variants, posts: posts)
  }

  /// What proves the pages of a built site. New images are in the work folder by then.
  private func proof(_ manifest: AssetManifest) throws(FileError) -> PageProof? {
    guard files.arePages else { return nil }
    try FileAccess.makeFolder(work)
    return PageProof(manifest, folders: [try SiteRoot(work), root])
  }

  // MARK: Before anything is written

  private func check(_ posts: InPlacePosts, _ variants: InPlaceVariants) throws {
    if !variants.conflicts.isEmpty {
      throw PipelineError.refused(
        "files are in the way that no run made, or that lead out of the site: \(Self.list(variants.conflicts))",
        advice: "move them away, or choose another folder: in the configuration; nothing was written")
    }
    // Pages can be built again, and are as a rule what no commit holds yet.
    guard !isForced, !files.arePages else { return }
    // What an earlier run left in a post can be had again from the journal; only the author's own changes count.
    let foreign = posts.replacements.filter { postDigests[$0.post.path]?.contains($0.current.sha256) != true }
    var repositories = Repositories(site: root)
    let changed: [String]
    do {
      changed = try repositories.uncommitted(foreign.map(\.post.path) + variants.replaced)
    } catch {
      throw PipelineError.refused("\(error)", advice: "commit that, or pass --force; nothing was written")
    }
    guard changed.isEmpty else {
      throw PipelineError.refused(
        "uncommitted changes in files that would be edited: \(Self.list(changed))",
        advice: "commit or stash them, or pass --force; nothing was written")
    }
  }

  private static func list(_ paths: [String]) -> String {
    let shown = paths.sorted().prefix(20).joined(separator: ", ")
    return paths.count > 20 ? "\(shown) and \(paths.count - 20) more" : shown
  }

  // MARK: Writing

  private func write(_ posts: InPlacePosts, _ variants: InPlaceVariants, _ run: inout WrittenSite) throws {
    let journalPath = root.absolute(RecordFiles.journal)
    let present = try? FileAccess.read(journalPath)
    var result = EditJournal()
    result.folders = Set(journal.folders + variants.folders).sorted()
    result.sources = variants.sources
    result.posts = posts.unchanged
    result.others = variants.stale.map { EditJournal.File(path: $0.key, sha256: $0.value) }
    if !posts.replacements.isEmpty || !variants.moves.isEmpty || !variants.stale.isEmpty {
      var journal = result
      journal.posts += posts.replacements.map { replacement in
        EditJournal.Post(path: replacement.post.path, text: replacement.text, previous: replacement.current)
      }
      let needsJournal = !posts.replacements.isEmpty || !variants.moves.isEmpty
      if needsJournal { try DurableFile.write(try journal.json(), to: journalPath) }
      try variants.moveFiles(from: work)
      result.posts += try replace(posts, &run)
      try removeStale(variants, &result, &run)
    }
    result.folders = result.folders.filter { folder in
      var info = stat()
      return lstat(root.absolute(folder), &info) == 0
    }
    if result.isEmpty {
      if present != nil { try DurableFile.remove(journalPath) }
    } else {
      let json = try result.json()
      // The journal may stand there by now.
      if (try? FileAccess.read(journalPath)) != json { try DurableFile.write(json, to: journalPath) }
    }
  }

  /// Replaces the posts.
  ///
  /// - Returns: what the journal is to hold of them.
  private func replace(_ posts: InPlacePosts, _ run: inout WrittenSite) throws -> [EditJournal.Post] {
    let failure = Shared<FileError?>(nil)
    let outcomes = Parallel.map(posts.replacements, jobs: files.arePages ? jobs : 1) { replacement -> Bool? in
      guard failure.withLock({ $0 == nil }) else { return nil }
      do throws(FileError) {
        return try Self.replace(replacement, posts, in: root)
      } catch {
        failure.withLock { $0 = $0 ?? error }
        return nil
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    var written: [EditJournal.Post] = []
    for (replacement, isWritten) in zip(posts.replacements, outcomes) {
      let path = replacement.post.path
      guard isWritten == true else {
        run.manifest.problems.append(
          Diagnostic(
            .error, .postSkipped, file: path, message: "the file changed while the site was processed",
            advice: "run again"))
        if !replacement.current.spans.isEmpty {
          written.append(EditJournal.Post(path: path, text: replacement.current))
        }
        continue
      }
      let isPage = !Post.isStylesheet(path)
      if isPage { run.postsWritten += 1 }
      if isPage, !replacement.givesBack { run.postsRewritten += 1 }
      if isPage, files.arePages, !replacement.givesBack { run.pagesProven += 1 }
      run.referencesRewritten += replacement.references
      if !replacement.text.spans.isEmpty {
        written.append(EditJournal.Post(path: path, text: replacement.text))
      }
    }
    return written
  }

  /// Replaces a post, and reads it again.
  ///
  /// - Returns: false where it is not what it was a moment ago, or does not hold what was written.
  private static func replace(
    _ replacement: InPlacePosts.Replacement, _ posts: InPlacePosts, in root: SiteRoot
  ) throws(FileError) -> Bool {
    let path = root.absolute(replacement.post.path)
    guard let file = try? FileAccess.read(path), ContentDigest.sha256(file) == replacement.current.sha256
    else { return false }
    let draft = posts.draft(replacement.post, file: file)
    let bytes = replacement.givesBack ? draft.author.bytes : draft.bytes
    guard ContentDigest.sha256(bytes) == replacement.text.sha256 else { return false }
    try DurableFile.write(bytes, to: path)
    return (try? FileAccess.read(path)) == bytes
  }

  /// Removes what earlier runs made and nothing names any more.
  private func removeStale(
    _ variants: InPlaceVariants, _ result: inout EditJournal, _ run: inout WrittenSite
  ) throws(FileError) {
    let removal = VariantRemoval(root: root, skip: files.skip)
    let sorted = try removal.sort(variants.stale)
    if !sorted.removed.isEmpty {
      result.folders = try removal.remove(sorted.removed, folders: result.folders)
    }
    result.others = sorted.needed
    run.manifest.problems += sorted.changed.map { path in
      Diagnostic(
        .note, .variantChanged, file: path,
        message: "is not needed any more, and stays because it was changed")
    }
  }
}
