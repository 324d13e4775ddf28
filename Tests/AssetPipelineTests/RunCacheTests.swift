import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetPipeline

/// Runs over small sites that share a cache.
@Suite struct RunCacheTests {
  /// A site whose files are old enough to be trusted by their stamps.
  private final class Blog {
    private let folder: TemporaryFolder
    let cache = AssetCache(folder: nil)
    var configuration = Configuration()
    var site: String { folder("site") }
    var output: String { folder("out") }

    init(_ files: [String: String] = [:]) throws {
      folder = try TemporaryFolder()
      let all = [
        "_config.yml": "", "_posts/2020-01-02-a.md": "---\n---\n![a](/a.svg) ![gone](/gone.png)\n",
        "a.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"3\" height=\"2\"/>", "style.css": "x",
      ].merging(files) { $1 }
      for (name, text) in all { try write(name, text) }
    }

    func write(_ name: String, _ text: String, modified: Int64 = 1_500_000_000_000_000_000) throws {
      try FileAccess.write(Data(text.utf8), to: site + "/" + name)
      FileCopy.setModified(modified, of: site + "/" + name)
    }

    func run() throws -> Pipeline.Result {
      try Pipeline(site: site, configuration: configuration, cache: cache).optimize(output: output)
    }
  }

  @Test func secondRunHasNothingToDoAndSaysTheSame() throws {
    let blog = try Blog()
    let first = try blog.run()
    #expect(!first.isUnchanged)
    let second = try blog.run()
    #expect(second.isUnchanged)
    #expect(second.problems == first.problems)
    #expect(second.site == first.site)
    #expect(try second.manifest == first.manifest)
    var (a, b) = (first.summary, second.summary)
    (a.seconds, b.seconds, a.encoded, b.encoded) = (0, 0, 0, 0)
    #expect(try JSONEncoder().encode(a).count == JSONEncoder().encode(b).count)
    #expect(b.posts == 1 && b.warnings == a.warnings && b.output == a.output)
  }

