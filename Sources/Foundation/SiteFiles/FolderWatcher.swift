import Foundation

/// Waits for changes below a folder.
///
/// On Linux the kernel tells of them (inotify(7)). Elsewhere, and where the user's watches run out, the folder is listed
/// again and again and the stamps are compared.
package final class FolderWatcher {
  /// What has changed.
  package enum Change: Hashable, Sendable {
    /// Files, by their paths relative to the folder.
    case files(Set<String>)
    /// Anything may have: the kernel lost count.
    case anything
  }

  /// Further changes are waited for until there was none for this long, because editors write a file in several steps.
  private static let quiet = Duration.milliseconds(50)
  /// Changes that never end are handed out after this long.
  private static let longest = Duration.milliseconds(500)
  /// How often a folder is listed that the kernel does not tell about.
  private static let pollInterval = Duration.milliseconds(500)

  private let root: String
  private let isIgnored: (_ folder: String) -> Bool
  #if os(Linux)
  private var notifier: Notifier?
  #endif
  /// The previous listing, if changes are detected by listing.
  private var stamps: [String: FileStamp] = [:]

  /// Begins to watch: every change from now on is handed out by ``next(isStopped:)``.
  ///
  /// - Parameters:
  ///   - root: the folder, absolute and without symbolic links.
  ///   - polls: whether the folder is listed again and again, whatever the kernel can do.
  ///   - isIgnored: called with each folder's path relative to `root`; nothing below a folder for which it returns true
  ///     is a change.
  /// - Throws: ``FileError`` when a folder cannot be read.
  package init(
    root: String, polls: Bool = false, isIgnored: @escaping (_ folder: String) -> Bool
  ) throws(FileError) {
    self.root = root
    self.isIgnored = isIgnored
    #if os(Linux)
    if !polls { notifier = Notifier(root: root, isIgnored: isIgnored) }
    if notifier == nil { stamps = try listing() }
    #else
    stamps = try listing()
    #endif
  }

  /// Whether changes are detected by listing the folder.
  package var polls: Bool {
    #if os(Linux)
    return notifier == nil
    #else
    return true
    #endif
  }

  /// Waits for a change, and for it to be over.
  ///
  /// - Parameter isStopped: called ten times a second.
  /// - Returns: what has changed; nil where the waiting was stopped.
  /// - Throws: ``FileError`` when a folder cannot be read.
  package func next(isStopped: () -> Bool) throws(FileError) -> Change? {
    var changed: Change?
    var deadline = ContinuousClock.now
    while !isStopped() {
      let now = ContinuousClock.now
      if let changed, now >= deadline { return changed }
      let patience = changed == nil ? .milliseconds(100) : min(Self.quiet, deadline - now)
      guard let latest = try changes(within: patience) else {
        if let changed { return changed }
        continue
      }
      if changed == nil { deadline = now + Self.longest }
      changed = Self.sum(changed, latest)
    }
    return nil
  }

  /// What has changed until now, without waiting for it to be over; nil for nothing.
  ///
  /// - Throws: ``FileError`` when a folder cannot be read.
  package func pending() throws(FileError) -> Change? {
    var changed: Change?
    while let latest = try changes(within: .zero) { changed = Self.sum(changed, latest) }
    return changed
  }

  private static func sum(_ a: Change?, _ b: Change) -> Change {
    switch (a, b) {
    case (nil, _): b
    case (.files(let a), .files(let b)): .files(a.union(b))
    default: .anything
    }
  }

  /// The changes that come within a time; nil for none.
  private func changes(within patience: Duration) throws(FileError) -> Change? {
    #if os(Linux)
    if let notifier {
      let change = notifier.changes(within: patience)
      guard notifier.isComplete else {
        // Watches have run out: from here on the folder is listed.
        self.notifier = nil
        stamps = try listing()
        return .anything
      }
      return change
    }
    #endif
    Thread.sleep(forTimeInterval: max(patience, Self.pollInterval) / .seconds(1))
    let old = stamps
    stamps = try listing()
    var changed = Set(old.keys.filter { stamps[$0] == nil })
    for (path, stamp) in stamps where old[path] != stamp { changed.insert(path) }
    return changed.isEmpty ? nil : .files(changed)
  }

  private func listing() throws(FileError) -> [String: FileStamp] {
    var stamps: [String: FileStamp] = [:]
    for entry in try FileTree.files(below: root, skip: isIgnored) where !Self.isTemporary(entry.path) {
      stamps[entry.path] = entry.stamp
    }
    return stamps
  }

  static func isTemporary(_ path: String) -> Bool {
    FileAccess.isTemporary(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }
}
