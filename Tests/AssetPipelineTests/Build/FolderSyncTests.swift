import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetPipeline

/// A build that is taken over into the one before.
struct FolderSyncTests {
  private static let before = [
    "a.html": "a", "b/c.html": "c", "b/gone.html": "x", "d": "a file", "e/f/g.html": "g", "same.css": "s",
  ]
  private static let after = [
    "a.html": "A", "b/c.html": "c", "d/h.html": "h", "e": "a file now", "same.css": "s", "new/i.html": "i",
  ]

  @Test func folderBecomesTheNewOneAndWhatIsTheSameIsNotTouched() throws {
    let folder = try TemporaryFolder()
    for (path, text) in Self.before { try folder.write(text, to: "pages/" + path) }
    for (path, text) in Self.after { try folder.write(text, to: "fresh/" + path) }
    try folder.link("pages/link", to: "a.html")
    try folder.link("fresh/link", to: "b/c.html")
    let stamps = ["b/c.html", "same.css"].map { FileStamp(of: folder("pages/" + $0)) }
    let changes = try FolderSync(fresh: folder("fresh"), folder: folder("pages"), jobs: 3).run()
    // Changed: a.html, link; new: d/h.html, e, new/i.html; gone: b/gone.html, d, e/f/g.html.
    #expect(changes == 8)
    let files = try FileTree.files(below: folder("pages"))
    #expect(Set(files.map(\.path)) == Set(Self.after.keys).union(["link"]))
    for (path, text) in Self.after { #expect(try folder.text("pages/" + path) == text) }
    #expect(files.contains { $0.path == "link" && $0.kind == .link("b/c.html") })
    #expect(["b/c.html", "same.css"].map { FileStamp(of: folder("pages/" + $0)) } == stamps)
  }

  @Test func sameBuildChangesNothing() throws {
    let folder = try TemporaryFolder()
    for name in ["pages", "fresh"] {
      for (path, text) in Self.before { try folder.write(text, to: name + "/" + path) }
    }
    #expect(try FolderSync(fresh: folder("fresh"), folder: folder("pages"), jobs: 1).run() == 0)
  }

  @Test func otherPermissionsAreAChange() throws {
    let folder = try TemporaryFolder(["pages/a": "a", "fresh/a": "a"])
    #expect(chmod(folder("fresh/a"), 0o755) == 0)
    #expect(try FolderSync(fresh: folder("fresh"), folder: folder("pages"), jobs: 1).run() == 1)
    #expect(FileAccess.mode(of: folder("pages/a")) == 0o755)
  }

  /// Otherwise the next build would take all pages for changed.
  @Test func whatCameJustNowHasAStampThatCanBeTrusted() throws {
    let folder = try TemporaryFolder(["fresh/a.html": "a", "fresh/b/c.html": "c"])
    _ = try FolderSync(fresh: folder("fresh"), folder: folder("pages"), jobs: 1).run()
    let files = try FileTree.files(below: folder("pages"))
    #expect(files.count == 2 && files.allSatisfy { $0.stamp.isStable(at: FileStamp.now) })
  }
}
