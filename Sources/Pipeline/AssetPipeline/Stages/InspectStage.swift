import AssetModel
import SystemResources
import VariantWorkers

/// A site with its image references and what the headers of its image files say.
struct InspectedSite {
  var manifest: AssetManifest
  /// Paths that were looked for beside the listing of the site.
  var dependencies: [String]
  /// Whether the same site gives the same at another time.
  var isCacheable: Bool
}

/// The inspect stage: reads the headers of the files that references lead to.
enum InspectStage {
  static var stage: Stage<ScannedSite, InspectedSite> {
    Stage("inspect", inspect) { $0.manifest.sources.count.counted("image file") }
  }

  private static func inspect(_ site: ScannedSite, _ context: StageContext) throws -> InspectedSite {
    let pipeline = context.pipeline
    var manifest = site.manifest
    let paths = Set(manifest.references.compactMap { $0.status == .local ? $0.source : nil }).sorted()
    context.progress(.inspecting(sources: paths.count))
    let inspector = InspectionCache(
      root: pipeline.root, limits: pipeline.configuration.sourceLimits, cache: pipeline.cache,
      program: pipeline.workerProgram)
    let inspections = try inspector.inspect(
      paths, written: pipeline.writtenImages, jobs: pipeline.jobs, cancellation: context.cancellation)
    manifest.sources += inspections.compactMap(\.source)
    manifest.problems += folded(inspections.flatMap(\.problems), of: manifest.site)
    // What pages load does not depend on what is to be made of it.
    if pipeline.isForWeight, manifest.site.kind == .html {
      return InspectedSite(
        manifest: manifest.sorted(), dependencies: site.dependencies, isCacheable: site.isCacheable)
    }
    manifest.problems += pipeline.configuration.imageOverrides.assign(to: &manifest)
    manifest.problems += RenderHookEligibility.evaluate(&manifest)
    manifest.problems += SlotNotes(pipeline.configuration).problems(of: manifest)
    return InspectedSite(
      manifest: manifest.sorted(), dependencies: site.dependencies, isCacheable: site.isCacheable)
  }

  /// The problems with one line for all files of a built site whose names tell another format: its generator named them.
  private static func folded(_ problems: [Diagnostic], of site: Site) -> [Diagnostic] {
    let misnamed = problems.filter { $0.rule == .extensionMismatch }
    guard site.kind == .html, misnamed.count > 1, let first = misnamed.min(by: { $0.file < $1.file }) else {
      return problems
    }
    let line = Diagnostic(
      first.severity, first.rule, file: first.file,
      message:
        "\(misnamed.count) files hold another format than their names tell, this the first: \(first.message)",
      advice: "variants are named by content", figures: ["files": Double(misnamed.count)])
    return problems.filter { $0.rule != .extensionMismatch } + [line]
  }
}