  struct Change: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var act: @Sendable (_ site: String, _ output: String) throws -> Void = { _, _ in }
    var configure: @Sendable (inout Configuration) -> Void = { _ in }
  }

  static func put(_ text: String, _ path: String) throws {
    try FileAccess.write(Data(text.utf8), to: path)
    FileCopy.setModified(1_500_000_000_000_000_000, of: path)
  }

  static let changes = [
    Change(testDescription: "a post") { site, _ in try put("---\n---\n", site + "/_posts/2020-01-02-a.md") },
    Change(testDescription: "a new file") { site, _ in try put("n", site + "/new.txt") },
    Change(testDescription: "a file less") { site, _ in unlink(site + "/style.css") },
    Change(testDescription: "a file's permissions") { site, _ in chmod(site + "/style.css", 0o600) },
    Change(testDescription: "a file that was missing, where nothing is listed") { site, _ in
      try put("x", site + "/node_modules/x.png")
    },
    Change(testDescription: "a copy") { _, output in try put("y", output + "/style.css") },
    Change(testDescription: "a copy less") { _, output in unlink(output + "/style.css") },
    Change(testDescription: "a further file in the output") { _, output in try put("y", output + "/y") },
    Change(testDescription: "the manifest less") { _, output in
      unlink(output + "/.optimize-assets/manifest.json")
    },
    Change(testDescription: "the configuration", configure: { $0.sizes = SizesRules("50vw") }),
    Change(testDescription: "a nested part of the configuration", configure: { $0.plan.avif.quality = 1 }),
  ]

  @Test(arguments: changes)
  func runIsDoneAfterAChange(_ change: Change) throws {
    let blog = try Blog([
      "_posts/2020-01-02-a.md": "---\n---\n![a](/a.svg) ![gone](/gone.png) ![x](/node_modules/x.png)\n"
    ])
    _ = try blog.run()
    #expect(try blog.run().isUnchanged)
    try change.act(blog.site, blog.output)
    change.configure(&blog.configuration)
    #expect(try !blog.run().isUnchanged)
    #expect(try blog.run().isUnchanged)
  }

  @Test func fileThatWasChangedAMomentAgoIsNotTrusted() throws {
    let blog = try Blog()
    try blog.write("style.css", "y", modified: FileStamp.now)
    _ = try blog.run()
    #expect(try !blog.run().isUnchanged)
  }

  @Test(arguments: [
    ("style.css", "y"), ("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"/>"),
  ])
  func fileThatWasOverwrittenIsCopiedThoughItsLengthTimeAndNumberAreKept(name: String, text: String) throws {
    let blog = try Blog()
    _ = try blog.run()
    #expect(try blog.run().isUnchanged)
    // File systems count the time of a change in steps of some milliseconds.
    usleep(20_000)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: blog.site + "/" + name))
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
    FileCopy.setModified(1_500_000_000_000_000_000, of: blog.site + "/" + name)
    #expect(try !blog.run().isUnchanged)
    #expect(try String(decoding: FileAccess.read(blog.output + "/" + name), as: UTF8.self) == text)
  }

  @Test func removedPostsCopyGoesAndItsEmptyFolderToo() throws {
    let blog = try Blog(["deep/er/p.md": "---\n---\nx\n"])
    _ = try blog.run()
    #expect(access(blog.output + "/deep/er/p.md", F_OK) == 0)
    try FileAccess.makeFolder(blog.output + "/empty/folder")
    #expect(unlink(blog.site + "/deep/er/p.md") == 0)
    _ = try blog.run()
    // Its folder is still there in the site.
    #expect(access(blog.output + "/deep/er/p.md", F_OK) != 0)
    #expect(access(blog.output + "/deep/er", F_OK) == 0)
    try FileManager.default.removeItem(atPath: blog.site + "/deep")
    try FileAccess.write(Data("---\n---\ny\n".utf8), to: blog.site + "/other.md")
    _ = try blog.run()
    #expect(access(blog.output + "/deep", F_OK) != 0)
    #expect(access(blog.output + "/empty", F_OK) != 0)
    #expect(access(blog.site + "/a.svg", F_OK) == 0)
  }

  @Test func changedPostIsRewrittenAndTheOthersAreKept() throws {
    let blog = try Blog(["_posts/2020-01-03-b.md": "---\n---\nb\n"])
    _ = try blog.run()
    let copy = blog.output + "/_posts/2020-01-02-a.md"
    let before = try #require(FileStamp(of: copy))
    try blog.write("_posts/2020-01-03-b.md", "---\n---\nchanged\n")
    _ = try blog.run()
    #expect(FileStamp(of: copy) == before)
    #expect(
      try String(decoding: FileAccess.read(blog.output + "/_posts/2020-01-03-b.md"), as: UTF8.self)
        == "---\n---\nchanged\n")
  }

  // MARK: Stale variants

  @Test func staleVariantsStayForTheirTime() {
    let cache = AssetCache(folder: nil)
    func kept(_ unneeded: [String], at now: Int, grace: Int? = 100) -> Set<String> {
      StaleVariants(output: "/o", grace: grace, cache: cache, now: now).retained(of: unneeded, in: "v").files
    }
    #expect(kept(["v/a.webp", "post.md"], at: 1000) == ["v/a.webp"])
    #expect(kept(["v/a.webp", "v/b.webp"], at: 1050) == ["v/a.webp", "v/b.webp"])
    #expect(kept(["v/a.webp", "v/b.webp"], at: 1100) == ["v/b.webp"])
    // Needed again and then not: the time begins anew.
    #expect(kept([], at: 1120) == [])
    #expect(kept(["v/b.webp"], at: 1200) == ["v/b.webp"])
    #expect(kept(["v/b.webp"], at: 1201, grace: nil) == [])
    #expect(kept(["v/b.webp"], at: 1290) == ["v/b.webp"])
  }
}
