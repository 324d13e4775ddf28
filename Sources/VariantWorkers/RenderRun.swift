import Foundation
import Manifest
import SiteFiles
import VariantPlanner
import Vips

/// One call of ``RenderPool/render(_:record:progress:)``.
struct RenderRun: Sendable {
  let root: SiteRoot
  let output: String
  let folder: String
  let record: RenderRecord
  let ledger: RenderLedger
  let queue: WorkQueue
  let budget: MemoryBudget
  let progress: @Sendable (RenderProgress) -> Void

  /// Removes what a killed run left half-written.
  func removeLeftovers() {
    let base = output + "/" + folder
    guard let files = try? FileTree.files(below: base) else { return }
    for file in files where FileAccess.isTemporary(file.path.split(separator: "/").last ?? "") {
      unlink(base + "/" + file.path)
    }
  }

  /// The unit that looks at one job.
  func unit(for job: RenderJob, number: Int) -> WorkUnit {
    let needs = DecoderNeeds(job.source.format, path: root.absolute(job.source.path))
    let memory = MemoryCost.source(job, needs)
    return WorkUnit(stage: .source, cost: RenderCost.all(of: job), memory: memory) {
      start(job, number, storage: budget.storage(for: memory))
    }
  }

  /// Takes what is there already, and decodes the source if that is not all.
  private func start(_ job: RenderJob, _ number: Int, storage: Image.Storage) -> [WorkUnit] {
    if let facts = record.sources[job.source.sha256], facts.suffice(for: job) {
      let missing = plan(job, number, facts)
      if missing.isEmpty { return finished(number) }
    }
    guard job.source.format.isDecoded, job.source.frames == 1 || job.source.content == .animation else {
      return failed(
        number,
        Problem(
          .note,
          .passedThrough,
          file: job.source.path,
          message: "\(job.source.frames > 1 ? "animated " : "")\(job.source.format.rawValue) is left as it is"
        )
      )
    }
    let decoded: DecodedSource
    do throws(DecodedSource.Failure) {
      decoded = try DecodedSource(
        job.source,
        loader: job.source.format.loader,
        path: root.absolute(job.source.path),
        renditions: job.renditions.filter { fits($0, job.source) },
        placeholder: job.placeholder,
        storage: storage
      )
    } catch {
      return failed(number, problem(error, job.source))
    }
    let missing = plan(job, number, decoded.facts)
    return missing.isEmpty ? finished(number) : encodes(of: decoded, missing, job, number)
  }

  /// Notes what a job wants and what of that is there.
  ///
  /// - Returns: the positions of files that are to be encoded.
  private func plan(_ job: RenderJob, _ number: Int, _ facts: RenderRecord.Facts) -> [Int] {
    let planned = PlannedEncode.all(for: job, facts: facts, folder: folder)
    let results = planned.map { known($0, job.source, isScored: job.scores && facts.content != .animation) }
    return ledger.update(number) { entry in
      entry.source.content = job.content ?? facts.content
      entry.source.contentReason = job.content == nil ? facts.contentReason : "as the author says"
      entry.source.alpha = facts.alpha
      entry.source.placeholder = facts.placeholders[job.placeholder.rawValue].flatMap {
        $0.isEmpty ? nil : $0
      }
      entry.facts = facts
      entry.planned = planned
      entry.results = results
      entry.reused = results.count { if case .made = $0 { true } else { false } }
      entry.problems = facts.remarks.map {
        Problem(.warning, .damaged, file: job.source.path, message: $0.message, advice: $0.advice)
      }
      var missing = results.indices.filter { results[$0] == nil }
      // What was left out because of its neighbours is looked at anew once they change.
      let pruned = results.indices.filter { results[$0]?.isPruned == true }
      if !missing.isEmpty || Set(entry.superfluous.keys) != Set(pruned) {
        missing = (missing + pruned).sorted()
        for position in pruned { entry.results[position] = nil }
      }
      entry.pending = missing.count
      return missing
    }
  }

  /// What is known of a file without making it.
  private func known(_ planned: PlannedEncode, _ source: Source, isScored: Bool) -> RenderRecord.Result? {
    let rendition = planned.rendition
    guard fits(rendition, source) else { return .dropped(reason: .wouldEnlarge, bytes: nil) }
    guard max(rendition.width, rendition.height) <= EncodeStep.largestSide(of: planned.settings.format) else {
      return .dropped(reason: .beyondFormat, bytes: nil)
    }
    switch record.results[planned.key] {
    case .made(let file):
      var info = stat()
      guard lstat(output + "/" + planned.path, &info) == 0, info.st_mode & S_IFMT == S_IFREG,
        info.st_size == file.bytes, file.score != nil || !isScored
      else { return nil }
      return .made(file)
    case .dropped(let reason, let bytes): return .dropped(reason: reason, bytes: bytes)
    case nil: return nil
    }
  }

  private func fits(_ rendition: Rendition, _ source: Source) -> Bool {
    guard rendition.width > 0, rendition.height > 0 else { return false }
    if rendition.crop?.enlarge == true { return true }
    return rendition.width <= source.width && rendition.height <= source.height
  }

  func finished(_ number: Int) -> [WorkUnit] {
    progress(ledger.finish(number))
    return []
  }

  private func failed(_ number: Int, _ problem: Problem) -> [WorkUnit] {
    ledger.update(number) { $0.problems = [problem] }
    return finished(number)
  }

  private func problem(_ failure: DecodedSource.Failure, _ source: Source) -> Problem {
    switch failure {
    case .file(let error):
      Problem(
        .error,
        .unreadable,
        file: source.path,
        message: "the file cannot be read: \(error.reason)",
        advice: "check its permissions"
      )
    case .image(let error):
      Problem(
        .error,
        .undecodable,
        file: source.path,
        message: "the image cannot be decoded: \(error.message)",
        advice: "replace the file by an intact one; its references stay as they are"
      )
    case .unfaithful(let reason):
      Problem(.note, .passedThrough, file: source.path, message: "left as it is: \(reason)")
    case .changed:
      Problem(
        .error,
        .unreadable,
        file: source.path,
        message: "the file changed while it was being processed",
        advice: "run again"
      )
    }
  }
}
