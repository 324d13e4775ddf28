import Foundation
import Testing
import TestSupport

@testable import SiteFiles

@Suite struct FolderWatcherTests {
  private let folder: TemporaryFolder
  private var root: String { folder.path }

  init() throws { folder = try TemporaryFolder() }

  /// Waits until a path is told of. The time is a guard against hanging and nothing else.
  private func wait(for path: String, _ watcher: FolderWatcher) throws -> Bool {
    let end = ContinuousClock.now + .seconds(900)
    while let change = try watcher.next(isStopped: { ContinuousClock.now > end }) {
      switch change {
      case .anything: return true
      case .files(let files): if files.contains(path) { return true }
      }
    }
    return false
  }

  @Test(arguments: [false, true]) func everyKindOfChangeIsTold(polls: Bool) throws {
    func write(_ name: String, _ text: String) throws {
      try FileAccess.write(Data(text.utf8), to: folder(name))
    }
    try write("posts/a.md", "a")
    try write("out/x", "x")
    let watcher = try FolderWatcher(root: root, polls: polls) { $0 == "out" }
    #expect(watcher.polls || !polls)
    try write("posts/a.md", "changed")
    #expect(try wait(for: "posts/a.md", watcher))
    try write("posts/b.md", "b")
    #expect(try wait(for: "posts/b.md", watcher))
    #expect(rename(root + "/posts/b.md", root + "/posts/c.md") == 0)
    #expect(try wait(for: "posts/c.md", watcher))
    #expect(unlink(root + "/posts/c.md") == 0)
    #expect(try wait(for: "posts/c.md", watcher))
    // A folder that is new, and one in it, are watched from then on.
    try write("new/er/d.md", "d")
    #expect(try wait(for: "new/er/d.md", watcher))
    try write("new/er/d.md", "again")
    #expect(try wait(for: "new/er/d.md", watcher))
    #expect(rename(root + "/new", root + "/moved") == 0)
    try write("moved/er/e.md", "e")
    #expect(try wait(for: "moved/er/e.md", watcher))
  }

  @Test(arguments: [false, true]) func ignoredFoldersAndTemporaryNamesAreNotTold(polls: Bool) throws {
    try FileAccess.makeFolder(folder("out"))
    let watcher = try FolderWatcher(root: root, polls: polls) { $0 == "out" }
    try FileAccess.write(Data("x".utf8), to: root + "/out/x")
    try FileAccess.write(Data("x".utf8), to: root + "/.optimize-assets-1-2.tmp")
    try FileAccess.write(Data("x".utf8), to: root + "/last.md")
    // What comes first in time would be told first, or with it.
    #expect(try watcher.next(isStopped: { false }) == .files(["last.md"]))
  }

  @Test func waitingEndsWhenStopped() throws {
    let watcher = try FolderWatcher(root: root) { _ in false }
    #expect(try watcher.next(isStopped: { true }) == nil)
  }
}
