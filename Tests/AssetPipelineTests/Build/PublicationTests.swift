import Foundation
import SiteFiles
import SystemResources
import Testing
import TestSupport

@testable import AssetPipeline

/// Finished pages that take the place of those that are served.
struct PublicationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "new/index.html": "new", "new/a/b.html": "b", "new/.optimize-assets/manifest.json": "{}",
    ])
  }

  private var publication: Publication {
    Publication(source: folder("new"), destination: folder("web"), record: folder("published"), jobs: 2)
  }

  private func tree(_ name: String) throws -> [String: String] {
    try FileTree.files(below: folder(name)).reduce(into: [:]) { tree, entry in
      tree[entry.path] = try folder.text(name + "/" + entry.path)
    }
  }

  private func inode(_ name: String) -> UInt64 {
    var info = stat()
    return lstat(folder(name), &info) == 0 ? UInt64(info.st_ino) : 0
  }

  @Test func pagesAreThereWithoutTheRecordsOfTheRun() throws {
    let result = try publication.run(Cancellation())
    #expect(result.isReplaced && result.files == 2)
    #expect(try tree("web") == ["index.html": "new", "a/b.html": "b"])
    #expect(folder.contents == ["new", "published", "web"])
  }

  @Test func secondTimeNothingIsWritten() throws {
    _ = try publication.run(Cancellation())
    let before = FileStamp(of: folder("web/index.html"))
    let result = try publication.run(Cancellation())
    #expect(!result.isReplaced && result.files == 0)
    #expect(FileStamp(of: folder("web/index.html")) == before)
  }

  @Test func onlyWhatChangedIsCopied() throws {
    _ = try publication.run(Cancellation())
    let inode = FileStamp.inode(of: folder("web/a/b.html"))
    try folder.write("newer", to: "new/index.html")
    #expect(try publication.run(Cancellation()).files == 1)
    #expect(try folder.text("web/index.html") == "newer")
    #expect(FileStamp.inode(of: folder("web/a/b.html")) == inode)
    // Somebody else has written there: what the build says counts.
    try folder.write("by hand", to: "web/a/b.html")
    #expect(try publication.run(Cancellation()).files >= 1)
    #expect(try tree("web") == ["index.html": "newer", "a/b.html": "b"])
  }

  /// Whoever has the folder open, as a server does, sees the new page in it.
  @Test func onePageAloneIsReplacedWhereItIs() throws {
    _ = try publication.run(Cancellation())
    let inode = self.inode("web/a")
    try folder.write("newer", to: "new/a/b.html")
    #expect(try publication.run(Cancellation()) == (1, true))
    #expect(try tree("web") == ["index.html": "new", "a/b.html": "newer"])
    #expect(self.inode("web/a") == inode)
    #expect(folder.contents == ["new", "published", "web"])
    #expect(try publication.run(Cancellation()) == (0, false))
    // A folder more is a change of its own.
    try folder.write("c", to: "new/c/c.html")
    #expect(try publication.run(Cancellation()) == (1, true))
    #expect(self.inode("web/a") != inode)
    #expect(try tree("web") == ["index.html": "new", "a/b.html": "newer", "c/c.html": "c"])
  }

  @Test func oldPagesOfTheSiteAreReplaced() throws {
    try folder.write("old", to: "web/index.html")
    try folder.write("old", to: "web/old-post.html")
    #expect(try publication.run(Cancellation()).isReplaced)
    #expect(try tree("web") == ["index.html": "new", "a/b.html": "b"])
  }

  @Test func filesOfSomebodyElseStay() throws {
    try folder.write("years of work", to: "web/thesis.txt")
    #expect(throws: PipelineError.self) { try publication.run(Cancellation()) }
    #expect(try tree("web") == ["thesis.txt": "years of work"])
    #expect(folder.contents == ["new", "web"])
  }

  @Test(arguments: ["repository", "file", "site"])
  func whatIsNoFolderOfPagesIsRefusedBeforeAnythingIsBuilt(_ case: String) throws {
    switch `case` {
    case "repository": try folder.write("x", to: "web/.git/HEAD")
    case "file": try folder.write("x", to: "web")
    default: try folder.write("x", to: "web/site/_config.yml")
    }
    let site = `case` == "site" ? folder("web/site") : folder("site")
    #expect(throws: PipelineError.self) { try publication.check(site: site) }
  }

  @Test func stoppedRunLeavesTheOldPages() throws {
    try folder.write("old", to: "web/index.html")
    let cancellation = Cancellation()
    cancellation.raise()
    #expect(throws: (any Error).self) { try publication.run(cancellation) }
    #expect(try tree("web") == ["index.html": "old"])
    #expect(folder.contents == ["new", "web"])
  }

  @Test func leftoverOfAKilledRunGoesAndThatOfALivingOneStays() throws {
    // No process has this number: it is above the largest that Linux and macOS give.
    try folder.write("x", to: ".optimize-assets-99999999-1.new/a")
    try folder.write("x", to: ".optimize-assets-\(getppid())-1.new/a")
    _ = try publication.run(Cancellation())
    #expect(folder.contents == [".optimize-assets-\(getppid())-1.new", "new", "published", "web"])
  }
}
