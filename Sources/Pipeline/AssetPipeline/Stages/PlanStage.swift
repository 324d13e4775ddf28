import AssetModel
import PageScanner
import SystemResources
import ThemeAnalysis
import VariantPlanner
import VariantWorkers

/// A site with everything that is to be made for it.
struct PlannedSite {
  let inspected: InspectedSite
  /// What the user chose, and what the site's theme adds to it.
  let configuration: Configuration
  /// What the site's stylesheets say about its images.
  let theme: ThemeFit
  /// The layouts and stylesheets that were looked for.
  let dependencies: Set<String>
  var plan: Plan
  /// The pictures whose URLs in scripts lead to lighter files in a build.
  var scripts = ScriptPictures()
  /// What each screen downloads without the run.
  let downloadsBefore: Downloads
  /// Whether posts may have `style` attributes: what a built page's policy says, its scan has found.
  var allowsStyle = true
  /// What is there already and need not be made, by source.
  var existing: [String: RenderOutcome] = [:]

  /// What has made the plan.
  var planner: VariantPlanner { VariantPlanner(options: configuration.plan) }

  /// The site, with what was wrong with the plan.
  var manifest: AssetManifest {
    var manifest = inspected.manifest
    manifest.problems += plan.problems
    return manifest
  }
}

/// The plan stage: which files are to be made of each image, from its references and the site's theme.
enum PlanStage {
  static var stage: Stage<InspectedSite, PlannedSite> {
    Stage("plan", plan) { site in
      site.plan.jobs.reduce(0) { $0 + $1.renditions.count }.counted("file")
        + " of \(site.plan.jobs.count.counted("image"))"
    }
  }

  private static func plan(_ site: InspectedSite, _ context: StageContext) throws -> PlannedSite {
    let pipeline = context.pipeline
    var configuration = pipeline.configuration
    let styles = ThemeStyles(root: pipeline.root, site: site.manifest.site)
    var theme = pipeline.log.stage("theme") {
      ThemeCache.fit(styles, site.manifest, screens: configuration.devices, cache: pipeline.cache)
    } outcome: { _ in
      styles.dependencies.count.counted("layout or stylesheet", "layouts and stylesheets") + " looked for"
    }
    configuration.plan = configuration.planOptions(for: site.manifest.site, theme: theme)
    var site = site
    ScriptedImages.keep(in: &site.manifest, by: theme)
    if site.manifest.site.kind == .html {
      CandidateWishes.assign(to: &site.manifest, options: configuration.plan)
      theme = PageMarkupFit.fit(site.manifest, options: configuration.plan)
      site.manifest.problems += PageMarkupFit.notes(site.manifest, options: configuration.plan)
      site.manifest.problems += PageMarkupFit.densities(site.manifest)
    }
    var planned = PlannedSite(
      inspected: site, configuration: configuration, theme: theme, dependencies: styles.dependencies,
      plan: VariantPlanner(options: configuration.plan).plan(site.manifest),
      downloadsBefore: try pipeline.downloads(of: site.manifest, context.cancellation))
    if site.manifest.site.kind != .html {
      planned.allowsStyle = !InlineStylePolicy.isForbidden(inSources: pipeline.root)
    }
    return planned
  }
}
