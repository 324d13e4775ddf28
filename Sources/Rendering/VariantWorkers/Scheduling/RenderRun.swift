import AssetModel
import Foundation
import SiteFiles
import VariantPlanner
import Vips

/// One call of ``RenderPool/render(_:cache:progress:)``.
struct RenderRun: Sendable {
  let root: SiteRoot
  let folder: String
  let files: OutputFiles
  /// What earlier runs know.
  let previous: RenderCache
  let journal: RenderState
  let queue: WorkQueue
  let budget: MemoryBudget
  let progress: @Sendable (RenderProgress) -> Void

  /// The unit that makes what a job wants; nil where all of that is there.
  func unit(for job: RenderJob, number: Int) -> WorkUnit? {
    let known = previous.planned(number, job).map { look(job, $0.facts, $0.encodes) }
    if let known, known.isThere {
      record(known, job, number)
      _ = finished(number)
      return nil
    }
    if let known, known.isKnown {
      // Files in the cache are read and written, and nothing is decoded unless one of them is damaged.
      return WorkUnit(stage: .source, cost: 0) {
        restore(known, job, number).isEmpty ? finished(number) : [sourceUnit(for: job, number: number)]
      }
    }
    return sourceUnit(for: job, number: number)
  }

  private func sourceUnit(for job: RenderJob, number: Int) -> WorkUnit {
    let needs = DecoderNeeds(job.source.format, path: root.absolute(job.source.path))
    let cost = MemoryCost.source(job, needs)
    return WorkUnit(stage: .source, cost: RenderCost.all(of: job), memory: cost) {
      start(job, number, storage: budget.storage(for: cost))
    }
  }

  /// Decodes a source for what is missing.
  private func start(_ job: RenderJob, _ number: Int, storage: Image.Storage) -> [WorkUnit] {
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
    previous.record(decoded.facts, of: job.source)
    let planned = PlannedEncode.all(for: job, facts: decoded.facts, folder: folder)
    let missing = restore(look(job, decoded.facts, planned), job, number)
    return missing.isEmpty ? finished(number) : encodes(of: decoded, missing, job, number)
  }

  /// What a job wants, and what of that is known without making it.
  private struct Look {
    var facts: RenderRecord.Facts
    var planned: [PlannedEncode]
    var results: [RenderRecord.Result?]
    /// The positions of files that were made once and are not in the output tree.
    var absent: [Int]

    /// Whether nothing has to be decoded.
    var isKnown: Bool { !results.contains { $0 == nil } }
    var isThere: Bool { absent.isEmpty && isKnown }
  }

  private func look(_ job: RenderJob, _ facts: RenderRecord.Facts, _ planned: [PlannedEncode]) -> Look {
    let remembered = previous.results(planned)
    let results = planned.map { known($0, job.source, remembered[$0.action]) }
    let superfluous = results.contains { $0 == nil } ? [:] : RenderState.superfluous(planned, results)
    let absent = planned.indices.filter { position in
      guard superfluous[position] == nil, case .made(let file) = results[position] else { return false }
      return !files.holds(planned[position].path, file)
    }
    return Look(facts: facts, planned: planned, results: results, absent: absent)
  }

  /// Takes files from the cache that are not in the output tree.
  ///
  /// - Returns: the positions of files that are to be encoded.
  private func restore(_ look: Look, _ job: RenderJob, _ number: Int) -> [Int] {
    var look = look
    var data: [Int: Data] = [:]
    for position in look.absent {
      guard case .made(let file) = look.results[position] else { continue }
      data[position] = previous.data(file)
      if data[position] == nil { look.results[position] = nil }
    }
    record(look, job, number)
    let missing = look.results.indices.filter { look.results[$0] == nil }
    journal.update(number) { entry in
      entry.data = data
      entry.pending = missing.count
    }
    return missing
  }

  private func record(_ look: Look, _ job: RenderJob, _ number: Int) {
    journal.update(number) { entry in
      entry.source.content = job.content ?? look.facts.content
      entry.source.contentReason = job.content == nil ? look.facts.contentReason : "as the author says"
      entry.source.alpha = look.facts.alpha
      entry.source.placeholder = look.facts.placeholders[job.placeholder.rawValue].flatMap {
        $0.isEmpty ? nil : $0
      }
      entry.planned = look.planned
      entry.results = look.results
      entry.problems = look.facts.remarks.map {
        Problem(.warning, .damaged, file: job.source.path, message: $0.message, advice: $0.advice)
      }
    }
  }

  /// What is known of a file without making it.
  private func known(
    _ planned: PlannedEncode, _ source: Source, _ remembered: RenderRecord.Result?
  ) -> RenderRecord.Result? {
    let rendition = planned.rendition
    guard fits(rendition, source) else { return .dropped(reason: .wouldEnlarge, bytes: nil) }
    guard max(rendition.width, rendition.height) <= EncodeStep.largestSide(of: planned.settings.format) else {
      return .dropped(reason: .beyondFormat, bytes: nil)
    }
    return remembered
  }

  private func fits(_ rendition: Rendition, _ source: Source) -> Bool {
    guard rendition.width > 0, rendition.height > 0 else { return false }
    if rendition.crop?.enlarge == true { return true }
    return rendition.width <= source.width && rendition.height <= source.height
  }

  /// Writes what is worth having of a job, of which all is known now.
  func finished(_ number: Int) -> [WorkUnit] {
    let waiting = journal.update(number) { entry in
      entry.prune()
      // Encodes end in any order; the report has one.
      entry.problems.sort()
      return entry.data.compactMap { position, data in
        if case .made(let file) = entry.results[position] {
          (entry.planned[position].path, file, data)
        } else {
          nil
        }
      }
    }
    do throws(FileError) {
      for (path, file, data) in waiting.sorted(by: { $0.0 < $1.0 }) {
        // A unit can go on after its run was stopped.
        let isWritten: Void? = try queue.gate.pass { () throws(FileError) in
          try files.write(data, to: path, file)
        }
        guard isWritten != nil else { return [] }
      }
    } catch {
      journal.fail(error)
      queue.stop()
      return []
    }
    journal.update(number) { $0.data = [:] }
    progress(journal.finish(number))
    return []
  }

  private func failed(_ number: Int, _ problem: Problem) -> [WorkUnit] {
    journal.update(number) { $0.problems = [problem] }
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
