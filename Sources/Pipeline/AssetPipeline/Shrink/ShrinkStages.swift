import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantWorkers

/// The pictures that a run looks at.
struct SelectedPictures {
  let options: ShrinkOptions
  let selection: PictureSelection
  let repository: RepositoryFiles?
  let ledger: OriginalsLedger
}

/// The same with what their headers say.
struct InspectedPictures {
  let selected: SelectedPictures
  var sources: [Source] = []
  /// How many more there are that an earlier run made as they are asked for.
  var settled = 0
  var problems: [Diagnostic] = []
}

/// What is to be done.
struct PlannedShrink {
  /// A picture that is looked at.
  struct Task {
    var source: Source
    var job: ShrinkJob
    /// What it was made of; nil for one that is an original.
    var record: OriginalRecord?
  }

  let inspected: InspectedPictures
  var tasks: [Task] = []
  /// Pictures that an earlier run made lighter, and that are as they are asked for.
  var unchanged = 0
  /// Records that this machine remembers and the ledger does not hold.
  var remembered: [OriginalRecord] = []
  var problems: [Diagnostic] = []
}

/// The stages of making pictures lighter where they lie: select → inspect → plan → shrink.
enum ShrinkStages {
  static var all: Stage<ShrinkOptions, ShrinkAccount> {
    selection.then(inspection).then(plan).then(ShrinkRun.stage)
  }

  private static var selection: Stage<ShrinkOptions, SelectedPictures> {
    Stage("select", select) { $0.selection.files.count.counted("picture") }
  }

  private static func select(_ options: ShrinkOptions, _ context: StageContext) throws -> SelectedPictures {
    context.progress(.scanning)
    let (root, pipeline) = (context.pipeline.root, context.pipeline)
    var problems: [Diagnostic] = []
    let repository = RepositoryFiles(of: root) { reason in
      problems.append(
        Diagnostic(
          .warning, .passedThrough, file: ".",
          message: "git cannot say which files it ignores: \(reason)", advice: "name the paths that are meant"
        ))
    }
    let created = [pipeline.configuration.output, pipeline.configuration.folder, pipeline.cacheInSite]
      .compactMap(\.self)
    var paths = ShrinkPaths(options.paths, root: root)
    if let reference = options.changedSince {
      paths.limit(to: try ChangedFiles(since: reference, root: root))
    }
    let selection = try PictureSelection(
      paths.selected, root: root, repository: repository, createdFolders: Set(created),
      problems: problems + paths.problems)
    return SelectedPictures(
      options: options, selection: selection, repository: repository, ledger: try OriginalsLedger(root: root))
  }

  private static var inspection: Stage<SelectedPictures, InspectedPictures> {
    Stage("inspect", inspect) { $0.sources.count.counted("image file") }
  }

  private static func inspect(_ selected: SelectedPictures, _ context: StageContext) throws
    -> InspectedPictures
  {
    let pipeline = context.pipeline
    let settled = SettledPictures(selected, pipeline)
    let files = selected.selection.files.filter { !settled.holds($0) }
    context.progress(.inspecting(sources: files.count))
    let inspector = InspectionCache(
      root: pipeline.root, limits: pipeline.configuration.sourceLimits, cache: pipeline.cache,
      program: pipeline.workerProgram)
    var result = InspectedPictures(selected: selected)
    result.settled = selected.selection.files.count - files.count
    for inspection in try inspector.inspect(files, jobs: pipeline.jobs, cancellation: context.cancellation) {
      result.problems += inspection.problems.filter { $0.severity == .error }
      guard let source = inspection.source else { continue }
      if ImageFormat(fileName: source.path) != source.format {
        result.problems.append(
          Diagnostic(
            .note, .extensionMismatch, file: source.path,
            message: "left as it is: its name says another format than it holds"))
      } else if source.width > 0 {
        result.sources.append(source)
      }
    }
    return result
  }

  private static var plan: Stage<InspectedPictures, PlannedShrink> {
    Stage(
      "plan", { ShrinkPlan($0, $1.pipeline).planned() },
      outcome: { $0.tasks.count.counted("picture") + " to look at" })
  }
}
