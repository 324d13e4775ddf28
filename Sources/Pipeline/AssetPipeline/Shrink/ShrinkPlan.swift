import AssetCache
import AssetModel
import Foundation
import SiteFiles
import VariantWorkers

/// Decides what is to be done with each picture: nothing, where an earlier run made it as it is asked for; a new file of its
/// original, where that run was asked for something else; and else a look at what can be won.
struct ShrinkPlan {
  private let inspected: InspectedPictures
  private let pipeline: Pipeline

  init(_ inspected: InspectedPictures, _ pipeline: Pipeline) {
    self.inspected = inspected
    self.pipeline = pipeline
  }

  func planned() -> PlannedShrink {
    let (options, ledger) = (inspected.selected.options, inspected.selected.ledger)
    var plan = PlannedShrink(inspected: inspected)
    plan.unchanged = inspected.settled
    let saving = ShrinkJob.Saving(share: options.leastShare, bytes: options.leastBytes)
    let memory = ShrinkMemory(pipeline.cache)
    let unknown = inspected.sources.map(\.sha256).filter { ledger[$0] == nil }
    let remembered = memory.records(of: unknown)
    for source in inspected.sources {
      var wish = pipeline.configuration.originals.wish(
        for: source.path, longest: options.longestSide, saving: saving, pipeline.configuration)
      guard let record = ledger[source.sha256] ?? remembered[source.sha256] else {
        plan.tasks.append(PlannedShrink.Task(source: source, job: ShrinkJob(source: source, wish: wish)))
        continue
      }
      // A cap that was asked for once holds until another is.
      wish.longestSide = wish.longestSide ?? record.max
      let job = ShrinkJob(source: source, wish: wish)
      if ledger[source.sha256] == nil, !options.isHook { plan.remembered.append(record) }
      if record.isWhat(job) {
        plan.unchanged += 1
      } else {
        plan.tasks.append(PlannedShrink.Task(source: source, job: job, record: record))
      }
    }
    return plan
  }
}

extension OriginalRecord {
  /// Whether a picture is what is asked for now.
  func isWhat(_ job: ShrinkJob) -> Bool {
    let side = Swift.max(job.source.width, job.source.height)
    return target == job.targetOfRecord && side <= job.wish.longestSide ?? side
  }
}

extension ShrinkJob {
  /// The score that a record of the result names; nil where every pixel is kept.
  var targetOfRecord: Double? { wish.targetOfRecord(source.format) }
}

extension ShrinkJob.Wish {
  fileprivate func targetOfRecord(_ format: ImageFormat) -> Double? {
    switch format {
    case .gif: nil
    case .png: keepsPNG ? nil : target
    default: target
    }
  }
}

/// Pictures that the ledger knows, and that need not be opened to see that they are as they are asked for.
struct SettledPictures {
  private let options: ShrinkOptions
  private let ledger: OriginalsLedger
  private let pipeline: Pipeline
  private let digests: [String: (stamp: FileStamp, sha256: String)]

  init(_ selected: SelectedPictures, _ pipeline: Pipeline) {
    (options, ledger, self.pipeline) = (selected.options, selected.ledger, pipeline)
    digests = ledger.isEmpty ? [:] : pipeline.cache.digests(below: pipeline.root.path)
  }

  func holds(_ path: String) -> Bool {
    guard let recorded = digests[path], let record = ledger[recorded.sha256],
      let format = ImageFormat(fileName: path), recorded.stamp == FileStamp(of: pipeline.root.absolute(path))
    else { return false }
    let saving = ShrinkJob.Saving(share: options.leastShare, bytes: options.leastBytes)
    let wish = pipeline.configuration.originals.wish(
      for: path, longest: options.longestSide, saving: saving, pipeline.configuration)
    // A cap that was kept to once is kept to still; whether a picture is within another one tells its size.
    return record.target == wish.targetOfRecord(format) && wish.longestSide ?? record.max == record.max
  }
}

/// What this machine remembers of pictures that it made lighter, beside the ledger: that may have been left out of a commit.
struct ShrinkMemory {
  private let cache: AssetCache

  init(_ cache: AssetCache) { self.cache = cache }

  private func key(_ sha256: String) -> String { ContentDigest.sha256("lighter picture\n" + sha256) }

  func records(of digests: [String]) -> [String: OriginalRecord] {
    guard !digests.isEmpty else { return [:] }
    var records: [String: OriginalRecord] = [:]
    for (_, data) in cache.values(.facts, digests.map(key)) {
      guard let record = try? JSONDecoder().decode(OriginalRecord.self, from: data), record.isSound else {
        continue
      }
      records[record.sha256] = record
    }
    return records
  }

  func record(_ record: OriginalRecord) {
    guard let data = try? JSONEncoder().encode(record) else { return }
    cache.set([key(record.sha256): data], in: .facts)
  }

  func forget(_ sha256: String) { cache.remove([key(sha256)], from: .facts) }
}
