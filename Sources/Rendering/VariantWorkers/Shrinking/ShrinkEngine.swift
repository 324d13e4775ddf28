import AssetModel
import Foundation
import SiteFiles
import Vips

/// Opens pictures and makes them lighter: the part of a shrink that touches strangers' files.
struct ShrinkEngine: Sendable {
  let root: SiteRoot
  /// The folder of originals that are not in the site any more.
  let originals: SiteRoot?
  let listener: any RenderListener

  /// The whole of a job as one unit of work.
  func unit(for job: ShrinkJob, number: Int) -> WorkUnit {
    let folder = job.isOriginal ? originals ?? root : root
    let path = folder.absolute(job.source.path)
    let memory = Reservation(working: job.memory(DecoderNeeds(job.source.format, path: path)))
    return WorkUnit(stage: .source, cost: job.cost, memory: memory) {
      let unit = listener.began(number, job.source.format.decoder)
      defer { listener.ended(unit) }
      shrink(job, number, path)
      return []
    }
  }

  private func shrink(_ job: ShrinkJob, _ number: Int, _ path: String) {
    let data: Data
    do throws(FileError) { data = try FileAccess.read(path) } catch {
      listener.refused(number, job.problem(.unreadable, "the file cannot be read: \(error.reason)"))
      return
    }
    guard ContentDigest.sha256(data) == job.source.sha256 else {
      listener.refused(number, job.problem(.unreadable, "the file changed while it was being looked at"))
      return
    }
    do throws(VipsError) {
      switch try ShrinkStep(job: job).run(data) {
      case .lighter(let record, let file):
        listener.rendered(number, 0, RenderedFile(result: .file(record), data: file))
      case .stays(let bytes):
        listener.rendered(number, 0, RenderedFile(result: .dropped(reason: .notSmaller, bytes: bytes)))
      case .leftAlone(let reason):
        listener.refused(
          number,
          Diagnostic(.note, .passedThrough, file: job.source.path, message: "left as it is: \(reason)"))
      }
    } catch {
      listener.refused(number, job.problem(.undecodable, "left as it is: \(error.message)"))
    }
  }
}

extension ShrinkJob {
  /// Why nothing could be made of the picture.
  fileprivate func problem(_ rule: Diagnostic.Rule, _ message: String) -> Diagnostic {
    Diagnostic(
      .error, rule, file: source.path, message: message,
      advice: rule == .unreadable ? "run again" : "replace the file by an intact one")
  }
}
