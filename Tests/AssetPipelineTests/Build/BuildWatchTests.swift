import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetPipeline

/// Which changes of a site ask for another build.
struct BuildWatchTests {
  @Test(arguments: [
    (".astro", true), (".next", true), ("docs/.vitepress", false), ("docs/.vitepress/cache", true),
    (".vitepress/dist", true), (".vitepress/theme", false), ("node_modules", true),
    ("packages/a/node_modules", true), ("_site", true), ("content", false), ("resources/_gen", true),
    ("resources", false),
  ])
  func foldersOfToolsAreNotWatched(_ folder: String, _ isIgnored: Bool) {
    #expect(BuildWatch.isIgnored(folder) == isIgnored)
  }

  @Test func whatEachBuildWritesIsTheGenerators() throws {
    let folder = try TemporaryFolder(["a.md": "", "out/index.html": ""])
    let watch = try BuildWatch(SiteRoot(folder.path), ignoring: ["out"])
    var found: [String] = []
    func build(_ files: String...) throws -> FolderWatcher.Change? {
      for file in files { try folder.write(UUID().uuidString, to: file) }
      return try watch.changesOfBuild { found.append($0) }
    }
    #expect(try build("out/index.html") == nil)
    #expect(try build("lock", "a.md") == .files(["lock", "a.md"]))
    #expect(try build("lock") == nil)
    #expect(found == ["lock"])
    #expect(try build("lock") == nil)
    // An author writes while it builds, once.
    #expect(try build("lock", "a.md") == .files(["a.md"]))
    #expect(try build("lock") == nil)
    #expect(found == ["lock"])
  }
}
