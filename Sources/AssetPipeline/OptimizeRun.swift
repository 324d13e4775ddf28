import AssetCache
import Foundation
import Manifest
import PostRewriter
import SiteFiles
import VariantPlanner
import VariantWorkers

/// One run over a scanned site: what is made of its images and posts, and the figures on the way.
struct OptimizeRun {
  private let root: SiteRoot
  private let configuration: Configuration
  private let jobs: Int
  let plan: Plan
  var manifest: AssetManifest
  /// What is known of jobs without having them done, by source.
  var known: [String: RenderOutcome] = [:]
  /// What came of each job, by source.
  private(set) var outcomes: [String: RenderOutcome] = [:]
  private var encoded = 0
  var postsRewritten = 0
  var referencesRewritten = 0

  init(root: SiteRoot, configuration: Configuration, jobs: Int, manifest: AssetManifest) {
    self.root = root
    var configuration = configuration
    configuration.plan.maxAnimationPixels = configuration.maxPixels
    configuration.plan.folder = configuration.folder ?? manifest.site.variantFolder
    self.configuration = configuration
    self.jobs = jobs
    self.manifest = manifest
    plan = VariantPlanner(options: configuration.plan).plan(manifest)
    self.manifest.problems += plan.problems
  }

  /// Has the images made, and puts what came of it into the manifest.
  ///
  /// - Parameters:
  ///   - folder: the folder that variants' paths are relative to.
  ///   - cache: what earlier runs made.
  mutating func render(
    into folder: String, cache: AssetCache, progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws(FileError) {
    let pool = RenderPool(root: root, output: folder, folder: configuration.plan.folder, jobs: jobs)
    let jobs = plan.jobs.filter { known[$0.source.path] == nil }
    progress(.rendering(done: 0, of: jobs.count))
    let result = pool.render(jobs, cache: cache) {
      progress(.rendering(done: $0.finished, of: $0.total))
    }
    if let failure = result.writeFailure { throw failure }
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

  var rewriter: PostRewriter {
    var options = RewriteOptions()
    options.markup = configuration.plan.markup
    options.srcsetFormat = configuration.plan.srcsetFormat
    options.sizes = configuration.sizes
    options.widestRung = configuration.plan.widths.max() ?? 0
    return PostRewriter(manifest: manifest, options: options)
  }

  /// Fills a staged copy. Each post is read, rewritten and let go in turn.
  mutating func stage(_ staged: StagedSite) throws(FileError) {
    let rewriter = rewriter
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let variants = Set(manifest.variants.map(\.path))
    _ = try staged.fill(adding: variants) { path throws(FileError) in
      guard let post = posts[path], rewriter.touches(post) else { return nil }
      return take(rewriter.rewrite(post, bytes: try FileAccess.read(root.absolute(path))))
    }
  }

  /// Replaces each post that changes, where it stands.
  mutating func rewriteInPlace() throws(FileError) {
    let rewriter = rewriter
    for post in manifest.posts where rewriter.touches(post) {
      let path = root.absolute(post.path)
      if let data = take(rewriter.rewrite(post, bytes: try FileAccess.read(path))) {
        try FileAccess.write(data, to: path, mode: FileAccess.mode(of: path))
      }
    }
  }

  private mutating func take(_ result: PostRewriter.Result) -> Data? {
    manifest.problems += result.problems
    referencesRewritten += result.edited
    if result.bytes != nil { postsRewritten += 1 }
    return result.bytes
  }

  /// What the run gives back.
  ///
  /// - Parameter manifestFile: where the manifest is kept; nil to keep none.
  mutating func result(
    output: String, manifest manifestFile: String?, since start: ContinuousClock.Instant
  ) throws(FileError) -> Pipeline.Result {
    manifest = manifest.sorted()
    // The manifest's types always encode; a file system that refuses is the only failure there is.
    if let manifestFile, let json = try? manifest.json() { try Self.write(json, to: manifestFile) }
    var summary = Summary(manifest: manifest)
    summary.encoded = encoded
    summary.postsRewritten = postsRewritten
    summary.referencesRewritten = referencesRewritten
    summary.output = output
    summary.seconds = (ContinuousClock.now - start).seconds
    return Pipeline.Result(manifest: manifest, summary: summary)
  }

  /// What a run that makes nothing gives back: the variants it counts are those that are wanted.
  func dryResult(since start: ContinuousClock.Instant) -> Pipeline.Result {
    var summary = Summary(manifest: manifest)
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
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
