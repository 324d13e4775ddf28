import AssetCache
import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources
import ThemeAnalysis
import VariantPlanner
import VariantWorkers

/// One run over a scanned site: what is made of its images and posts, and the figures on the way.
struct OptimizeRun {
  private let root: SiteRoot
  private let configuration: Configuration
  private let jobs: Int
  private let log: Logger
  let plan: Plan
  /// What the site's stylesheets say about its images.
  private let theme: ThemeFit
  /// The layouts and stylesheets that were looked for.
  let dependencies: Set<String>
  var manifest: AssetManifest
  /// What is known of jobs without having them done, by source.
  var known: [String: RenderOutcome] = [:]
  /// What came of each job, by source.
  private(set) var outcomes: [String: RenderOutcome] = [:]
  private var encoded = 0
  var postsRewritten = 0
  var postsWritten = 0
  var referencesRewritten = 0
  /// What each screen downloads without the run, and after it.
  var downloadsBefore: Downloads = [:]
  var downloads: Downloads?

  init(
    root: SiteRoot, configuration: Configuration, jobs: Int, manifest: AssetManifest, cache: AssetCache,
    log: Logger
  ) {
    self.root = root
    self.log = log
    var configuration = configuration
    let styles = ThemeStyles(root: root, site: manifest.site)
    let theme = log.stage("theme") {
      ThemeCache.fit(styles, manifest, screens: configuration.devices, cache: cache)
    } outcome: { _ in
      "\(styles.dependencies.count) layouts and stylesheets looked for"
    }
    self.theme = theme
    dependencies = styles.dependencies
    configuration.plan = configuration.planOptions(for: manifest.site, theme: theme)
    self.configuration = configuration
    self.jobs = jobs
    self.manifest = manifest
    plan = log.stage("plan") {
      VariantPlanner(options: configuration.plan).plan(manifest)
    } outcome: { plan in
      "\(plan.jobs.reduce(0) { $0 + $1.renditions.count }) files of \(plan.jobs.count) images"
    }
    self.manifest.problems += plan.problems
  }

