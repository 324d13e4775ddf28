import AssetModel
import Foundation
import GeneratorOracle
import SiteFiles
import SystemResources

/// A build of a site whose generator compiles posts into scripts: built once as it is, to learn what the images of its pages
/// would gain, and once more with a plugin that has the generator give them that. The second build counts where it is proven
/// to be the first but for that; what goes wrong leaves the first.
struct DoorBuild {
  let site: SiteBuild
  let generator: DeployGenerator
  let tools: SiteBuild.Tools
  /// What came of it, or of the last build where nothing of that has changed.
  private(set) var record: DoorRecord?
  /// How long the generator took with the plugin, in seconds.
  private(set) var seconds = 0.0
  /// Whether the pages were made with the map of the last build.
  private var isAgain = false
  private let key: String

  /// - Returns: nil where the generator has no such door, or nothing is to be made.
  init?(_ site: SiteBuild, _ generator: DeployGenerator?, _ tools: SiteBuild.Tools) {
    guard let generator, GeneratorDoor.generators.contains(generator), !site.options.isDryRun,
      !site.options.runsOnce
    else { return nil }
    guard let key = tools.siteKey(site.configuration) else { return nil }
    (self.site, self.generator, self.tools, self.key) = (site, generator, tools, key)
    record = DoorRecord.read(tools.store.doorRecord, key: key)
  }

  /// What a person is told of the door.
  var note: String? {
    guard let record else { return nil }
    if let closed = record.closed { return "\(generator.name) gives no image candidates itself: \(closed)" }
    let images = record.images.counted("image")
    return
      "\(generator.name) gives \(images) candidates itself, by \(GeneratorDoor.name(generator)) of this build, so that pages have"
      + " them after a link too"
  }

  /// Whether the plain pages are built in a private copy of the site, as the others are.
  var needsCopy: Bool { GeneratorDoor.needsCopy(generator) }

  /// Whether an earlier build said that there is no door, so that nothing is tried.
  var isClosed: Bool { record?.closed != nil }

  /// The pictures of which files were made, by the names of these.
  var sourcesOfFiles: [String: Source] { record?.sources ?? [:] }

  // MARK: What holds still

  /// Builds with the map of the last build.
  ///
  /// - Returns: the folder of the pages; nil where the site has to be built as it is first.
  /// - Throws: `FileError`, `Cancelled`
  mutating func again() throws -> String? {
    guard let record, record.closed == nil, let pictures = record.pictures,
      record.files.allSatisfy({ FileStamp(of: tools.store.widened + "/" + $0) != nil })
    else { return nil }
    do {
      let pages = try run(pictures, record.files)
      isAgain = true
      return pages
    } catch let error where Self.isOfGenerator(error) {
      try tools.cancellation.check()
      return nil
    }
  }

  /// Whether a page shows a picture that it did not show when the map was made: nobody has looked at that place.
  func lacksPictures(of result: Pipeline.Result) throws -> Bool {
    guard isAgain, !result.isUnchanged, let record else { return false }
    return try !Self.shown(result.manifest).isSubset(of: record.shown)
  }

  private static func shown(_ manifest: AssetManifest) -> Set<String> {
    Set(
      manifest.references.filter { $0.kind == .htmlImage && $0.status == .local }.compactMap { reference in
        reference.source.map { "\(reference.post)\n\($0)" }
      })
  }

  // MARK: What is found out

  /// Finds out what the images of the plain pages would gain, and builds the site so that they do.
  ///
  /// - Returns: the folder of the pages; nil where the plain ones are to be published.
  /// - Throws: ``PipelineError``, `FileError`, `Cancelled`
  mutating func open(_ configuration: Configuration) throws -> String? {
    var next = DoorRecord(key: key)
    var pages: String?
    do {
      pages = try open(configuration, &next)
    } catch let error where Self.isOfGenerator(error) {
      try tools.cancellation.check()
      next.closed =
        "its build with the plugin fails (\((error as? DeployFailure)?.diagnostic.message ?? "\(error)"))"
    } catch let error as GeneratorDoor.Closed {
      next.closed = error.reason
    }
    record = next
    next.write(to: tools.store.doorRecord)
    return next.closed == nil ? pages : nil
  }

  private static func isOfGenerator(_ error: any Error) -> Bool {
    error is DeployFailure || error is GeneratorOracleError
  }

  private mutating func open(_ configuration: Configuration, _ next: inout DoorRecord) throws -> String? {
    let manifest = try widened(configuration)
    let (store, jobs, cancellation) = (tools.store, tools.pipeline.jobs, tools.cancellation)
    let uses = try DoorUse.all(
      manifest, plain: store.plain, copy: store.widened, jobs: jobs, cancellation)
    var pictures = DoorPictures(
      uses, screens: configuration.devices, knowsPages: GeneratorDoor.knowsPages(generator))
    guard !pictures.isEmpty else {
      next.closed = "no image in its pages can gain any"
      return nil
    }
    try pictures.add(
      filesOf: tools.pipeline.root, like: manifest.sources, jobs: jobs, isSkipped: tools.isGenerated)
    keep(manifest, pictures, &next)
    let pages = try run(pictures.json, next.files)
    let proof = DoorProof(
      plain: store.plain, opened: pages, pictures: pictures, digests: DoorUse.digests(manifest),
      added: Set(next.files), jobs: jobs)
    switch try proof.verdict(cancellation) {
    case .differs(let difference): next.closed = "with the plugin \(difference)"
    case .same(images: 0): next.closed = "the plugin reaches no image of its pages"
    case .same(let images): next.images = images
    }
    return pages
  }

  /// The plain pages as they would be if nothing rendered them again.
  private func widened(_ configuration: Configuration) throws -> AssetManifest {
    let store = tools.store
    var chosen = configuration
    chosen.markup = .srcset
    var pipeline = try Pipeline(site: store.plain, configuration: chosen, cache: tools.pipeline.cache)
    (pipeline.worker, pipeline.log, pipeline.releasesFrameworks) = (site.worker, site.log, true)
    return try store.filling(store.widened) {
      try pipeline.optimize(
        output: store.widened, cancellation: tools.cancellation, progress: tools.progress
      ).manifest
    }
  }

  private func keep(_ manifest: AssetManifest, _ pictures: DoorPictures, _ next: inout DoorRecord) {
    let names = pictures.names
    let sources = Dictionary(
      manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for variant in manifest.variants {
      let name = (variant.path as NSString).lastPathComponent
      guard names.contains(name) else { continue }
      next.files.append(variant.path)
      next.sources[name] = sources[variant.source]
    }
    next.files = Set(next.files).sorted()
    (next.pictures, next.shown) = (pictures.json, Self.shown(manifest))
  }

  /// Builds the site with the plugin, and adds the files that it names.
  private mutating func run(_ pictures: String, _ files: [String]) throws -> String {
    let folder = tools.build.folder(staged: tools.staged)
    let door = try GeneratorDoor(
      generator, site: tools.pipeline.root, in: folder, pictures: pictures, stamp: key)
    tools.progress(.building(command: "\(generator.name) with \(GeneratorDoor.name(generator))"))
    let begin = ContinuousClock.now
    defer { seconds += (ContinuousClock.now - begin).seconds }
    let pages = try tools.build.run(
      door, files: tools.store.door, staged: tools.staged, skipping: tools.skipped, show: { _ in })
    try DoorFeeds.clean(pages)
    for file in files {
      let target = pages + "/" + file
      try FileAccess.makeFolder(FileAccess.folder(of: target))
      try FileAccess.write(try FileAccess.read(tools.store.widened + "/" + file), to: target)
    }
    return pages
  }
}
