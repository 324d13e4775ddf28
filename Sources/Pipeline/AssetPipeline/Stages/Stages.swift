import AssetModel
import PostRewriter

/// The commands as lists of stages: scan → inspect → plan → render → rewrite → write.
///
/// Each stage has a file of its own in this folder, with the value that it gives.
enum Stages {
  /// What `scan`, `check` and `report` begin with.
  static var inspection: Stage<Void, InspectedSite> { ScanStage.stage.then(InspectStage.stage) }

  /// What a dry run ends with.
  static var plan: Stage<Void, PlannedSite> { inspection.then(PlanStage.stage) }

  /// A staged copy of a planned site.
  ///
  /// - Parameters:
  ///   - survey: what the site and the copy hold before.
  ///   - lightensOriginals: whether the copy is what a build publishes, where originals may have other bytes.
  ///   - hook: what shows pictures of the sources by their own files.
  static func staging(
    _ copy: StagedSite, _ survey: CopySurvey, lightensOriginals: Bool = false, hook: Site.FileHook? = nil
  ) -> Stage<PlannedSite, WrittenSite> {
    let rendering = RenderStage.stage
    guard lightensOriginals else {
      return (hook == nil ? rendering : rendering.then(OriginalsStage.ofResources)).then(RewriteStage.stage)
        .then(WriteStage.copy(copy, survey))
    }
    return ScriptPictures.choice(survey).then(rendering).then(OriginalsStage.stage(survey))
      .then(ScriptPictures.publication(copy, survey)).then(RewriteStage.stage)
      .then(WriteStage.copy(copy, survey))
  }

  /// The posts of a planned site, or the pages of a built one, where they stand.
  static func posts(_ run: InPlaceRun) -> Stage<PlannedSite, WrittenSite> {
    RenderStage.stage.then(run.rewrite).then(run.write)
  }
}
