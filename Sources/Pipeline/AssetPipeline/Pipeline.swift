import AssetCache
import AssetModel
import Foundation
import PageScanner
import PostRewriter
import PostScanner
import SiteFiles
import SizeBudget
import SystemResources
import VariantPlanner
import VariantWorkers

/// Wires the stages: a site in; its manifest, or a staged copy with lighter images, out.
///
/// ```swift
/// let configuration = try Configuration(site: site, file: nil)
/// let pipeline = try Pipeline(site: site, configuration: configuration)
/// let result = try await pipeline.optimize(output: output)
/// for problem in result.problems where problem.severity != .note { print(problem) }
/// print(result.summary.variants, "variants,", result.summary.downloads?["phone"] ?? 0, "bytes on a phone")
/// ```
///
/// The calls that take a `Cancellation` block, for as long as the images take. Call them from a thread of your own or from a
/// Dispatch queue, not from Swift's cooperative threads. Those that are `async` do the same on a thread of their own.
public struct Pipeline: Sendable {
  /// What ``optimize(output:dryRun:cancellation:progress:)`` gives back.
  public struct Result: Sendable {
    private enum Content {
      case manifest(AssetManifest)
      /// The file of the manifest that an earlier run wrote, and what was wrong with the cache since.
      case file(String, [Diagnostic])
    }

    /// The site.
    public let site: Site
    /// What a person should know, in the order of problems.
    public let problems: [Diagnostic]
    /// The run in figures.
    public let summary: Summary
    /// Posts whose copy this run wrote anew; the others were right already.
    public var postsWritten = 0
    /// Whether nothing had changed since an earlier run, so that nothing was done.
    public let isUnchanged: Bool
    /// What the result weighs; nil where nothing was done, or it could not be weighed.
    var weight: SiteWeight?
    private let content: Content

    init(manifest: AssetManifest, summary: Summary) {
      (site, problems, self.summary) = (manifest.site, manifest.problems, summary)
      isUnchanged = false
      content = .manifest(manifest)
    }

    init(_ record: RunCache.Record, manifest: String, cache: [Diagnostic], seconds: Double) {
      site = record.site
      problems = record.problems + cache
      var summary = record.summary
      summary.seconds = seconds
      self.summary = summary
      isUnchanged = true
      content = .file(manifest, cache)
    }

    /// The site, its images, and what was made of them. Of a run with nothing to do it is read from the output folder.
    public var manifest: AssetManifest {
      get throws {
        switch content {
        case .manifest(let manifest): return manifest
        case .file(let path, let problems):
          var manifest = try AssetManifest(file: path)
          manifest.problems += problems
          return manifest
        }
      }
    }
  }

  let site: String
  let root: SiteRoot
  let configuration: Configuration
  let cache: AssetCache
  private let cacheFolder: String?
  /// The cache's folder relative to the site, where it lies in it: no part of the site.
  let cacheInSite: String?
  /// Gives the author's text of posts that were edited in place; nil where there are none.
  var text: TextOverlay?
  /// Image files that a run has just put here, by their paths: what they are is known without opening them.
  var writtenImages: [String: Source] = [:]
  /// Whether originals are made lighter in the copy, at their own URLs: the copy is a build that is published.
  var lightensOriginals = false
  /// The digests of pictures that `shrink` has made of the author's: they are not made lighter a second time.
  var resultsOfShrink: Set<String> = []
  /// The pictures of which files in the pages were made before those were built, by the names of these files: what a page
  /// makes a screen download without any of that.
  var sourcesOfFiles: [String: Source] = [:]
  /// Whether URLs in scripts, and in the pages that these render again, may lead to other files of the same pictures.
  var changesScripts = false
  /// Whether the site is one of the folders of a build, which nobody else writes to.
  var isFolderOfBuild = false
  /// Whether only what pages load is asked for, and nothing is to be made of them.
  private(set) var isForWeight = false
  /// Whether images gain candidates on pages that a framework renders again: what its generator could be told to give them.
  var releasesFrameworks = false
  /// Where images are opened, decoded and encoded.
  public var worker = RenderWorker.automatic
  /// What the stages do, and how long they take.
  public var log = Logger.off

