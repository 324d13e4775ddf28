import AssetModel
import Foundation
import SiteFiles
import SystemResources
import VariantWorkers

/// Puts lighter files in the place of their originals.
///
/// The order is what makes it safe to be killed anywhere: the original is in git or in the cache, the ledger says what the new
/// file will be, and only then the file is replaced, in one move. A record of a file that was never put there does no harm.
final class ShrinkWriter: Sendable {
  private let tasks: [PlannedShrink.Task]
  private let remembered: [OriginalRecord]
  private let isDry: Bool
  private let isHook: Bool
  private let root: SiteRoot
  private let store: OriginalsStore
  private let memory: ShrinkMemory
  private let state: Shared<State>
  private let writing = Shared(())

  private struct State: Sendable {
    var ledger: OriginalsLedger
    var lighter: [ShrinkAccount.Picture] = []
    var problems: [Diagnostic] = []
    var failure: FileError?
  }

  init(_ tasks: [PlannedShrink.Task], _ plan: PlannedShrink, _ pipeline: Pipeline) {
    let selected = plan.inspected.selected
    self.tasks = tasks
    remembered = plan.remembered
    isDry = selected.options.isDry
    isHook = selected.options.isHook
    root = pipeline.root
    store = OriginalsStore(root: root, cache: pipeline.cache, repository: selected.repository)
    memory = ShrinkMemory(pipeline.cache)
    state = Shared(State(ledger: selected.ledger))
  }

  var lighter: [ShrinkAccount.Picture] { state.withLock { $0.lighter.sorted { $0.path < $1.path } } }
  var problems: [Diagnostic] { state.withLock(\.problems) }
  /// What the file system refused, after which nothing more is written.
  var failure: FileError? { state.withLock(\.failure) }

  /// Takes what came of a task.
  ///
  /// - Returns: whether to go on.
  func take(_ position: Int, _ result: ShrinkResult) -> Bool {
    let task = tasks[position]
    do throws(FileError) {
      switch result {
      case .lighter(let file, let data): try replace(task, by: data, file)
      case .stays:
        // What is asked for now is the original itself.
        if let record = task.record { try giveBack(task, record) }
      case .refused(var problem):
        problem.file = task.source.path
        let diagnostic = problem
        state.withLock { $0.problems.append(diagnostic) }
      }
      return true
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
      return false
    }
  }

  private func replace(
    _ task: PlannedShrink.Task, by data: Data, _ file: RenderRecord.File
  ) throws(FileError) {
    let path = task.source.path
    let picture = ShrinkAccount.Picture(
      path: path, format: task.source.format, before: task.source.bytes, after: file.bytes,
      score: file.score ?? 100, quality: file.settings.quality,
      size: task.job.wish.longestSide.flatMap { side in
        max(task.source.width, task.source.height) > side ? PixelBounds.fit(task.job.source, side) : nil
      })
    guard !isDry else {
      if file.sha256 != task.source.sha256 { state.withLock { $0.lighter.append(picture) } }
      return
    }
    let original = task.record?.original ?? task.source.sha256
    guard isFree(file.sha256, original) else { return tellOfTwins(path) }
    guard let current = try current(task) else { return }
    let object = task.record.map(\.object) ?? store.repository?.objects(of: [path])[path]
    if task.record == nil {
      guard try store.keep(current, original, at: path, object: object) else {
        return tell(
          Diagnostic(
            .warning, .refused, file: path,
            message: "left as it is: neither git nor a cache has its original",
            advice: "commit it first, or run without --no-cache"))
      }
    }
    let record = OriginalRecord(
      sha256: file.sha256, bytes: file.bytes, original: original, originalBytes: task.job.source.bytes,
      object: object, target: task.job.targetOfRecord, max: task.job.wish.longestSide, score: file.score,
      path: path)
    guard try write([record]) else { return tellOfTwins(path) }
    guard file.sha256 != task.source.sha256 else { return }
    try put(data, file.sha256, at: path)
    memory.record(record)
    state.withLock { $0.lighter.append(picture) }
  }

  /// Whether no other picture became the same file.
  private func isFree(_ sha256: String, _ original: String) -> Bool {
    state.withLock { $0.ledger[sha256].map { $0.original == original } ?? true }
  }

  private func tellOfTwins(_ path: String) {
    tell(
      Diagnostic(
        .note, .passedThrough, file: path,
        message:
          "left as it is: another picture became the same file, and it would not be known which original is whose"
      ))
  }

  private func giveBack(_ task: PlannedShrink.Task, _ record: OriginalRecord) throws(FileError) {
    let path = task.source.path
    var picture = ShrinkAccount.Picture(
      path: path, format: task.source.format, before: task.source.bytes, after: record.originalBytes,
      score: 100)
    picture.isOriginal = true
    let restored = picture
    guard !isDry else { return state.withLock { $0.lighter.append(restored) } }
    guard try current(task) != nil, let data = store.content(of: record) else { return }
    try put(data, record.original, at: path)
    state.withLock { $0.lighter.append(restored) }
  }

  /// The bytes of the picture as it was looked at; nil where it changed since.
  private func current(_ task: PlannedShrink.Task) throws(FileError) -> Data? {
    let data = try FileAccess.read(root.absolute(task.source.path))
    var info = stat()
    guard lstat(root.absolute(task.source.path), &info) == 0, info.st_mode & S_IFMT == S_IFREG,
      ContentDigest.sha256(data) == task.source.sha256
    else {
      tell(
        Diagnostic(
          .error, .unreadable, file: task.source.path, message: "left as it is: it changed during the run",
          advice: "run again"))
      return nil
    }
    return data
  }

  private func put(_ data: Data, _ sha256: String, at path: String) throws(FileError) {
    let file = root.absolute(path)
    try DurableFile.write(data, to: file)
    if let stamp = FileStamp(of: file) { store.cache.record(digest: sha256, of: file, stamp) }
  }

  /// Puts records into the ledger, and writes it.
  ///
  /// - Returns: false where it holds one of them already with another original, which stays.
  @discardableResult
  private func write(_ records: [OriginalRecord]) throws(FileError) -> Bool {
    // One after another, so that no older state of the ledger follows a newer one.
    let (failure, isFree): (FileError?, Bool) = writing.withLock { _ in
      let (new, isFree): (OriginalsLedger?, Bool) = state.withLock { state in
        let ledger = state.ledger
        let free = records.filter { ledger[$0.sha256].map(\.original) ?? $0.original == $0.original }
        let changed = free.filter { ledger[$0.sha256] != $0 }
        for record in changed { state.ledger[record.sha256] = record }
        return (changed.isEmpty ? nil : state.ledger, free.count == records.count)
      }
      do throws(FileError) { try new?.write(to: root) } catch { return (error, isFree) }
      return (nil, isFree)
    }
    if let failure { throw failure }
    return isFree
  }

  /// Puts into the ledger what this machine remembers of pictures that are there.
  func addRemembered() throws(FileError) {
    guard !isDry, !remembered.isEmpty else { return }
    try write(remembered)
  }

  private func tell(_ problem: Diagnostic) { state.withLock { $0.problems.append(problem) } }
}

/// The size of a picture below a cap.
enum PixelBounds {
  static func fit(_ source: Source, _ side: Int) -> [Int] {
    let longest = max(source.width, source.height)
    guard longest > side else { return [source.width, source.height] }
    let scale = Double(side) / Double(longest)
    return [source.width, source.height].map { max(1, Int((Double($0) * scale).rounded())) }
  }
}
