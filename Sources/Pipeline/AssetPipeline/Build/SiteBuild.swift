import AssetCache
import AssetModel
import Foundation
import GeneratorOracle
import PostScanner
import SiteFiles
import SystemResources

/// From a site to its finished pages: its own generator runs into a private folder, what came out is optimized, and the
/// result takes its place in one move.
///
/// ```swift
/// let build = SiteBuild(site: site, configuration: try Configuration(site: site, file: nil))
/// let result = try build.run()
/// print(result.destination, result.summary.downloads?["phone"] ?? 0, "bytes on a phone")
/// ```
///
/// It runs the site's programs: use it on sites that you trust. The call blocks, as those of ``Pipeline`` do.
public struct SiteBuild: Sendable {
  /// What is done.
  public struct Options: Sendable {
    /// Where the pages go, relative to the working folder; nil for where the generator would have put them.
    public var output: String?
    /// Whether to stop before an image is made: nothing is published.
    public var isDryRun = false
    /// Whether pages that pass a budget, or that a lint of the level `error` speaks of, are not published.
    public var checks = false
    /// Whether a browser measures first how wide the pages show their images, where that is not known yet.
    public var measures = false
    /// The configuration file that gains what is measured; nil for the site's own.
    public var configurationFile: String?
    /// Whether a copy of the site with lighter images in its posts is built in its place.
    public var rewritesSources = false
    /// Whether the generator runs once: images in pages that scripts render again get no candidates then.
    public var runsOnce = false

    /// Makes options for a build that is published where the generator would have put it.
    public init() {}
  }

  /// What a build came to.
  public struct Result: Sendable {
    /// The generator as its makers write it, or the user's own command.
    public var generator: String
    /// The command that was run.
    public var command: String
    /// How long the generator took, in seconds.
    public var generatorSeconds: Double
    /// How long everything took, in seconds.
    public var seconds: Double
    /// The folder that the pages are in now, absolute.
    public var destination: String
    /// How many files of it are new or changed.
    public var filesPublished: Int
    /// Whether the pages were held back because a budget is passed.
    public var isHeldBack = false
    /// What the pages weigh.
    public var figures = Figures()
    /// What a person should know of the build itself.
    public var notes: [String]
    /// What was made of the pages.
    public var pages: Pipeline.Result
  }

  let site: String
  let configuration: Configuration
  let options: Options
  /// Where images are opened, decoded and encoded.
  public var worker = RenderWorker.automatic
  /// What the stages do, and how long they take.
  public var log = Logger.off

  /// Makes the build of a site.
  public init(site: String, configuration: Configuration, options: Options = Options()) {
    self.site = site
    self.configuration = configuration
    self.options = options
  }