  /// Opens a site.
  ///
  /// - Parameters:
  ///   - site: the site's root folder.
  ///   - configuration: what the user chose.
  /// - Throws: ``PipelineError/noSite(_:)``; ``ConfigurationError`` for a cache that leads out of the site.
  public init(site: String, configuration: Configuration) throws {
    let root = try Self.open(site)
    let folder = try configuration.cacheFolder(site: root)
    self.init(
      site: site, root: root, configuration: configuration, cache: AssetCache(folder: folder),
      cacheFolder: folder)
  }

  /// Opens a site with a cache that is open already.
  package init(site: String, configuration: Configuration, cache: AssetCache) throws(PipelineError) {
    self.init(
      site: site, root: try Self.open(site), configuration: configuration, cache: cache, cacheFolder: nil)
  }

  private init(
    site: String, root: SiteRoot, configuration: Configuration, cache: AssetCache, cacheFolder: String?
  ) {
    self.site = site
    self.root = root
    self.configuration = configuration
    self.cache = cache
    self.cacheFolder = cacheFolder
    cacheInSite = cacheFolder.flatMap { folder in
      folder.hasPrefix(root.path + "/") ? String(folder.dropFirst(root.path.count + 1)) : nil
    }
  }

  /// The same for another folder, as that of a run's copy.
  func sibling(at site: String) throws(PipelineError) -> Pipeline {
    var pipeline = try Pipeline(site: site, configuration: configuration, cache: cache)
    (pipeline.worker, pipeline.log) = (worker, log)
    return pipeline
  }

  /// The name of the file that keeps the manifest of a run's copy.
  private var manifestName: String {
    lightensOriginals ? AssetManifest.buildFileName : AssetManifest.fileName
  }

  /// The same for a question about bytes alone.
  var forWeight: Pipeline {
    var pipeline = self
    pipeline.isForWeight = true
    return pipeline
  }

  var workerProgram: WorkerProgram? { worker.program }

  private static func open(_ site: String) throws(PipelineError) -> SiteRoot {
    do throws(FileError) {
      return try SiteRoot(site)
    } catch {
      throw PipelineError.noSite(
        "no such site: \(error)", advice: "name the folder that holds the site's sources")
    }
  }

  var jobs: Int { configuration.jobs ?? Cores.available }

