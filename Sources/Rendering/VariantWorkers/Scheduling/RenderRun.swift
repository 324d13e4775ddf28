import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantPlanner

/// One call of ``RenderPool/render(_:cache:progress:)``: the part that knows the existing files, and is the only one
/// that writes the output and the cache. It opens no image.
struct RenderRun: Sendable {
  let jobs: [RenderJob]
  let folder: String
  let files: OutputFiles
  /// What earlier runs know.
  let previous: RenderCache
  let crashes: CrashMemory
  let refusals: RefusalMemory
  let journal: RenderState
  /// Every write to the output goes through it.
  let gate: WriteGate
  let progress: @Sendable (RenderProgress) -> Void

  /// Sees to the jobs that need no pixels: all of them is there, or lies in the cache.
  ///
  /// - Parameter workers: threads that read the cache.
  /// - Returns: the numbers of the others.
  func settle(workers: Int, cancellation: Cancellation?) -> [Int] {
    var open: [Int] = []
    var cached: [(number: Int, look: Look)] = []
    for (number, job) in jobs.enumerated() {
      let lookup = previous.planned(number, job).map { look(job, $0.facts, $0.encodes) }
      if let lookup, lookup.isThere {
        record(lookup, number)
        finished(number)
      } else if let lookup, lookup.isComplete {
        cached.append((number, lookup))
      } else if let death = crashes.death(of: job) {
        leave(number, death.problem(of: job.source.path))
      } else if let problem = refusals.refusal(of: job.source) {
        leave(number, problem)
      } else {
        open.append(number)
      }
    }
    // Files in the cache are read and written, and nothing is decoded unless one of them is damaged.
    let damaged = Parallel.map(cached, jobs: workers) { number, look -> Int? in
      guard cancellation?.isRaised != true, !journal.hasFailed else { return nil }
      if restore(look, number).isEmpty {
        finished(number)
        return nil
      }
      return number
    }
    return (open + damaged.compactMap(\.self)).sorted()
  }

  // MARK: Results without rendering

  /// The files that a job wants, and the results that are available without rendering.
  private struct Look {
    var facts: RenderRecord.Facts
    var planned: [PlannedEncode]
    var results: [RenderRecord.Result?]
    /// The positions of files that were rendered before and are missing in the output tree.
    var absent: [Int]

    /// Whether nothing has to be decoded.
    var isComplete: Bool { !results.contains { $0 == nil } }
    var isThere: Bool { absent.isEmpty && isComplete }
  }

  private func look(
    _ job: RenderJob, _ facts: RenderRecord.Facts, _ planned: [PlannedEncode],
    besides earlier: [RenderRecord.Result?] = []
  ) -> Look {
    let remembered = previous.results(planned)
    var results = planned.map { resultWithoutRendering($0, job.source, remembered[$0.action]) }
    for (position, result) in earlier.enumerated() { results[position] = results[position] ?? result }
    let superfluous = results.contains { $0 == nil } ? [:] : RenderState.superfluous(planned, results)
    let absent = planned.indices.filter { position in
      guard superfluous[position] == nil, case .file(let file) = results[position] else { return false }
      return !files.holds(planned[position].path, file)
    }
    return Look(facts: facts, planned: planned, results: results, absent: absent)
  }

  /// Takes files from the cache that are not in the output tree.
  ///
  /// - Returns: the positions of files that are to be encoded.
  private func restore(_ look: Look, _ number: Int) -> [Int] {
    var look = look
    // Files that this run rendered before a worker died.
    var data = journal.update(number) { $0.planned == look.planned ? $0.data : [:] }
    for position in look.absent where data[position] == nil {
      guard case .file(let file) = look.results[position] else { continue }
      data[position] = previous.data(file)
      if data[position] == nil { look.results[position] = nil }
    }
    record(look, number)
    let missing = look.results.indices.filter { look.results[$0] == nil }
    journal.update(number) { entry in
      entry.data = data
      entry.missing = Set(missing)
    }
    return missing
  }

