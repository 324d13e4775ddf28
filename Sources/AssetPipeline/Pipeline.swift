import Foundation
import Manifest
import PageScanner
import PostRewriter
import PostScanner
import SiteFiles
import VariantPlanner
import VariantWorkers

/// Wires the stages: a site in; its manifest, or a staged copy with lighter images, out.
///
/// The calls block, for as long as the images take. Call them from a thread of your own or from a Dispatch queue,
/// not from Swift's cooperative pool.
public struct Pipeline: Sendable {
  /// What ``optimize(output:dryRun:progress:)`` gives back.
  public struct Result: Sendable {
    /// The site, its images, and what was made of them.
    public var manifest: AssetManifest
    /// The run in figures.
    public var summary: Summary
  }

  private let site: String
  private let root: SiteRoot
  private let configuration: Configuration

  /// Opens a site.
  ///
  /// - Parameters:
  ///   - site: the site's root folder.
  ///   - configuration: what the user chose.
  /// - Throws: ``PipelineError/noSite(_:)``
  public init(site: String, configuration: Configuration) throws(PipelineError) {
    self.site = site
    self.configuration = configuration
    do throws(FileError) {
      root = try SiteRoot(site)
    } catch {
      throw PipelineError.noSite("no such site: \(error) (name the folder that holds the site's sources)")
    }
  }

