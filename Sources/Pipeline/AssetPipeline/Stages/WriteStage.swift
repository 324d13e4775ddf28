import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// The write stage of a staged copy. `InPlaceRun` writes posts and pages where they stand.
enum WriteStage {
  private static func outcome(_ site: WrittenSite) -> String {
    "\(site.postsWritten) \(site.manifest.site.kind.things) written, \(site.postsRewritten) with new markup"
  }

  /// Fills a staged copy. Each post that does not become what its copy is already is read, rewritten and let go in turn.
  ///
  /// - Throws: `FileError`, and `Cancelled` between two files.
  static func copy(_ copy: StagedSite, _ survey: CopySurvey) -> Stage<RewrittenSite, WrittenSite> {
    Stage("write", { site, context in try write(site, to: copy, survey, context) }, outcome: outcome)
  }

  private static func write(
    _ site: RewrittenSite, to copy: StagedSite, _ survey: CopySurvey, _ context: StageContext
  ) throws -> WrittenSite {
    context.progress(.writing)
    let (pipeline, output) = (context.pipeline, context.variants)
    let manifest = site.rendered.manifest
    var written = WrittenSite(site.rendered)
    (written.referencesRewritten, written.door) = (site.hooked, site.door)
    var files = Set(manifest.variants.map(\.path))
    let hookFiles = try site.hookFiles(pipeline.root)
    for file in hookFiles {
      try copy.add(file.content, at: file.path)
      files.insert(file.path)
    }
    let touched = manifest.posts.filter(site.rewriter.touches)
    let posts = Dictionary(touched.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let configuration = site.rendered.planned.configuration
    let stale = StaleVariants(
      output: output, grace: configuration.keepStale?.seconds, cache: pipeline.cache)
    var memory = RewriteCache(
      touched, keys: RewriteKeys(manifest: manifest, options: site.options), output: output,
      cache: pipeline.cache, jobs: pipeline.jobs)
    var positions = PositionRemoval(
      manifest, root: pipeline.root, output: output, privacy: configuration.privacy, cache: pipeline.cache)
    var originals = site.rendered.originals
    let scripts = site.rendered.planned.scripts
    files.formUnion(scripts.kept)
    let report = try copy.fill(
      survey, adding: files,
      digests: Dictionary(
        manifest.variants.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first }),
      keeping: { unneeded in
        let retained = stale.retained(of: unneeded, in: configuration.plan.folder)
        written.until = retained.until
        return retained.files
      },
      isStopped: { context.cancellation.isRaised },
      isCurrent: { path, copy in
        guard memory.isCurrent(path, copy), let cached = memory.cachedRewrite(of: path) else {
          guard posts[path] == nil else { return false }
          return originals?.isCurrent(path, copy) ?? positions.isCurrent(path, copy)
        }
        written.add(edited: cached.edited, cached.problems, isRewritten: posts[path]?.isStylesheet != true)
        return true
      },
      replacing: { path throws(FileError) in
        guard let post = posts[path] else {
          if let lighter = originals?.content(of: path) { return lighter }
          if let script = try scripts.content(of: path, in: pipeline.root) { return script }
          return try positions.content(of: path)
        }
        if let cached = memory.cachedRewrite(of: path), cached.sha256 == nil {
          written.add(edited: cached.edited, cached.problems, isRewritten: false)
          return nil
        }
        let result = site.rewriter.rewrite(post, bytes: try FileAccess.read(pipeline.root.absolute(path)))
        memory.take(result, of: path)
        return written.add(result, of: post)
      })
    if manifest.site.kind == .html { try prove(survey, &memory, &written, context) }
    memory.record()
    positions.record()
    originals?.record()
    written.manifest.problems += positions.problems
    try context.cancellation.check()
    let unreadable = Set(manifest.problems.lazy.filter { $0.rule == .unreadable }.map(\.file))
    written.manifest.problems += report.problems.filter {
      $0.rule != .unreadable || !unreadable.contains($0.file)
    }
    return written
  }

  /// Reads the pages again that were written, and gives back those that are not what they were.
  private static func prove(
    _ survey: CopySurvey, _ memory: inout RewriteCache, _ written: inout WrittenSite, _ context: StageContext
  ) throws {
    let pipeline = context.pipeline
    let proof = try CopyProof(
      written.manifest, from: pipeline.root, copy: context.variants, jobs: pipeline.jobs,
      cancellation: context.cancellation)
    let pages = memory.rewritten
    let givenBack = try pipeline.log.stage("prove") {
      try proof.prove(pages: pages)
    } outcome: {
      "\(pages.count.counted("page")) read again, \($0.count) given back"
    }
    for page in givenBack {
      written.giveBack(page.path, edited: memory.giveBack(page.path, page.problem), page.problem)
    }
    let proven = { (paths: [String]) in paths.count { !Post.isStylesheet($0) } }
    written.pagesProven = proven(pages) - proven(givenBack.map(\.path))
    written.manifest.problems += try proof.prove(feedsOf: survey.files).map(\.problem)
  }
}