  /// Builds, optimizes and publishes.
  ///
  /// - Parameters:
  ///   - cancellation: stops the work when it is raised; what was published before is served still.
  ///   - show: called with what the generator prints, as it does.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, ``ConfigurationError``
  public func run(
    cancellation: Cancellation = Cancellation(), show: @escaping @Sendable (Data) -> Void = { _ in },
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> Result {
    try PipelineError.ofDeploys(cancellation) {
      let start = ContinuousClock.now
      let pipeline = try Pipeline(site: site, configuration: configuration)
      let (name, command, generator) = try command(pipeline)
      let cacheFolder = try configuration.cacheFolder(site: pipeline.root)
      let store = try BuildStore(cache: cacheFolder)
      defer { store.close() }
      var publication = Publication(
        source: store.optimized, destination: destination(command.destination, pipeline.root),
        record: store.publication, jobs: pipeline.jobs)
      try publication.check(site: pipeline.root.path)
      var notes: [String] = []
      let build = try DeployBuild(
        pipeline.root, command, seconds: configuration.buildSeconds, in: store.folder,
        cancellation: cancellation)
      defer { build.close() }
      let staged =
        options.rewritesSources
        ? try stagedSources(store, pipeline, notes: &notes, cancellation, progress) : nil
      let tools = Tools(
        pipeline: pipeline, store: store, build: build, staged: staged?.folder,
        skipped: skipped(pipeline, command, publication.destination), destination: publication.destination,
        cancellation: cancellation, progress: progress, show: show)
      var door = DoorBuild(self, generator, tools)
      var scripts = ScriptProof(self, tools)
      var (pages, chosen, built) = try made(tools, &door, &scripts, anew: false, command, staged, &notes)
      if try door?.lacksPictures(of: pages) == true {
        (pages, chosen, built) = try made(tools, &door, &scripts, anew: true, command, staged, &notes)
      }
      if let note = scripts.note(of: pages) { notes.append(note) }
      if let door, let note = door.note {
        built += door.seconds
        notes.append(note)
      }
      if let output = build.output {
        publication.destination = destination(output, pipeline.root)
        try publication.check(site: pipeline.root.path)
      }
      let figures =
        options.isDryRun ? Figures() : try self.figures(pages, store, pipeline, chosen, cancellation)
      let isHeldBack = options.checks && (figures.isOver || figures.isIncomplete)
      let published = options.isDryRun || isHeldBack ? 0 : try publication.run(cancellation).files
      return Result(
        generator: name, command: command.line, generatorSeconds: built,
        seconds: (ContinuousClock.now - start).seconds, destination: publication.destination,
        filesPublished: published, isHeldBack: isHeldBack, figures: figures, notes: notes + build.notes,
        pages: pages)
    }
  }

  /// What the parts of one build share.
  struct Tools {
    let pipeline: Pipeline
    let store: BuildStore
    let build: DeployBuild
    /// The copy of the sources that is built in their place.
    let staged: String?
    /// The folders that a private copy of the site goes without.
    let skipped: Set<String>
    /// Where the pages go, absolute.
    let destination: String
    let cancellation: Cancellation
    let progress: @Sendable (PipelineProgress) -> Void
    let show: @Sendable (Data) -> Void
  }

  /// Has the pages made by their generator, and makes them lighter.
  ///
  /// - Parameter anew: whether nothing is taken over from the last build.
  private func made(
    _ tools: Tools, _ door: inout DoorBuild?, _ scripts: inout ScriptProof, anew: Bool,
    _ command: DeployCommand, _ staged: (folder: String, sourcesOfFiles: [String: Source])?,
    _ notes: inout [String]
  ) throws -> (pages: Pipeline.Result, configuration: Configuration, seconds: Double) {
    let (store, pipeline) = (tools.store, tools.pipeline)
    tools.progress(.building(command: command.line))
    let begin = ContinuousClock.now
    var (chosen, seconds) = (configuration.ofPages, 0.0)
    if !anew, let opened = try door?.again() {
      try take(opened, to: store.pages, pipeline)
    } else {
      let isOpening = door.map { anew || !$0.isClosed } ?? false
      let plain = try tools.build.run(
        staged: tools.staged, isCopied: isOpening && door?.needsCopy == true, skipping: tools.skipped,
        show: tools.show)
      seconds = (ContinuousClock.now - begin).seconds
      let folder = isOpening ? store.plain : store.pages
      try take(plain, to: folder, pipeline)
      if options.measures {
        chosen = try measured(
          folder, hasDoor: isOpening, notes: &notes, tools.cancellation, tools.progress
        ).ofPages
      }
      if isOpening {
        let opened = try door?.open(chosen)
        try take(opened ?? store.plain, to: store.pages, pipeline)
      }
    }
    let sources = (staged?.sourcesOfFiles ?? [:]).merging(door?.sourcesOfFiles ?? [:]) { first, _ in first }
    var pages = try optimize(tools, chosen, sources, changesScripts: scripts.isOpen)
    if try !scripts.holds(pages) { pages = try optimize(tools, chosen, sources, changesScripts: false) }
    return (pages, chosen, seconds)
  }

  /// Takes over what a generator has made.
  private func take(_ fresh: String, to folder: String, _ pipeline: Pipeline) throws {
    removeConfiguration(from: fresh, pipeline.root)
    let changes = try FolderSync(fresh: fresh, folder: folder, jobs: pipeline.jobs).run()
    log(.info, "\(changes) files differ from the last build")
  }

  func command(_ pipeline: Pipeline) throws -> (
    name: String, command: DeployCommand, generator: DeployGenerator?
  ) {
    if let words = configuration.build {
      return (words.joined(separator: " "), DeployCommand(words: words, destination: "_site"), nil)
    }
    let scanner = PostScanner(root: pipeline.root, name: site, options: pipeline.scanOptions(output: ""))
    guard let generator = DeployGenerator(site: pipeline.root, kind: scanner.kind?.rawValue) else {
      throw DeployFailure(error: .unknownGenerator)
    }
    return (generator.name, DeployCommand(generator, site: pipeline.root), generator)
  }

  func destination(_ folder: String, _ root: SiteRoot) -> String {
    guard let output = options.output else { return root.absolute(folder) }
    let path = URL(fileURLWithPath: output).standardizedFileURL.path
    // A folder that exists may be reached through a symbolic link; what it leads to is what is replaced.
    return (try? SiteRoot(path).path) ?? path
  }

  /// Removes the site's configuration from its pages: generators publish what lies beside their sources.
  private func removeConfiguration(from pages: String, _ root: SiteRoot) {
    let copy = pages + "/" + Configuration.fileName
    guard let published = try? FileAccess.read(copy),
      let configuration = try? FileAccess.read(root.absolute(Configuration.fileName)),
      published == configuration
    else { return }
    unlink(copy)
  }

  /// The folders that a private copy of the site goes without.
  private func skipped(
    _ pipeline: Pipeline, _ command: DeployCommand, _ destination: String
  ) -> Set<String> {
    var folders = configuration.createdFolders
    let root = pipeline.root.path + "/"
    // Pages that were published elsewhere than the generator would.
    if command.readsAllFolders, options.output != nil, destination.hasPrefix(root) {
      folders.insert(String(destination.dropFirst(root.count)))
    }
    if let cache = pipeline.cacheInSite { folders.insert(cache) }
    return folders
  }

  private func optimize(
    _ tools: Tools, _ chosen: Configuration, _ sourcesOfFiles: [String: Source], changesScripts: Bool
  ) throws -> Pipeline.Result {
    let store = tools.store
    var pages = try Pipeline(site: store.pages, configuration: chosen, cache: tools.pipeline.cache)
    (pages.worker, pages.log, pages.sourcesOfFiles) = (worker, log, sourcesOfFiles)
    (pages.lightensOriginals, pages.resultsOfShrink) = (true, Self.resultsOfShrink(tools.pipeline.root))
    (pages.changesScripts, pages.isFolderOfBuild) = (changesScripts, true)
    return try store.filling(store.optimized) {
      try pages.optimize(
        output: store.optimized, dryRun: options.isDryRun, cancellation: tools.cancellation,
        progress: tools.progress)
    }
  }

  private func figures(
    _ pages: Pipeline.Result, _ store: BuildStore, _ pipeline: Pipeline, _ chosen: Configuration,
    _ cancellation: Cancellation
  ) throws -> Figures {
    try FiguresRecord.figures(of: pages, store, chosen) {
      var finished = try Pipeline(site: store.optimized, configuration: chosen, cache: pipeline.cache)
      (finished.worker, finished.isFolderOfBuild) = (worker, true)
      return try finished.weigh(cancellation: cancellation)
    }
  }
}

extension SiteBuild {
  /// The digests of pictures that `shrink` made, by the ledger of the site and that of its repository. One that cannot be
  /// read is told by the next `shrink`.
  private static func resultsOfShrink(_ site: SiteRoot) -> Set<String> {
    let top = Git.top(of: site.path).flatMap { try? SiteRoot($0.isEmpty ? "/" : $0) }
    return [site, top].compactMap(\.self).reduce(into: []) { digests, root in
      if let ledger = try? OriginalsLedger(root: root) { digests.formUnion(ledger.records.keys) }
    }
  }
}

extension PipelineError {
  /// Runs what builds a site for a deploy, and says of its errors that what was published before is served still.
  fileprivate static func ofDeploys<Result>(
    _ cancellation: Cancellation, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch  where cancellation.isRaised {
      throw PipelineError.cancelled
    } catch let error as DeployFailure {
      var diagnostic = error.diagnostic
      diagnostic.advice =
        (diagnostic.advice.map { $0 + "; " } ?? "") + "what was published before is untouched"
      throw PipelineError.generator(diagnostic)
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)", advice: "make room or choose another --output; what was published before is untouched")
    }
  }
}
