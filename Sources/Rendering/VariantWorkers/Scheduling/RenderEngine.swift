import AssetModel
import Foundation
import SiteFiles
import VariantPlanner
import Vips

/// Decodes sources and encodes what is wanted of them: the part of a render that opens strangers' files. It knows neither
/// the cache nor the output; ``RenderListener`` does.
struct RenderEngine: Sendable {
  let root: SiteRoot
  let folder: String
  let budget: MemoryBudget
  let listener: any RenderListener

  /// The unit of work that a job begins with.
  func unit(for job: RenderJob, number: Int) -> WorkUnit {
    let needs = DecoderNeeds(job.source.format, path: root.absolute(job.source.path))
    let cost = MemoryCost.source(job, needs)
    return WorkUnit(stage: .source, cost: RenderCost.all(of: job), memory: cost) {
      watched(number, job.source.format.decoder) { start(job, number, storage: budget.storage(for: cost)) }
    }
  }

  /// Tells the listener when a unit begins and ends.
  func watched(_ job: Int, _ operation: String, _ body: () -> [WorkUnit]) -> [WorkUnit] {
    let unit = listener.began(job, operation)
    defer { listener.ended(unit) }
    return body()
  }

  /// Decodes a source for what is missing.
  private func start(_ job: RenderJob, _ number: Int, storage: Image.Storage) -> [WorkUnit] {
    guard job.source.format.isDecoded, job.source.frames == 1 || job.source.content == .animation else {
      let message =
        "\(job.source.frames > 1 ? "animated " : "")\(job.source.format.rawValue) is left as it is"
      listener.refused(number, Diagnostic(.note, .passedThrough, file: job.source.path, message: message))
      return []
    }
    let decoded: DecodedSource
    do throws(DecodedSource.Failure) {
      decoded = try DecodedSource(
        job.source,
        loader: job.source.format.loader,
        path: root.absolute(job.source.path),
        renditions: job.renditions.filter { $0.fits(job.source) },
        placeholder: job.placeholder,
        storage: storage
      )
    } catch {
      listener.refused(number, error.problem(of: job.source))
      return []
    }
    guard let orders = listener.decoded(number, decoded.facts), !orders.missing.isEmpty else { return [] }
    return encodes(of: decoded, orders, job, number)
  }
}

extension ImageFormat {
  /// The decoder by libvips' name.
  var decoder: String { loader?.operation ?? "bitmapload" }
}

extension Rendition {
  /// Whether a source has the pixels for it.
  func fits(_ source: Source) -> Bool {
    guard width > 0, height > 0 else { return false }
    if crop?.enlarge == true { return true }
    return width <= source.width && height <= source.height
  }
}

extension DecodedSource.Failure {
  /// The message for the user.
  fileprivate func problem(of source: Source) -> Diagnostic {
    switch self {
    case .file(let error):
      Diagnostic(
        .error,
        .unreadable,
        file: source.path,
        message: "the file cannot be read: \(error.reason)",
        advice: "check its permissions"
      )
    case .image(let error):
      Diagnostic(
        .error,
        .undecodable,
        file: source.path,
        message: "the image cannot be decoded: \(error.message)",
        advice: "replace the file by an intact one; its references stay as they are"
      )
    case .unfaithful(let reason):
      Diagnostic(.note, .passedThrough, file: source.path, message: "left as it is: \(reason)")
    case .changed:
      Diagnostic(
        .error,
        .unreadable,
        file: source.path,
        message: "the file changed while it was being processed",
        advice: "run again"
      )
    }
  }
}
