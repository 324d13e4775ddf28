import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Looks at the headers of files in workers.
final class WorkerInspection: WorkerListener {
  private let root: SiteRoot
  private let limits: SourceLimits
  private let folder: String?
  private let crashes: CrashMemory
  private let program: WorkerProgram
  private let jobs: Int
  /// The inspected files, and their results in the same order.
  private let files: [String]
  private var inspections: [Inspection?]
  /// The files' digests, if known.
  private var digests: [String?]
  /// The positions of the files that the tasks are.
  private var positions: [Int] = []

  init(
    root: SiteRoot, limits: SourceLimits, cache: AssetCache, program: WorkerProgram, jobs: Int,
    files: [(path: String, sha256: String?)]
  ) {
    self.root = root
    self.limits = limits
    folder = cache.folder
    crashes = CrashMemory(cache: cache)
    self.program = program
    self.jobs = jobs
    self.files = files.map(\.path)
    digests = files.map(\.sha256)
    inspections = files.map { _ in nil }
  }

  /// Looks at all files that have not ended a worker in an earlier run.
  ///
  /// - Throws: `Cancelled`
  func run(_ cancellation: Cancellation) throws(Cancelled) -> [Inspection] {
    let deaths = crashes.deaths(of: digests.compactMap(\.self))
    for (position, sha256) in digests.enumerated() {
      guard let death = sha256.flatMap({ deaths[$0] }) else { continue }
      inspections[position] = Inspection(source: nil, problems: [death.problem(of: files[position])])
    }
    positions = inspections.indices.filter { inspections[$0] == nil }
    let setup = WorkerSetup(
      site: root.absolute(""), scratch: "", folder: "", limits: limits,
      jobs: max(1, min(jobs, positions.count)), opened: limits.reads.sorted { $0.rawValue < $1.rawValue })
    do throws(EngineError) {
      try WorkerSupervisor(program: program, setup: setup, folder: folder).run(
        positions.map { .inspect(files[$0]) }, cancellation: cancellation, listener: self
      ) { _ in }
    } catch {
      for position in inspections.indices where inspections[position] == nil {
        let problem = Diagnostic(
          .error, .unreadable, file: files[position], message: "the image cannot be looked at: \(error)")
        inspections[position] = Inspection(source: nil, problems: [problem])
      }
    }
    let complete = inspections.compactMap(\.self)
    guard complete.count == files.count else { throw Cancelled() }
    return complete
  }

  func receive(_ event: WorkerEvent, of task: Int) -> WorkerReply {
    let path = files[positions[task]]
    guard case .inspected(_, let inspection) = event,
      inspection.source.map({ $0.path == path && Self.isDigest($0.sha256) }) ?? true,
      inspection.problems.allSatisfy({ $0.file == path })
    else { return .nonsense }
    inspections[positions[task]] = inspection
    return .done
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  func remembered(_ task: Int) -> WorkerDeath? {
    guard let sha256 = digest(of: positions[task]) else { return nil }
    return crashes.deaths(of: [sha256])[sha256]
  }

  func lost(_ task: Int, _ death: WorkerDeath) {
    let position = positions[task]
    inspections[position] = Inspection(source: nil, problems: [death.problem(of: files[position])])
    guard let sha256 = digest(of: position) else { return }
    crashes.record(death, of: sha256)
  }

  /// The digest of a file that has ended a worker. The stamp is noted with it, so that the next run need not read it.
  private func digest(of position: Int) -> String? {
    if let digest = digests[position] { return digest }
    let path = root.absolute(files[position])
    let (now, stamp) = (FileStamp.now, FileStamp(of: path))
    guard let stamp, stamp.bytes <= limits.maxBytes, let data = try? FileAccess.read(path) else { return nil }
    let sha256 = ContentDigest.sha256(data)
    digests[position] = sha256
    if stamp.isStable(at: now), stamp == FileStamp(of: path) {
      crashes.cache.record(digest: sha256, of: path, stamp)
    }
    return sha256
  }

  func weight(of task: Int) -> (cost: Double, memory: Int) { (0, 0) }
}
