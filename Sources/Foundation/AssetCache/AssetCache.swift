import AssetModel
import Dispatch
import Foundation
import SiteFiles
import Synchronization
import SystemResources

/// The results of earlier runs, so that no run repeats work.
///
/// It has two parts: an index, with the digest of each file that was read, the outcome of each action and some values;
/// and a content store, which holds files by the digest of their bytes. Nothing in it is required: a missing or damaged
/// entry is treated as if it had never existed, and its value is computed again.
///
/// It is safe to use from any number of threads, and by several processes at once. A recorded value is visible at once
/// to callers of the same object, and is written to the folder in the background.
package final class AssetCache: Sendable {
  /// How many bytes of files may wait for the disk before a caller that records another one has to wait.
  static let pendingLimit = 32 << 20
  /// How many bytes of files a cache without a folder keeps.
  static let memoryLimit = 64 << 20
  /// How many bytes of files are written before the actions that produced them are recorded.
  private static let batchLimit = 4 << 20

  struct State {
    /// The index; nil where there is no folder, or none that can be used.
    var index: CacheIndex?
    /// Whether notes still go to the folder. Without it they stay in ``pending``.
    var writes = false
    /// Whether nothing new is taken.
    var isClosed = false
    /// What waits to be written.
    var pending = PendingWrites()
    /// What is being written.
    var writing = PendingWrites()
    /// The bytes of files in ``pending`` and ``writing``.
    var pendingBytes = 0
    /// Who waits for ``pendingBytes`` to shrink.
    var waiting: [DispatchSemaphore] = []
    /// Whether a write is under way or about to begin.
    var isScheduled = false
    /// Rows whose use is to be noted.
    var uses = Uses()
    /// Files that are missing or damaged and have not been produced again.
    var damaged: Set<String> = []
    /// Every file that turned out so.
    var damagedCount = 0
    /// Whether an index has failed. It is rebuilt once; if it fails again, the disk is bad.
    var hasFailed = false
    var problems: [Diagnostic] = []
  }

  /// The cache's folder; nil where it lasts as long as the process.
  package let folder: String?
  /// The build whose findings these are; see ``key(_:)``.
  let build: String
  let blobs: BlobStore?
  let now: @Sendable () -> Int
  let state = Mutex(State())
  /// Lets one thread at a time see to an index that failed.
  private let repair = Mutex(())
  private let queue = DispatchQueue(label: "optimize-assets.cache", qos: .utility)

  /// Opens a cache, and makes it where there is none. What is wrong with it is in ``problems``; a folder that cannot be
  /// written to makes a cache that lasts as long as the process.
  ///
  /// - Parameters:
  ///   - folder: the cache's folder, absolute; nil for one that lasts as long as the process.
  ///   - build: names what finds things out, for ``key(_:)``.
  package convenience init(folder: String?, build: String = BuildIdentity.text) {
    self.init(folder: folder, build: build, now: { Int(Date().timeIntervalSince1970) })
  }

  /// - Parameter now: the time, in seconds since 1970.
  init(folder: String?, build: String = BuildIdentity.text, now: @escaping @Sendable () -> Int) {
    self.now = now
    self.build = build
    guard let folder else {
      self.folder = nil
      blobs = nil
      return
    }
    if let problem = CacheFolder.claim(folder) {
      self.folder = nil
      blobs = nil
      state.withLock { $0.problems = [problem] }
      return
    }
    self.folder = folder
    blobs = BlobStore(folder: folder + "/blobs")
    openIndex(folder)
  }

  private func openIndex(_ folder: String) {
    do {
      let index = try CacheIndex(folder: folder)
      state.withLock { state in
        state.index = index
        state.writes = true
      }
    } catch {
      failed(error, of: nil)
    }
  }

  /// The problems with the cache so far, each once. They are warnings, because everything is computed again.
  package var problems: [Diagnostic] {
    state.withLock { state in
      guard state.damagedCount > 0 else { return state.problems }
      let count = state.damagedCount.counted("file")
      let verb = state.damagedCount == 1 ? ("was", "is") : ("were", "are")
      return state.problems + [
        Diagnostic(
          .warning, .cacheDamaged, file: folder ?? "",
          message: "\(count) of the cache \(verb.0) missing or damaged and \(verb.1) made again",
          advice: "optimize-assets cache verify checks all of it")
      ]
    }
  }

  /// The key of a value that this build of the program computes, with everything else that it depends on.
  ///
  /// This is the rule for every entry: its key contains everything that its value depends on, and that includes the
  /// program. No version is raised by hand when the code changes; another build computes everything again. Values that
  /// are expensive and rarely depend on the code have keys that name their dependencies in another way (`RenderCache`).
  package func key(_ dependencies: String...) -> String {
    ContentDigest.sha256(([build] + dependencies).joined(separator: "\n"))
  }

  // MARK: Digests of files

  /// The recorded digest of the file at an absolute path; nil if none is recorded for this stamp.
  package func digest(of path: String, _ stamp: FileStamp) -> String? {
    let (noted, index) = state.withLock {
      ($0.pending.digests[path] ?? $0.writing.digests[path], $0.index)
    }
    let recorded = noted ?? index.flatMap { index in reading(index) { try index.digest(of: path) } ?? nil }
    return recorded.flatMap { $0.stamp == stamp ? $0.sha256 : nil }
  }

  /// The recorded digests of the files below a folder, by path relative to it, in one query.
  package func digests(below folder: String) -> [String: (stamp: FileStamp, sha256: String)] {
    // Pending records are read first. A record that is written in the meantime is then read twice instead of being
    // missed.
    let (noted, index) = state.withLock { state in
      var noted: [String: (stamp: FileStamp, sha256: String)] = [:]
      for digests in [state.writing.digests, state.pending.digests] {
        for (path, recorded) in digests where path.hasPrefix(folder + "/") {
          noted[String(path.dropFirst(folder.count + 1))] = recorded
        }
      }
      return (noted, state.index)
    }
    let indexed = index.flatMap { index in reading(index) { try index.digests(below: folder) } } ?? [:]
    return noted.isEmpty ? indexed : indexed.merging(noted) { $1 }
  }

  /// Records a file's digest. The caller sees to it that the stamp is settled, or that the file is its own.
  package func record(digest: String, of path: String, _ stamp: FileStamp) {
    record(digests: [(path, stamp, digest)])
  }

  /// Records the digests of files. The caller sees to it that the stamps are settled, or that the files are its own.
  package func record(digests: [(path: String, stamp: FileStamp, sha256: String)]) {
    guard !digests.isEmpty else { return }
    add { notes in
      for (path, stamp, sha256) in digests { notes.digests[path] = (stamp, sha256) }
    }
  }

  // MARK: Actions and their files

  /// The recorded outcomes of the actions with these keys.
  package func actions(_ keys: [String]) -> [String: CachedAction] {
    guard !keys.isEmpty else { return [:] }
    let (noted, damaged, index) = state.withLock { state in
      var noted: [String: CachedAction] = [:]
      if !state.writing.actions.isEmpty || !state.pending.actions.isEmpty {
        for key in keys { noted[key] = state.pending.actions[key] ?? state.writing.actions[key] }
      }
      return (noted, state.damaged, state.index)
    }
    var actions: [String: CachedAction] = [:]
    if let index, let read = reading(index, { try index.actions(keys, now: now()) }) {
      actions = read.values
      if !read.stale.isEmpty { state.withLock { $0.uses.actions.formUnion(read.stale) } }
    }
    if !damaged.isEmpty {
      actions = actions.filter { _, action in action.file.map { !damaged.contains($0.sha256) } ?? true }
    }
    if !noted.isEmpty { actions.merge(noted) { $1 } }
    return actions
  }

  /// Records the outcome of an action. A file's bytes go to the content store first; they are written in the
  /// background, so that no worker waits for the disk, and the action is recorded once they are safe. A caller that is
  /// far ahead of the disk waits for it, so that memory stays bounded.
  ///
  /// - Parameter data: the file's bytes, if the action produced a file.
  package func record(_ action: CachedAction, for key: String, data: Data?) {
    guard let file = action.file, let data else {
      add { $0.actions[key] = action }
      return
    }
    while true {
      let wait = state.withLock { state -> DispatchSemaphore? in
        guard !state.isClosed else { return nil }
        let isPending = state.pending.blobs[file.sha256] != nil
        let bytes = isPending ? 0 : data.count
        if state.pendingBytes > 0,
          state.pendingBytes + bytes > (state.writes ? Self.pendingLimit : Self.memoryLimit)
        {
          // Without a folder, entries are never evicted, so one that does not fit is not stored.
          guard state.writes else { return nil }
          let semaphore = DispatchSemaphore(value: 0)
          state.waiting.append(semaphore)
          return semaphore
        }
        state.pending.actions[key] = action
        state.pending.blobs[file.sha256] = data
        state.pendingBytes += bytes
        state.damaged.remove(file.sha256)
        return nil
      }
      guard let wait else { break }
      schedule(soon: true)
      wait.wait()
    }
    schedule()
  }

  /// The bytes of a file in the content store, checked against the digest; nil if they are missing or wrong. A wrong
  /// file is removed, together with the actions that produced it.
  package func data(_ sha256: String) -> Data? {
    let (noted, isDamaged) = state.withLock { state in
      (state.pending.blobs[sha256] ?? state.writing.blobs[sha256], state.damaged.contains(sha256))
    }
    if let noted { return noted }
    guard let blobs, !isDamaged else { return nil }
    if case .right(let data) = blobs.read(sha256) { return data }
    blobs.remove(sha256)
    state.withLock { state in
      guard state.damaged.insert(sha256).inserted else { return }
      state.damagedCount += 1
    }
    return nil
  }

  /// Writes a file of the content store to a path, checked against the digest.
  ///
  /// - Returns: false where there are no bytes that are right; nothing is written then.
  /// - Throws: ``FileError`` where the path cannot be written to.
  package func restore(_ sha256: String, to path: String, mode: mode_t = 0o644) throws(FileError) -> Bool {
    guard let data = data(sha256) else { return false }
    try FileAccess.write(data, to: path, mode: mode)
    return true
  }

  // MARK: Values

  /// The value of a key.
  package func value(_ table: CacheTable, _ key: String) -> Data? { values(table, [key])[key] }

  /// The values of keys, as far as there are any.
  package func values(_ table: CacheTable, _ keys: [String]) -> [String: Data] {
    guard !keys.isEmpty else { return [:] }
    let (noted, index) = state.withLock { state in
      var noted: [String: Data?] = [:]
      if state.writing.values[table] != nil || state.pending.values[table] != nil {
        for key in keys {
          if let value = state.pending.values[table]?[key] ?? state.writing.values[table]?[key] {
            noted.updateValue(value, forKey: key)
          }
        }
      }
      return (noted, state.index)
    }
    var values: [String: Data] = [:]
    if let index, let read = reading(index, { try index.values(table, keys, now: now()) }) {
      values = read.values
      if !read.stale.isEmpty {
        state.withLock { $0.uses.values[table, default: []].formUnion(read.stale) }
      }
    }
    for (key, value) in noted { values[key] = value }
    return values
  }

  /// Sets values.
  package func set(_ values: [String: Data], in table: CacheTable) {
    guard !values.isEmpty else { return }
    add { notes in
      for (key, value) in values { notes.values[table, default: [:]].updateValue(value, forKey: key) }
    }
  }

  /// Removes values.
  package func remove(_ keys: [String], from table: CacheTable) {
    guard !keys.isEmpty else { return }
    add { notes in
      for key in keys { notes.values[table, default: [:]].updateValue(nil, forKey: key) }
    }
  }

  // MARK: The end

  /// Waits until everything that was noted is safe. For the end of a run; the cache can be used after it.
  package func finish() {
    queue.sync {
      flush()
      let (index, uses, damaged) = state.withLock { state in
        defer { state.uses = Uses() }
        return (state.writes ? state.index : nil, state.uses, state.damaged)
      }
      guard let index else { return }
      do {
        if !damaged.isEmpty { try index.forget(files: damaged) }
        if !uses.isEmpty { try index.touch(uses, now: now()) }
        try index.checkpoint()
      } catch {
        failed(error, of: index)
      }
    }
  }

  /// Takes nothing new, finishes what is being written and drops the files that wait. For a run that is cancelled.
  package func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      if state.writes {
        let dropped = state.pending.blobs
        state.pending.blobs = [:]
        for (key, action) in state.pending.actions {
          if let file = action.file, dropped[file.sha256] != nil { state.pending.actions[key] = nil }
        }
        state.pendingBytes = state.writing.blobs.values.reduce(0) { $0 + $1.count }
      }
      defer { state.waiting = [] }
      return state.waiting
    }
    for semaphore in waiting { semaphore.signal() }
    finish()
  }

  // MARK: Writing in the background

  private func add(_ change: (inout PendingWrites) -> Void) {
    state.withLock { state in
      guard !state.isClosed else { return }
      change(&state.pending)
    }
    schedule()
  }

  /// Sees to it that what is pending gets written: after a moment in which more may come, because a transaction for
  /// each note would cost more than the notes.
  private func schedule(soon: Bool = false) {
    let begins = state.withLock { state in
      guard state.writes, !state.isScheduled, !state.pending.isEmpty else { return false }
      state.isScheduled = true
      return true
    }
    if begins {
      queue.asyncAfter(deadline: .now() + .milliseconds(20)) { self.flush() }
    } else if soon {
      queue.async { self.flush() }
    }
  }

  /// Writes what is pending. On the queue.
  private func flush() {
    while let (batches, index) = takePending() {
      for batch in batches {
        let isDropped = state.withLock { $0.isClosed && !batch.blobs.isEmpty || !$0.writes }
        if !isDropped { write(batch, to: index) }
        done(batch)
      }
      let waiting = state.withLock { state in
        state.writing = PendingWrites()
        // Files that no action came to need, because their key was noted again, are dropped with this.
        state.pendingBytes = state.pending.blobs.values.reduce(0) { $0 + $1.count }
        defer { state.waiting = [] }
        return state.waiting
      }
      for semaphore in waiting { semaphore.signal() }
    }
  }

  private func takePending() -> ([PendingWrites], CacheIndex)? {
    state.withLock { state in
      state.isScheduled = false
      guard state.writes, let index = state.index, !state.pending.isEmpty else { return nil }
      state.writing = state.pending
      state.pending = PendingWrites()
      var rest = state.writing
      let batches = rest.takeBatches(ofBytes: Self.batchLimit)
      return ((rest.isEmpty ? [] : [rest]) + batches, index)
    }
  }

  private func write(_ batch: PendingWrites, to index: CacheIndex) {
    do {
      try blobs?.write(batch.blobs)
      try index.write(batch, now: now())
    } catch {
      failed(error, of: index)
      // A new index has replaced the damaged one, and gets the records that the old one did not store.
      let fresh = state.withLock { $0.writes && $0.index !== index ? $0.index : nil }
      do {
        try fresh?.write(batch, now: now())
      } catch let second {
        failed(second, of: fresh)
      }
    }
  }

  /// Lets go of a batch's files, and of those who wait for that.
  private func done(_ batch: PendingWrites) {
    guard !batch.blobs.isEmpty else { return }
    let waiting = state.withLock { state in
      for (sha256, data) in batch.blobs where state.writing.blobs.removeValue(forKey: sha256) != nil {
        state.pendingBytes = max(0, state.pendingBytes - data.count)
      }
      defer { state.waiting = [] }
      return state.waiting
    }
    for semaphore in waiting { semaphore.signal() }
  }

  // MARK: What goes wrong

  /// Reads from the index; nil where that fails.
  private func reading<Value>(_ index: CacheIndex, _ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      failed(error, of: index)
      return nil
    }
  }

  /// Rebuilds a damaged index once; stops writing after any other failure.
  ///
  /// - Parameter index: the index that failed; nil where it could not be opened.
  func failed(_ error: any Error, of index: CacheIndex?) {
    guard let folder else { return }
    repair.withLock { _ in repair(after: error, of: index, in: folder) }
  }

  private func repair(after error: any Error, of index: CacheIndex?, in folder: String) {
    let isFirst = state.withLock { state -> Bool? in
      // Another thread may have detected the same damage and rebuilt the index.
      if let index, state.index !== index { return nil }
      defer { state.hasFailed = true }
      return !state.hasFailed
    }
    guard let isFirst else { return }
    var error = error
    if CacheIndex.isDamage(error), isFirst {
      do {
        try CacheIndex.remove(index, in: folder)
        let fresh = try CacheIndex(folder: folder)
        return state.withLock { state in
          state.index = fresh
          state.writes = true
          state.problems.append(Self.rebuilt(fresh.path))
        }
      } catch let second {
        error = second
      }
    }
    stop(CacheFolder.unusable(folder, Self.reason(error)))
  }

  private func stop(_ problem: Diagnostic) {
    let waiting = state.withLock { state in
      if state.writes || state.index == nil { state.problems.append(problem) }
      state.writes = false
      defer { state.waiting = [] }
      return state.waiting
    }
    for semaphore in waiting { semaphore.signal() }
  }

  private static func rebuilt(_ path: String) -> Diagnostic {
    Diagnostic(
      .warning, .cacheDamaged, file: path,
      message: "the cache's index was damaged and is made anew, so that this run makes everything again",
      advice: "if this comes back, look after the disk, or choose another folder with --cache")
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as FileError: "\(error)"
    case let error as SQLiteError: error.message
    default: "\(error)"
    }
  }
}
