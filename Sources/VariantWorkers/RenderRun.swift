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
    WorkUnit(stage: .source, cost: RenderCost.decode(job.source)) { start(job, number) }
  }

  /// Takes what is there already, and decodes the source if that is not all.
  private func start(_ job: RenderJob, _ number: Int) -> [WorkUnit] {
    if let facts = record.sources[job.source.sha256] {
      let missing = plan(job, number, facts)
      if missing.isEmpty { return finished(number) }
    }
    guard let loader = job.source.format.loader, job.source.frames == 1 || job.source.content == .animation
    else {
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
        loader: loader,
        path: root.absolute(job.source.path),
        renditions: job.renditions.filter { fits($0, job.source) }
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
    let results = planned.map { known($0, job.source) }
    return ledger.update(number) { entry in
      entry.source.content = facts.content
      entry.source.alpha = facts.alpha
      entry.facts = facts
      entry.planned = planned
      entry.results = results
      entry.reused = results.count { if case .made = $0 { true } else { false } }
      entry.problems = facts.remarks.map {
        Problem(.warning, .damaged, file: job.source.path, message: $0.message, advice: $0.advice)
      }
      let missing = results.indices.filter { results[$0] == nil }
      entry.pending = missing.count
      return missing
    }
  }

  /// What is known of a file without making it.
  private func known(_ planned: PlannedEncode, _ source: Source) -> RenderRecord.Result? {
    let rendition = planned.rendition
    guard fits(rendition, source) else { return .dropped(reason: .wouldEnlarge, bytes: nil) }
    guard max(rendition.width, rendition.height) <= EncodeStep.largestSide(of: planned.settings.format) else {
      return .dropped(reason: .beyondFormat, bytes: nil)
    }
    switch record.results[planned.key] {
    case .made(let bytes, let sha256, let settings):
      var info = stat()
      guard lstat(output + "/" + planned.path, &info) == 0, info.st_mode & S_IFMT == S_IFREG,
        info.st_size == bytes
      else { return nil }
      return .made(bytes: bytes, sha256: sha256, settings: settings)
    case .dropped(let reason, let bytes): return .dropped(reason: reason, bytes: bytes)
    case nil: return nil
    }
  }

  private func fits(_ rendition: Rendition, _ source: Source) -> Bool {
    rendition.width > 0 && rendition.height > 0 && rendition.width <= source.width
      && rendition.height <= source.height
  }

  /// Renders pixels, widest first, and makes a unit of each encode.
  private func encodes(
    of decoded: DecodedSource,
    _ missing: [Int],
    _ job: RenderJob,
    _ number: Int
  ) -> [WorkUnit] {
    let planned = ledger.update(number) { $0.planned }
    let step = EncodeStep(content: decoded.facts.content)
    var pixels: [PixelKey: Result<Image, VipsError>] = [:]
    return missing.map { position in
      let rendition = planned[position].rendition
      let key = PixelKey(rendition)
      let image =
        pixels[key]
        ?? Result { () throws(VipsError) in try decoded.render(rendition) }
      pixels[key] = image
      let cost =
        RenderCost.encode(
          width: rendition.width,
          height: rendition.height,
          planned[position].settings
        ) * Double(max(1, job.source.frames))
      return WorkUnit(stage: .encode, cost: cost) {
        encode(image, planned[position], position, step, job.source, number)
      }
    }
  }

  /// Encodes, compares and writes one file.
  private func encode(
    _ image: Result<Image, VipsError>,
    _ planned: PlannedEncode,
    _ position: Int,
    _ step: EncodeStep,
    _ source: Source,
    _ number: Int
  ) -> [WorkUnit] {
    var result: RenderRecord.Result?
    var problem: Problem?
    do throws(VipsError) {
      let encoded = try step.encode(image.get(), planned.settings)
      if CompareStep.isWorthHaving(
        bytes: encoded.data.count, for: planned.rendition.purpose, than: source)
      {
        do throws(FileError) {
          try FileAccess.write(encoded.data, to: output + "/" + planned.path)
          result = .made(
            bytes: encoded.data.count,
            sha256: ContentDigest.sha256(encoded.data),
            settings: encoded.settings
          )
        } catch {
          ledger.fail(error)
          queue.stop()
          return []
        }
      } else {
        result = .dropped(reason: .notSmaller, bytes: encoded.data.count)
      }
    } catch {
      problem = Problem(
        .error,
        .encodeFailed,
        file: source.path,
        message:
          "no \(planned.settings.format.rawValue) \(planned.rendition.width) wide could be made: \(error.message)",
        advice: "report this with the image if it should work"
      )
    }
    let isLast = ledger.update(number) { entry in
      entry.results[position] = result
      if case .made = result { entry.encoded += 1 }
      if let problem { entry.problems.append(problem) }
      entry.pending -= 1
      // Encodes end in any order; the report has one.
      if entry.pending == 0 { entry.problems.sort() }
      return entry.pending == 0
    }
    return isLast ? finished(number) : []
  }

  private func finished(_ number: Int) -> [WorkUnit] {
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

/// What tells the pixels of two renditions apart.
private struct PixelKey: Hashable {
  var width: Int
  var height: Int
  var crop: Crop?

  init(_ rendition: Rendition) {
    width = rendition.width
    height = rendition.height
    crop = rendition.crop
  }
}