  /// Finds every image reference of the site and reads the headers of the files they lead to. Nothing is decoded
  /// and nothing is written.
  ///
  /// - Parameters:
  ///   - output: where a staged copy is or will be, which is not part of the site.
  ///   - cancellation: stops the work when it is raised.
  ///   - progress: called as the work goes on.
  /// - Throws: ``PipelineError``
  public func scan(
    output: String? = nil, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> AssetManifest {
    // What was found out is written in the background, and a program that ends would lose it.
    defer { cache.finish() }
    var manifest = try inspected(output: output, cancellation, progress: progress).manifest
    manifest.problems += altProblems(of: manifest)
    return manifest.sorted()
  }

  func altProblems(of manifest: AssetManifest) -> [Diagnostic] {
    AltLint(missing: configuration.missingAlt, empty: configuration.emptyAlt).problems(
      of: manifest.references)
  }

  /// The site with its references and the headers of its images.
  func inspected(
    output: String? = nil, _ cancellation: Cancellation,
    progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> InspectedSite {
    try PipelineError.whenStopped {
      try Stages.inspection.run(
        (), StageContext(self, output: absoluteOutput(output), cancellation, progress))
    }
  }

  /// Makes a staged copy of the site whose posts carry lighter images. The site itself is only read.
  ///
  /// - Parameters:
  ///   - output: the folder to fill, relative to the working folder; nil for the configuration's, in the site.
  ///   - dryRun: whether to stop before anything is made; the summary then says what would be.
  ///   - cancellation: stops the work when it is raised: nothing more is written then.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``
  public func optimize(
    output: String? = nil, dryRun: Bool = false, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> Result {
    let start = ContinuousClock.now
    // Also of a run that ends early: what it has made and found out is the next one's.
    defer { cache.finish() }
    if output == nil, root.resolve(configuration.output) == .outside {
      throw PipelineError.badOutput(
        "\(configuration.output) leads out of the site through a symbolic link",
        advice: "--output takes any folder")
    }
    let folder = absoluteOutput(output)
    if let cacheFolder, (cacheFolder + "/").hasPrefix(folder + "/") {
      throw PipelineError.badOutput(
        "the cache \(cacheFolder) lies in the output folder, from which everything is removed that is not part of the"
          + " result", advice: "choose another place with --cache or --output")
    }
    let staged: StagedSite
    do {
      staged = try StagedSite(
        site: root, output: folder, excluding: [cacheInSite].compactMap(\.self), isDeployed: isBuilt)
    } catch {
      throw PipelineError.badOutput(Diagnostic(.badOutput, of: error))
    }
    let memory = dryRun ? nil : runMemory(output: folder, named: output ?? folder, staged)
    let listing = try? memory?.listing()
    if let memory, let listing, let record = memory.remembered(listing) {
      log(.info, "nothing has changed since the last run")
      return Result(
        record, manifest: memory.manifestFile, cache: cache.problems,
        seconds: (ContinuousClock.now - start).seconds)
    }
    let context = StageContext(self, output: folder, cancellation, progress)
    let planned = try PipelineError.whenStopped { try Stages.plan.run((), context) }
    if let refusal = SourcesToBuild.refusal(toRewrite: planned.manifest.site, of: root, configuration) {
      throw refusal
    }
    if dryRun { return planned.result(since: start) }
    do {
      let survey = try staged.survey(
        folder: planned.configuration.plan.folder, further: RenderHookFiles.all + DoorFiles.all)
      try staged.prepare(survey)
      var written = try Stages.staging(
        staged, survey, lightensOriginals: lightensOriginals, hook: planned.manifest.site.fileHook
      ).run(planned, context)
      written.unnamed = Summary.Unnamed(survey, planned.manifest)
      written.weight = weight(in: folder, holding: written.published, cancellation)
      written.manifest.problems += advice(onCopyAt: folder, of: written.manifest.site)
      // What goes wrong with the last notes is told with the rest.
      cache.finish()
      let file = staged.records + "/" + manifestName
      let result = try written.result(output: output ?? folder, manifest: file, cache: cache, since: start)
      let site = planned.inspected
      if let memory, let listing, site.isCacheable {
        memory.record(
          result, listing, dependencies: site.dependencies + planned.dependencies.sorted(),
          until: written.until)
      }
      return result
    } catch let error as StagedSiteError {
      if case .leadsOut = error { throw PipelineError.refused(error.diagnostic) }
      throw PipelineError.badOutput(error.diagnostic)
    } catch is Cancelled {
      cache.close()
      throw PipelineError.cancelled
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)",
        advice:
          "the output is incomplete; the site itself is untouched; make room or choose another --output, then"
          + " run again")
    }
  }

  /// Watches the site for changes that concern a run: those of its own files, and not of what runs write.
  ///
  /// - Throws: `FileError`
  package func watcher(output: String?) throws -> FolderWatcher {
    let staged = try? StagedSite(
      site: root, output: absoluteOutput(output), excluding: [cacheInSite].compactMap(\.self),
      isDeployed: isBuilt)
    let skipped = StagedSite.skippedFolders
    return try FolderWatcher(root: root.path) { folder in
      staged?.isSkipped(folder) ?? skipped.contains(folder)
    }
  }

  /// What remembers whole runs; nil where a run has to be done each time: a generator may do anything, and a folder that is
  /// no site has an error to tell.
  private func runMemory(output: String, named: String, _ staged: StagedSite) -> RunCache? {
    guard configuration.oracle == .builtIn else { return nil }
    let options = scanOptions(output: output)
    let outline: SiteOutline
    do {
      outline = try PostScanner(root: root, name: site, options: options).outline()
    } catch {
      // A tree of pages is the only site that is none of the generators'.
      let excluded = Set(options.excludedFolders)
      outline = SiteOutline(digest: "\(error)") {
        excluded.contains($0) || PageScanner.skippedFolders.contains($0)
      }
    }
    return RunCache(
      root: root, site: site, output: output, outputName: named, staged: staged,
      configuration: configuration, outline: outline, cache: cache, manifestName: manifestName,
      changesScripts: changesScripts)
  }

  func absoluteOutput(_ output: String?) -> String {
    let path = output ?? (configuration.output.hasPrefix("/") ? "" : root.path + "/") + configuration.output
    var absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    // A folder that exists may be reached through a symbolic link; its real place is what counts.
    if let real = try? SiteRoot(absolute) { absolute = real.path }
    return absolute
  }
}
