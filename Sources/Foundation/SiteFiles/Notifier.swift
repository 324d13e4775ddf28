#if os(Linux)
import Foundation
import Glibc

/// Changes below a folder as Linux tells of them: inotify(7), one watch for each folder.
final class Notifier {
  /// Content, permissions and names. IN_MODIFY is left out: a file that is being written is reported when it is closed.
  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)

  private let descriptor: Int32
  private let root: String
  private let isIgnored: (_ folder: String) -> Bool
  /// The folders by their watches, relative to the root; empty for the root itself.
  private var folders: [Int32: String] = [:]
  /// Whether every folder is watched.
  private(set) var isComplete = true

  /// Watches a folder and all below it; nil where that cannot be done.
  init?(root: String, isIgnored: @escaping (_ folder: String) -> Bool) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.root = root
    self.isIgnored = isIgnored
    _ = add("")
    guard isComplete, !folders.isEmpty else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The changes that come within a time; nil for none.
  func changes(within patience: Duration) -> FolderWatcher.Change? {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = max(1, Int32(patience / .milliseconds(1)))
    guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return nil }
    var changed: Set<String> = []
    var isLost = false
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { break }
      var offset = 0
      while offset + MemoryLayout<inotify_event>.size <= count {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let start = offset + MemoryLayout<inotify_event>.size
        let end = min(count, start + Int(event.len))
        let name = String(decoding: buffer[start..<end].prefix { $0 != 0 }, as: UTF8.self)
        offset = start + Int(event.len)
        if !take(event, name, &changed) { isLost = true }
      }
    }
    if isLost {
      rescan()
      return .anything
    }
    return changed.isEmpty ? nil : .files(changed)
  }

  /// Takes an event; false where events were lost.
  private func take(_ event: inotify_event, _ name: String, _ changed: inout Set<String>) -> Bool {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { return false }
    if event.mask & UInt32(IN_IGNORED) != 0 {
      folders[event.wd] = nil
      return true
    }
    guard !name.isEmpty, let folder = folders[event.wd] else { return true }
    let path = folder.isEmpty ? name : folder + "/" + name
    guard event.mask & UInt32(IN_ISDIR) != 0 else {
      // A created file is reported again when its writer closes it; a link is not.
      if !FileAccess.isTemporary(name) { changed.insert(path) }
      return true
    }
    if isIgnored(path) { return true }
    if event.mask & UInt32(IN_MOVED_FROM) != 0 { forget(path) }
    if event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 {
      // What was put into the folder before it was watched.
      changed.formUnion(add(path))
    }
    changed.insert(path)
    return true
  }

  /// Watches a folder and those below it.
  ///
  /// - Returns: the files that are in them.
  private func add(_ folder: String) -> [String] {
    guard watch(folder) else { return [] }
    let path = folder.isEmpty ? root : root + "/" + folder
    let prefix = folder.isEmpty ? "" : folder + "/"
    // Each folder is watched before what is in it is listed, so that nothing falls between the two.
    let listing = try? FileTree.list(below: path) { inner in
      let whole = prefix + inner
      return isIgnored(whole) || !watch(whole)
    }
    return (listing?.files ?? []).map { prefix + $0.path }.filter { !FolderWatcher.isTemporary($0) }
  }

  private func watch(_ folder: String) -> Bool {
    let path = folder.isEmpty ? root : root + "/" + folder
    let number = inotify_add_watch(descriptor, path, Self.mask)
    guard number >= 0 else {
      // A folder that went away meanwhile needs no watch, and of one that cannot be read nothing is used.
      if errno != ENOENT && errno != ENOTDIR && errno != EACCES { isComplete = false }
      return false
    }
    folders[number] = folder
    return true
  }

  /// Stops watching a folder that was moved away, and those below it.
  private func forget(_ folder: String) {
    for (number, path) in folders where path == folder || path.hasPrefix(folder + "/") {
      inotify_rm_watch(descriptor, number)
      folders[number] = nil
    }
  }

  private func rescan() {
    for number in folders.keys { inotify_rm_watch(descriptor, number) }
    folders = [:]
    _ = add("")
  }
}
#endif
