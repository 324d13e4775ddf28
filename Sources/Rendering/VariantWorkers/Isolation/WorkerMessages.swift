import AssetModel
import VariantPlanner

/// The first message to a worker.
struct WorkerSetup: Codable, Sendable {
  /// The site's root, absolute: what is read.
  var site: String
  /// The folder that variants lie in, where it is read too.
  var output: String?
  /// The one folder that is written to, absolute.
  var scratch: String
  /// Where variants go, relative to the output: a part of their names.
  var folder: String
  var limits: SourceLimits
  /// Threads.
  var jobs: Int
  /// Bytes that the worker may have in memory; nil for no limit.
  var memory: Int?
  /// Formats whose files are opened although libvips calls their reader untrusted: those of requested sources, and
  /// those of files that are generated and scored.
  var opened: [ImageFormat]
}

/// A piece of work that touches the pixels or the header of a file.
enum WorkerTask: Codable, Sendable {
  /// To look at a file's header.
  case inspect(String)
  /// To make what a job wants.
  case render(RenderJob)
  /// To make a picture lighter in its own format.
  case shrink(ShrinkJob)
  /// To cut a view out of a variant and of its source.
  case view(Variant)
}

/// The orders for a render once its source is decoded: the known qualities, and the files to render.
struct RenderOrders: Codable, Hashable, Sendable {
  /// The positions of files to render.
  var missing: [Int] = []
  /// Where earlier searches ended, by ``QualityGroup/key``.
  var qualities: [String: RenderRecord.Quality] = [:]
}

/// From the parent to its worker. Tasks are identified by their numbers.
enum WorkerCommand: Codable, Sendable {
  case setUp(WorkerSetup)
  case task(Int, WorkerTask)
  /// All tasks have been sent.
  case start
  case orders(Int, RenderOrders)
}

/// From a worker to its parent. A worker may have been taken over by a file that it opened, so nothing of this is believed
/// unseen.
enum WorkerEvent: Codable, Sendable {
  case ready(Confinement)
  /// A unit of a task runs from now on: what would be lost with the worker.
  case began(task: Int, unit: Int, operation: String)
  case ended(unit: Int)
  case inspected(Int, Inspection)
  case viewed(Int, ViewStep.Pair?, failure: String?)
  /// The source is decoded; the answer is ``WorkerCommand/orders(_:_:)``.
  case decoded(Int, RenderRecord.Facts)
  /// No variant of the source is possible.
  case refused(Int, Diagnostic)
  case searched(Int, RenderRecord.Quality, key: String)
  /// A file lies in the scratch folder by the name of ``ReturnedFile/name(task:position:)``.
  case rendered(Int, position: Int, RenderRecord.File)
  /// A generated file that saves too little.
  case superfluous(Int, position: Int, bytes: Int)
  case failed(Int, position: Int, String)
  /// The scratch folder cannot be written to, for the system's reason of that number.
  case unwritable(Int32)
}
