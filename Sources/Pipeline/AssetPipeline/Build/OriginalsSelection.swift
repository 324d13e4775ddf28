import AssetModel
import PostRewriter
import SystemResources
import VariantWorkers

/// The pictures of a built site that may be published with other bytes, and what is to be said of the others.
struct OriginalsSelection {
  /// Every picture that is not to be published as it is by what the user chose.
  private(set) var all: [Source] = []
  /// Those of them that may become lighter.
  private(set) var wanted: [Source] = []
  private(set) var problems: [Diagnostic] = []

  private static let formats: Set<ImageFormat> = [.avif, .gif, .jpeg, .png, .webp]

  /// - Parameters:
  ///   - files: the site's files.
  ///   - texts: what the site's texts say; nil where nobody has looked yet.
  ///   - replaced: URLs in the place of which scripts get others.
  /// - Throws: `Cancelled`
  init(
    _ files: [String], _ texts: BuiltTexts?, _ configuration: Configuration, replaced: Set<String>,
    _ context: StageContext
  ) throws {
    let pipeline = context.pipeline
    let pictures = files.filter { path in
      ImageFormat(fileName: path).map(Self.formats.contains) == true && VariantMark.of(path) == nil
    }
    guard !pictures.isEmpty else { return }
    let inspector = InspectionCache(
      root: pipeline.root, limits: configuration.sourceLimits, cache: pipeline.cache,
      program: pipeline.workerProgram)
    let inspections = try inspector.inspect(
      pictures, jobs: pipeline.jobs, cancellation: context.cancellation)
    // What is wrong with files that pages show is told by the stage that inspects those.
    all = inspections.compactMap(\.source).filter {
      Self.formats.contains($0.format) && $0.width > 0
        && configuration.originals.wish(published: $0, configuration) != nil
    }
    guard !all.isEmpty else { return }
    let texts = try texts ?? BuiltTexts(files, of: pipeline, context.cancellation)
    let results = all.filter { pipeline.resultsOfShrink.contains($0.sha256) }
    let named = all.filter { texts.nameContent(of: $0.path) }
    let excluded = Set((results + named).map(\.path))
    wanted = all.filter { !excluded.contains($0.path) }
    problems = [
      Self.stay(named, "\(texts.digesting ?? "a text of the site") names what is in it by a hash"),
      Self.stay(results, "shrink made it lighter before, and a second time would show"),
      Self.note(on: texts.scriptURLs(of: Set(all.map(\.path)), but: replaced)),
    ].compactMap(\.self)
  }

  /// The pictures of a site's sources that its template shows by their own files, and that nothing else shows.
  init(of manifest: AssetManifest, _ configuration: Configuration, _ context: StageContext) {
    guard let hook = manifest.site.fileHook else { return }
    var shown: [String: Bool] = [:]
    for reference in manifest.references {
      guard let source = reference.source else { continue }
      let isByHook = reference.obstacle == hook.reason && hook.mayBeLighter(source, of: reference.post)
      shown[source] = (shown[source] ?? true) && isByHook
    }
    all = manifest.sources.filter {
      shown[$0.path] == true && Self.formats.contains($0.format) && $0.width > 0
        && configuration.originals.wish(published: $0, configuration) != nil
    }
    wanted = all.filter { !context.pipeline.resultsOfShrink.contains($0.sha256) }
  }

  /// One note for pictures that are published as they are.
  private static func stay(_ sources: [Source], _ reason: String) -> Diagnostic? {
    guard let first = sources.first else { return nil }
    return Diagnostic(
      .note, .passedThrough, file: first.path,
      message: "published as it is: \(reason)"
        + (sources.count > 1
          ? "; and so \(sources.count == 2 ? "is 1 more" : "are \(sources.count - 1) more")" : ""),
      figures: ["pictures": Double(sources.count)])
  }

  /// What scripts load stays in its own format: their strings are left alone.
  private static func note(on usage: (urls: Int, scripts: [String])) -> Diagnostic? {
    guard let first = usage.scripts.first else { return nil }
    let scripts = usage.scripts.count.counted("script")
    return Diagnostic(
      .note, .referenceKept, file: first,
      message: "\(usage.urls.counted("URL of an image", "URLs of images")) in \(scripts)"
        + " \(usage.urls == 1 ? "stays" : "stay"): after a link pages load these files, in their own formats and sizes",
      figures: ["urls": Double(usage.urls)])
  }
}