  /// Has the images made, and puts what came of it into the manifest.
  ///
  /// - Parameters:
  ///   - folder: the folder that variants' paths are relative to.
  ///   - cache: what earlier runs made.
  /// - Throws: `FileError`, and `Cancelled` when nothing more is written.
  mutating func render(
    into folder: String, cache: AssetCache, cancellation: Cancellation,
    progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws {
    let pool = RenderPool(
      root: root, output: folder, folder: configuration.plan.folder, jobs: jobs,
      memory: MemoryBudget(limit: configuration.memoryLimit?.bytes ?? MemoryBudget.defaultLimit))
    let jobs = plan.jobs.filter { known[$0.source.path] == nil }
    progress(.rendering(done: 0, of: jobs.count))
    let result = log.stage("render") {
      pool.render(jobs, cache: cache, cancellation: cancellation) {
        progress(.rendering(done: $0.finished, of: $0.total))
      }
    } outcome: { result in
      let made = result.outcomes.reduce(0) { $0 + $1.variants.count }
      return "\(made) files, \(result.outcomes.reduce(0) { $0 + $1.encoded }) of them encoded now"
    }
    try cancellation.check()
    if let failure = result.writeFailure { throw failure }
    if let failure = result.engineFailure { throw PipelineError.engine("\(failure)") }
    take(result.outcomes)
    take(Array(known.values))
    for (job, outcome) in zip(jobs, result.outcomes) { outcomes[job.source.path] = outcome }
    outcomes.merge(known) { first, _ in first }
  }

  private mutating func take(_ outcomes: [RenderOutcome]) {
    let known = Dictionary(
      outcomes.map { ($0.source.sha256, $0.source) }, uniquingKeysWith: { first, _ in first })
    for index in manifest.sources.indices {
      // The pixels told what the header could not.
      guard let source = known[manifest.sources[index].sha256] else { continue }
      manifest.sources[index].content = source.content
      manifest.sources[index].contentReason = source.contentReason
      manifest.sources[index].alpha = source.alpha
      manifest.sources[index].placeholder = source.placeholder
    }
    for outcome in outcomes {
      manifest.variants += outcome.variants
      manifest.problems += outcome.problems
      encoded += outcome.encoded
    }
  }

  private var rewriteOptions: RewriteOptions {
    var options = RewriteOptions()
    options.markup = configuration.plan.markup
    options.srcsetFormat = configuration.plan.srcsetFormat
    options.avoidsPicture = configuration.plan.avoidsPicture
    options.sizes = configuration.sizes
    options.layouts = configuration.layouts
    options.theme = theme
    options.widestRung = configuration.plan.widths.max() ?? 0
    return options
  }

  /// The folder that variants go to, relative to the site.
  var variantFolder: String { configuration.plan.folder }

  var rewriter: PostRewriter { PostRewriter(manifest: manifest, options: rewriteOptions) }

  /// Fills a staged copy. Each post that does not come to what its copy is already is read, rewritten and let go in turn.
  ///
  /// - Returns: when the first of the variants that are kept for a while goes, in seconds since 1970; nil for none.
  /// - Throws: `FileError`, and `Cancelled` between two files.
  mutating func stage(
    _ staged: StagedSite, output: String, cache: AssetCache, cancellation: Cancellation
  ) throws -> Int? {
    let rewriter = rewriter
    let touched = manifest.posts.filter(rewriter.touches)
    let posts = Dictionary(touched.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var variants = Set(manifest.variants.map(\.path))
    variants.formUnion(try writeHook(into: output, rewriter))
    let stale = StaleVariants(output: output, grace: configuration.keepStale?.seconds, cache: cache)
    var memory = RewriteCache(
      touched, keys: RewriteKeys(manifest: manifest, options: rewriteOptions), output: output, cache: cache,
      jobs: jobs)
    var until: Int?
    _ = try staged.fill(
      adding: variants,
      keeping: { unneeded in
        let kept = stale.kept(of: unneeded, in: configuration.plan.folder)
        until = kept.until
        return kept.files
      },
      isStopped: { cancellation.isRaised },
      isCurrent: { path, copy in
        guard memory.isCurrent(path, copy), let known = memory.known(path) else { return false }
        take(edited: known.edited, known.problems, isRewritten: true)
        return true
      },
      replacing: { path throws(FileError) in
        guard let post = posts[path] else { return nil }
        if let known = memory.known(path), known.sha256 == nil {
          take(edited: known.edited, known.problems, isRewritten: false)
          return nil
        }
        let result = rewriter.rewrite(post, bytes: try FileAccess.read(root.absolute(path)))
        memory.take(result, of: path)
        return take(result)
      })
    memory.record()
    try cancellation.check()
    return until
  }

  /// Writes the render hook that shows images in the place of what their posts say.
  ///
  /// - Returns: its files, relative to the output; none where it would show nothing.
  private mutating func writeHook(into output: String, _ rewriter: PostRewriter) throws -> [String] {
    var hook = RenderHook()
    guard manifest.posts.contains(where: { $0.hookName != nil }) else { return [] }
    let references = Dictionary(grouping: manifest.references, by: \.post)
    for post in manifest.posts {
      guard let name = post.hookName else { continue }
      let entries = rewriter.hookEntries(of: post)
      hook.add(entries, of: name)
      referencesRewritten += references[post.path, default: []].count { reference in
        (reference.kind == .markdownInline || reference.kind == .markdownReference)
          && entries[reference.url] != nil
      }
    }
    if hook.isEmpty { return [] }
    let files = try hook.files()
    for file in files { try Self.write(file.content, to: output + "/" + file.path) }
    return files.map(\.path)
  }

  /// Replaces each post that changes, where it stands.
  ///
  /// - Throws: `FileError`, and `Cancelled` between two posts, so that each is as it was or whole.
  mutating func rewriteInPlace(cancellation: Cancellation) throws {
    let rewriter = rewriter
    for post in manifest.posts where rewriter.touches(post) {
      try cancellation.check()
      let path = root.absolute(post.path)
      if let data = take(rewriter.rewrite(post, bytes: try FileAccess.read(path))) {
        try FileAccess.write(data, to: path, mode: FileAccess.mode(of: path))
      }
    }
  }

  private mutating func take(_ result: PostRewriter.Result) -> Data? {
    take(edited: result.edited, result.problems, isRewritten: result.bytes != nil)
    if result.bytes != nil { postsWritten += 1 }
    return result.bytes
  }

  private mutating func take(edited: Int, _ problems: [Problem], isRewritten: Bool) {
    manifest.problems += problems
    referencesRewritten += edited
    if isRewritten { postsRewritten += 1 }
  }

  /// What the run gives back.
  ///
  /// - Parameters:
  ///   - manifestFile: where the manifest is kept; nil to keep none.
  ///   - cache: what was wrong with it is told, and not kept in the manifest's file: that says what the site is, however
  ///     its variants came about.
  mutating func result(
    output: String, manifest manifestFile: String?, cache: AssetCache, since start: ContinuousClock.Instant
  ) throws(FileError) -> Pipeline.Result {
    manifest = manifest.sorted()
    // The manifest's types always encode; a file system that refuses is the only failure there is.
    if let manifestFile, let json = try? manifest.json() { try Self.write(json, to: manifestFile) }
    manifest.problems += cache.problems
    var summary = Summary(manifest: manifest)
    summary.markup = Summary.Markup(
      asked: configuration.markup, measured: configuration.layouts.markup, theme: theme)
    summary.encoded = encoded
    summary.postsRewritten = postsRewritten
    summary.referencesRewritten = referencesRewritten
    summary.downloadsBefore = downloadsBefore
    summary.downloads = downloads
    summary.output = output
    summary.seconds = (ContinuousClock.now - start).seconds
    var result = Pipeline.Result(manifest: manifest, summary: summary)
    result.postsWritten = postsWritten
    return result
  }

  /// What a run that makes nothing gives back: the variants it counts are those that are wanted.
  func dryResult(since start: ContinuousClock.Instant) -> Pipeline.Result {
    var summary = Summary(manifest: manifest)
    summary.markup = Summary.Markup(
      asked: configuration.markup, measured: configuration.layouts.markup, theme: theme)
    summary.downloadsBefore = downloadsBefore
    summary.variants = plan.jobs.reduce(0) { $0 + (known[$1.source.path] == nil ? $1.renditions.count : 0) }
    summary.seconds = (ContinuousClock.now - start).seconds
    return Pipeline.Result(manifest: manifest.sorted(), summary: summary)
  }

  /// Writes a file unless it holds the bytes already.
  private static func write(_ data: Data, to path: String) throws(FileError) {
    if let old = try? FileAccess.read(path), old == data { return }
    try FileAccess.write(data, to: path)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
