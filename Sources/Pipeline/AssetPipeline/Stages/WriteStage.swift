import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// The write stage: a staged copy, or the pages of a built site where they stand. `InPlaceRun` writes posts where they stand.
enum WriteStage {
  private static func outcome(_ site: WrittenSite) -> String {
    "\(site.postsWritten) posts written, \(site.postsRewritten) with new markup"
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
    written.referencesRewritten = site.hooked
    var files = Set(manifest.variants.map(\.path))
    for file in try site.hook?.files() ?? [] {
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
    let report = try copy.fill(
      survey, adding: files,
      digests: Dictionary(
        manifest.variants.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first }),
      keeping: { unneeded in
        let kept = stale.kept(of: unneeded, in: configuration.plan.folder)
        written.until = kept.until
        return kept.files
      },
      isStopped: { context.cancellation.isRaised },
      isCurrent: { path, copy in
        guard memory.isCurrent(path, copy), let known = memory.known(path) else {
          return posts[path] == nil && positions.isCurrent(path, copy)
        }
        written.add(edited: known.edited, known.problems, isRewritten: true)
        return true
      },
      replacing: { path throws(FileError) in
        guard let post = posts[path] else { return try positions.content(of: path) }
        if let known = memory.known(path), known.sha256 == nil {
          written.add(edited: known.edited, known.problems, isRewritten: false)
          return nil
        }
        let result = site.rewriter.rewrite(post, bytes: try FileAccess.read(pipeline.root.absolute(path)))
        memory.take(result, of: path)
        return written.add(result)
      })
    memory.record()
    positions.record()
    written.manifest.problems += positions.problems
    try context.cancellation.check()
    let known = Set(manifest.problems.lazy.filter { $0.rule == .unreadable }.map(\.file))
    written.manifest.problems += report.problems.filter { $0.rule != .unreadable || !known.contains($0.file) }
    return written
  }

  /// Replaces each page that changes, where it stands.
  ///
  /// - Throws: `FileError`, and `Cancelled` between two pages, so that each is as it was or whole.
  static var pages: Stage<RewrittenSite, WrittenSite> {
    Stage("write", writePages, outcome: outcome)
  }

  private static func writePages(_ site: RewrittenSite, _ context: StageContext) throws -> WrittenSite {
    context.progress(.writing)
    var written = WrittenSite(site.rendered)
    for post in site.rendered.manifest.posts where site.rewriter.touches(post) {
      try context.cancellation.check()
      let path = context.pipeline.root.absolute(post.path)
      let page: Data
      do throws(FileError) { page = try FileAccess.read(path) } catch {
        written.manifest.problems.append(.postLeft(post.path, error))
        continue
      }
      if let data = written.add(site.rewriter.rewrite(post, bytes: page)) {
        try FileAccess.write(data, to: path, mode: FileAccess.mode(of: path))
      }
    }
    return written
  }
}