  private var jobs: Int { configuration.jobs ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Finds every image reference of the site and reads the headers of the files they lead to. Nothing is decoded
  /// and nothing is written.
  ///
  /// - Parameters:
  ///   - output: where a staged copy is or will be, which is not part of the site.
  ///   - progress: called as the work goes on.
  /// - Throws: ``PipelineError``
  public func scan(
    output: String? = nil, progress: @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> AssetManifest {
    progress(.scanning)
    var manifest = try findReferences(output: absoluteOutput(output))
    let paths = Set(manifest.references.compactMap { $0.status == .local ? $0.source : nil }).sorted()
    progress(.inspecting(sources: paths.count))
    let inspector = SourceInspector(
      root: root, limits: SourceLimits(maxPixels: configuration.maxPixels))
    for inspection in Parallel.map(paths, jobs: jobs, { inspector.inspect($0) }) {
      if let source = inspection.source { manifest.sources.append(source) }
      manifest.problems += inspection.problems
    }
    return manifest.sorted()
  }

  private func findReferences(output: String) throws -> AssetManifest {
    var options = ScanOptions()
    options.jobs = jobs
    if let fields = configuration.frontMatterFields { options.frontMatterFields = fields }
    if output.hasPrefix(root.path + "/") {
      options.excludedFolders = [String(output.dropFirst(root.path.count + 1))]
    }
    do {
      let found = try PostScanner(root: root, name: site, options: options).scan()
      return AssetManifest(
        site: found.site, posts: found.posts, references: found.references, problems: found.problems)
    } catch let error as ScanError {
      if let built = try scanPages(excluded: options.excludedFolders) { return built }
      throw PipelineError.noSite("\(error)")
    } catch let error as FileError {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  /// The site as a tree of HTML files; nil where there is none.
  private func scanPages(excluded: [String]) throws -> AssetManifest? {
    let described = Site(kind: .html, reason: "a tree of HTML files", root: site)
    let scanner = PageScanner(root: root, site: described, excluded: excluded, jobs: jobs)
    let found = try scanner.scan()
    guard !found.posts.isEmpty else { return nil }
    return AssetManifest(
      site: described, posts: found.posts, references: found.references, problems: found.problems)
  }

  /// Makes a staged copy of the site whose posts carry lighter images. The site itself is only read.
  ///
  /// - Parameters:
  ///   - output: the folder to fill, relative to the working folder; nil for the configuration's, in the site.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func optimize(
    output: String? = nil, dryRun: Bool = false,
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> Result {
    let start = ContinuousClock.now
    let folder = absoluteOutput(output)
    let staged: StagedSite
    do {
      staged = try StagedSite(site: root, output: folder, destination: nil)
    } catch {
      throw PipelineError.badOutput("\(error)")
    }
    var manifest = try scan(output: output, progress: progress)
    let plan = VariantPlanner(options: configuration.plan).plan(manifest)
    manifest.problems += plan.problems
    if dryRun {
      var summary = Summary(manifest: manifest.sorted())
      summary.variants = plan.jobs.reduce(0) { $0 + $1.renditions.count }
      summary.seconds = (ContinuousClock.now - start).seconds
      return Result(manifest: manifest.sorted(), summary: summary)
    }
    do throws(FileError) {
      try staged.prepare()
      let encoded = try render(plan.jobs, into: folder, manifest: &manifest, progress: progress)
      progress(.writing)
      let rewritten = try rewrite(&manifest)
      manifest = manifest.sorted()
      let variants = Set(manifest.variants.map(\.path))
      _ = try staged.fill(replacing: rewritten.posts, adding: variants)
      try writeRecord(manifest, in: folder)
      var summary = Summary(manifest: manifest)
      summary.encoded = encoded
      summary.postsRewritten = rewritten.posts.count
      summary.referencesRewritten = rewritten.edits
      summary.output = output ?? folder
      summary.seconds = (ContinuousClock.now - start).seconds
      return Result(manifest: manifest, summary: summary)
    } catch {
      throw PipelineError.fileSystem(
        "\(error) (the output is incomplete; the site itself is untouched; make room or choose another"
          + " --output, then run again)")
    }
  }

  /// Has the images made, and puts what came of it into the manifest. Gives the number of files encoded.
  private func render(
    _ jobs: [RenderJob], into folder: String, manifest: inout AssetManifest,
    progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws(FileError) -> Int {
    let recordPath = folder + "/" + StagedSite.recordFolder + "/renders.json"
    // A record that cannot be read costs time and nothing else: every file is then made again.
    let record = (try? RenderRecord(json: FileAccess.read(recordPath))) ?? RenderRecord()
    let pool = RenderPool(root: root, output: folder, folder: configuration.folder, jobs: self.jobs)
    progress(.rendering(done: 0, of: jobs.count))
    let result = pool.render(jobs, record: record) { progress(.rendering(done: $0.finished, of: $0.total)) }
    if let json = try? result.record.json() { try write(json, to: recordPath) }
    if let failure = result.writeFailure { throw failure }
    let known = Dictionary(
      result.outcomes.map { ($0.source.sha256, $0.source) }, uniquingKeysWith: { first, _ in first })
    for index in manifest.sources.indices {
      // The pixels told what the header could not.
      guard let source = known[manifest.sources[index].sha256] else { continue }
      manifest.sources[index].content = source.content
      manifest.sources[index].alpha = source.alpha
    }
    for outcome in result.outcomes {
      manifest.variants += outcome.variants
      manifest.problems += outcome.problems
    }
    return result.outcomes.reduce(0) { $0 + $1.encoded }
  }

  private func rewrite(
    _ manifest: inout AssetManifest
  ) throws(FileError) -> (posts: [String: Data], edits: Int) {
    var options = RewriteOptions()
    options.markup = configuration.plan.markup
    options.srcsetFormat = configuration.plan.srcsetFormat
    options.sizes = configuration.sizes
    options.widestRung = configuration.plan.widths.max() ?? 0
    let rewriter = PostRewriter(manifest: manifest, options: options)
    var posts: [String: Data] = [:]
    var edits = 0
    for post in manifest.posts {
      let result = rewriter.rewrite(post, bytes: try FileAccess.read(root.absolute(post.path)))
      posts[post.path] = result.bytes
      edits += result.edited
      manifest.problems += result.problems
    }
    return (posts, edits)
  }

  private func writeRecord(_ manifest: AssetManifest, in folder: String) throws(FileError) {
    // The manifest's types always encode; a file system that refuses is the only failure there is.
    guard let json = try? manifest.json() else { return }
    try write(json, to: folder + "/" + StagedSite.recordFolder + "/manifest.json")
  }

  /// Writes a file unless it holds the bytes already.
  private func write(_ data: Data, to path: String) throws(FileError) {
    if let old = try? FileAccess.read(path), old == data { return }
    try FileAccess.write(data, to: path)
  }

  private func absoluteOutput(_ output: String?) -> String {
    let path = output ?? (configuration.output.hasPrefix("/") ? "" : root.path + "/") + configuration.output
    var absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    // A folder that exists may be reached through a symbolic link; its real place is what counts.
    if let real = try? SiteRoot(absolute) { absolute = real.path }
    return absolute
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
