import AssetModel
import VariantPlanner

extension Configuration {
  /// What the planner goes by for one site: what the user chose, and what the site decides where nothing was chosen.
  ///
  /// - Parameters:
  ///   - site: the site as it was recognized.
  ///   - theme: what its stylesheets say about its images.
  package func planOptions(for site: Site, theme: ThemeFit) -> PlanOptions {
    var options = plan
    options.maxAnimationPixels = 20 * maxPixels
    options.folder = folder ?? site.variantFolder
    let isBuilt = site.kind == .html
    // Of a built page it is known for each image whether a <picture> may stand there.
    options.markup = markup ?? layouts.markup ?? (isBuilt ? .picture : theme.form)
    options.avoidsPicture = markup == nil && layouts.markup != .picture && (theme.avoidsPicture || isBuilt)
    // A background of its own size shows more of a picture that has fewer pixels.
    if theme.frontMatterReason != nil, !choosesFrontMatterWidth { options.frontMatterWidth = .max }
    return options
  }
}
