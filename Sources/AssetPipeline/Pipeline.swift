import AssetCache
import Foundation
import Machine
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

  let site: String
  let root: SiteRoot
  let configuration: Configuration
  let cache: AssetCache
  /// Gives the author's text of posts that were edited in place; nil where there are none.
  var text: (@Sendable (_ path: String, _ file: Data) -> Data)?

  /// Opens a site.
  ///
  /// - Parameters:
  ///   - site: the site's root folder.
  ///   - configuration: what the user chose.
  /// - Throws: ``PipelineError/noSite(_:)``
  public init(site: String, configuration: Configuration) throws(PipelineError) {
    try self.init(site: site, configuration: configuration, cache: AssetCache(folder: nil))
  }

  /// Opens a site with a cache that is open already.
  package init(site: String, configuration: Configuration, cache: AssetCache) throws(PipelineError) {
    self.site = site
    self.configuration = configuration
    self.cache = cache
    do throws(FileError) {
      root = try SiteRoot(site)
    } catch {
      throw PipelineError.noSite("no such site: \(error) (name the folder that holds the site's sources)")
    }
  }

  var jobs: Int { configuration.jobs ?? Cores.available }

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
    var manifest = try findReferences(output: absoluteOutput(output), progress: progress)
    let paths = Set(manifest.references.compactMap { $0.status == .local ? $0.source : nil }).sorted()
    progress(.inspecting(sources: paths.count))
    let inspector = SourceInspector(
      root: root, limits: SourceLimits(maxPixels: configuration.maxPixels))
    for inspection in Parallel.map(paths, jobs: jobs, { inspector.inspect($0) }) {
      if let source = inspection.source { manifest.sources.append(source) }
      manifest.problems += inspection.problems
    }
    manifest.problems += configuration.treatments.assign(to: &manifest)
    return manifest.sorted()
  }

  private func findReferences(
    output: String, progress: @Sendable (PipelineProgress) -> Void
  ) throws -> AssetManifest {
    var options = ScanOptions()
    options.jobs = jobs
    options.kind = configuration.kind
    options.frontMatterFields = configuration.frontMatterFields
    options.furtherFields = configuration.treatments.rules.compactMap(\.field)
    options.tags = configuration.tags
    options.variantFolder = configuration.folder
    options.text = text
    if output.hasPrefix(root.path + "/") {
      options.excludedFolders = [String(output.dropFirst(root.path.count + 1))]
    }
    if configuration.kind == .html {
      if let built = try scanPages(excluded: options.excludedFolders, reason: "as --kind says") {
        return built
      }
      throw PipelineError.noSite("\(site): error: there is no HTML file in it (name a built site's folder)")
    }
    do {
      var found = try PostScanner(root: root, name: site, options: options).scan()
      if configuration.judge == .generator {
        progress(.judging)
        let judged = JudgedScan(
          root: root, configuration: configuration, jobs: jobs, excluded: options.excludedFolders, text: text)
        found = try judged.judge(found) { confirmed in
          options.confirmed = confirmed
          return try PostScanner(root: root, name: site, options: options).scan()
        }
      }
      return AssetManifest(
        site: found.site, posts: found.posts, references: found.references, problems: found.problems)
    } catch let error as ScanError {
      // A site whose configuration cannot be read is that site still, and no tree of pages.
      if case .unknownSite = error,
        let built = try scanPages(excluded: options.excludedFolders, reason: "a tree of HTML files")
      {
        return built
      }
      throw PipelineError.noSite("\(error)")
    } catch let error as FileError {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  /// The site as a tree of HTML files; nil where there is none.
  private func scanPages(excluded: [String], reason: String) throws -> AssetManifest? {
    let described = Site(kind: .html, reason: reason, root: site)
    let scanner = PageScanner(root: root, site: described, excluded: excluded, jobs: jobs)
    let found = try scanner.scan()
    guard !found.posts.isEmpty else { return nil }
    var problems = found.problems
    if configuration.judge == .generator {
      problems.append(
        Problem(
          .note, .notJudged, file: ".",
          message: "built pages are read as browsers read them, without the generator as judge"))
    }
    return AssetManifest(
      site: described, posts: found.posts, references: found.references, problems: problems)
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
    var run = OptimizeRun(
      root: root, configuration: configuration, jobs: jobs,
      manifest: try scan(output: output, progress: progress))
    if dryRun { return run.dryResult(since: start) }
    do throws(FileError) {
      try staged.prepare()
      let records = folder + "/" + StagedSite.recordFolder
      try run.render(into: folder, cache: cache, progress: progress)
      progress(.writing)
      try run.stage(staged)
      return try run.result(output: output ?? folder, manifest: records + "/manifest.json", since: start)
    } catch {
      throw PipelineError.fileSystem(
        "\(error) (the output is incomplete; the site itself is untouched; make room or choose another"
          + " --output, then run again)")
    }
  }

  private func absoluteOutput(_ output: String?) -> String {
    let path = output ?? (configuration.output.hasPrefix("/") ? "" : root.path + "/") + configuration.output
    var absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    // A folder that exists may be reached through a symbolic link; its real place is what counts.
    if let real = try? SiteRoot(absolute) { absolute = real.path }
    return absolute
  }
}