  private func record(_ look: Look, _ number: Int) {
    let job = jobs[number]
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
        Diagnostic(.warning, .damaged, file: job.source.path, message: $0.message, advice: $0.advice)
      }
    }
  }

  /// The result of a file that is available without rendering.
  private func resultWithoutRendering(
    _ planned: PlannedEncode, _ source: Source, _ remembered: RenderRecord.Result?
  ) -> RenderRecord.Result? {
    let rendition = planned.rendition
    guard rendition.fits(source) else { return .dropped(reason: .wouldEnlarge, bytes: nil) }
    guard max(rendition.width, rendition.height) <= EncodeStep.largestSide(of: planned.settings.format) else {
      return .dropped(reason: .beyondFormat, bytes: nil)
    }
    return remembered
  }

  // MARK: The end of a job

  /// Writes the files to retain of a job with complete results.
  private func finished(_ number: Int) {
    let waiting = journal.update(number) { entry in
      entry.prune()
      // Encodes end in any order; the report has one.
      entry.problems.sort()
      return entry.data.compactMap { position, data in
        if case .file(let file) = entry.results[position] {
          (entry.planned[position].path, file, data)
        } else {
          nil
        }
      }
    }
    do throws(FileError) {
      for (path, file, data) in waiting.sorted(by: { $0.0 < $1.0 }) {
        // A unit can go on after its run was stopped.
        let isWritten: Void? = try gate.pass { () throws(FileError) in
          try files.write(data, to: path, file)
        }
        guard isWritten != nil else { return }
      }
    } catch {
      journal.fail(error)
      return
    }
    journal.update(number) { $0.data = [:] }
    progress(journal.finish(number))
  }
}

// What the engine tells.
extension RenderRun {
  func decoded(_ number: Int, _ facts: RenderRecord.Facts) -> RenderOrders? {
    guard !journal.hasFailed else { return nil }
    let job = jobs[number]
    previous.record(facts, of: job.source)
    let planned = PlannedEncode.all(for: job, facts: facts, folder: folder)
    let earlier = journal.update(number) { $0.planned == planned ? $0.results : [] }
    let missing = restore(look(job, facts, planned, besides: earlier), number)
    guard !missing.isEmpty else {
      finished(number)
      return RenderOrders()
    }
    var orders = RenderOrders(missing: missing)
    for group in QualityGroup.all(in: planned, of: job.source) {
      let wanted = group.members.filter(Set(missing).contains).map { planned[$0].rendition.width }
      // The file of the middle rung is the result of the search, so it always needs a search. Otherwise it would depend
      // on how far an earlier run came.
      guard !wanted.isEmpty, !wanted.contains(group.middle.width) else { continue }
      orders.qualities[group.key] = previous.quality(group)
    }
    return orders
  }

  func refused(_ number: Int, _ problem: Diagnostic) {
    refusals.record(problem, of: jobs[number].source)
    leave(number, problem)
  }

  private func leave(_ number: Int, _ problem: Diagnostic) {
    journal.update(number) { $0.problems = [problem] }
    finished(number)
  }

  /// The job ended a worker again, while it ran alone. Its earlier files stay.
  func lost(_ number: Int, _ death: WorkerDeath) {
    crashes.record(death, of: jobs[number].source.sha256, jobs[number])
    journal.update(number) { $0.problems.append(death.problem(of: jobs[number].source.path)) }
    finished(number)
  }

  func searched(_ quality: RenderRecord.Quality, for key: String) { previous.record(quality, for: key) }

  /// - Returns: whether that was the job's last file.
  func rendered(_ number: Int, _ position: Int, _ file: RenderedFile) -> Bool {
    settled(number, position, file.result, file.data)
  }

  /// - Returns: whether that was the job's last file.
  func failed(_ number: Int, _ position: Int, _ message: String) -> Bool {
    let (path, planned) = journal.update(number) { ($0.source.path, $0.planned[position]) }
    let what = "\(planned.settings.format.rawValue) \(planned.rendition.width) wide"
    let problem = Diagnostic(
      .error, .encodeFailed, file: path, message: "no \(what) could be made: \(message)",
      advice: "report this with the image if it should work")
    journal.update(number) { $0.problems.append(problem) }
    return settled(number, position, nil, nil)
  }

  /// Whether a job's files need the search of that key.
  func searches(_ number: Int, _ key: String) -> Bool {
    let planned = journal.update(number) { $0.planned }
    return QualityGroup.all(in: planned, of: jobs[number].source).contains { $0.key == key }
  }

  /// What is planned of a file that is wanted still; nil of any other.
  func wanted(_ number: Int, _ position: Int) -> PlannedEncode? {
    journal.update(number) { $0.missing.contains(position) ? $0.planned[position] : nil }
  }

  private func settled(
    _ number: Int, _ position: Int, _ result: RenderRecord.Result?, _ data: Data?
  ) -> Bool {
    if let result {
      previous.record(result, of: journal.update(number) { $0.planned[position] }, data: data)
    }
    let isLast = journal.update(number) { entry in
      entry.results[position] = result
      if let data {
        entry.data[position] = data
        entry.encoded.insert(position)
      }
      entry.missing.remove(position)
      return entry.missing.isEmpty
    }
    if isLast { finished(number) }
    return isLast
  }
}
