import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostRewriter

@Suite struct StagedSiteTests {
  private let scratch: TemporaryFolder
  private let site: SiteRoot
  private var folder: String { scratch.path }
  private var output: String { folder + "/out" }

  init() throws {
    scratch = try TemporaryFolder([
      "site/a.md": "a", "site/b/c.png": "c", "site/.git/config": "g", "site/_site/a.html": "h",
      "site/.htaccess": "t", "outside.txt": "o",
    ])
    try scratch.link("site/in.png", to: "b/c.png")
    try scratch.link("site/out.txt", to: "../outside.txt")
    site = try SiteRoot(scratch("site"))
  }

  @Test func copyThatIsStoppedIsFinishedByTheNextOne() throws {
    let staged = try StagedSite(site: site, output: output)
    try staged.prepare()
    var asked = 0
    func isStopped() -> Bool {
      asked += 1
      return asked > 2
    }
    #expect(try staged.fill(adding: [], isStopped: isStopped, replacing: { _ in nil }).written == 2)
    #expect(try fill().written == 3)
  }

  private func fill(_ replacing: [String: String] = [:], adding: Set<String> = []) throws -> StagedSite.Report
  {
    let staged = try StagedSite(site: site, output: output)
    try staged.prepare()
    return try staged.fill(adding: adding) { path in replacing[path].map { Data($0.utf8) } }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileAccess.read(output + "/" + path), as: UTF8.self)
  }

  @Test func copiesReplacesAndAdds() throws {
    try StagedSite(site: site, output: output).prepare()
    try FileAccess.write(Data("v".utf8), to: output + "/opt/v.webp")
    let report = try fill(["a.md": "new"], adding: ["opt/v.webp"])
    #expect(report.written == 5)
    #expect(try text("a.md") == "new")
    #expect(try text("b/c.png") == "c")
    #expect(try text("opt/v.webp") == "v")
    #expect(try text(".htaccess") == "t")
    let paths = try FileTree.files(below: output).map(\.path)
    #expect(!paths.contains { $0.hasPrefix(".git/") || $0.hasPrefix("_site/") })
    // Both links still lead to what they led to.
    #expect(try text("in.png") == "c")
    #expect(try text("out.txt") == "o")
  }

  @Test func aSecondRunWritesOnlyWhatChanged() throws {
    _ = try fill(["a.md": "new"])
    #expect(try fill(["a.md": "new"]) == StagedSite.Report(written: 0, kept: 5, removed: 0))
    try FileAccess.write(Data("changed".utf8), to: folder + "/site/b/c.png")
    unlink(folder + "/site/.htaccess")
    #expect(try fill(["a.md": "newer"]) == StagedSite.Report(written: 2, kept: 2, removed: 1))
    #expect(try text("b/c.png") == "changed")
  }

  @Test func aFileMayTakeThePlaceOfAFolder() throws {
    _ = try fill()
    try FileManager.default.removeItem(atPath: folder + "/site/b")
    try FileAccess.write(Data("file".utf8), to: folder + "/site/b")
    _ = try fill()
    #expect(try text("b") == "file")
  }

  @Test func aFolderOfSomeoneElsesIsRefused() throws {
    try FileAccess.write(Data("mine".utf8), to: output + "/thesis.tex")
    #expect(throws: StagedSiteError.foreignFolder(output)) { try fill() }
    #expect(try text("thesis.tex") == "mine")
  }

  @Test func theSiteItselfIsRefused() throws {
    for path in [site.path, folder] {
      #expect(throws: StagedSiteError.containsSite(path)) {
        try StagedSite(site: site, output: path)
      }
    }
  }

  @Test func anOutputInsideTheSiteIsNotCopiedIntoItself() throws {
    let inside = site.path + "/_optimized"
    for _ in 0..<2 {
      let staged = try StagedSite(site: site, output: inside)
      try staged.prepare()
      _ = try staged.fill(adding: []) { _ in nil }
    }
    #expect(try FileTree.files(below: inside).contains { $0.path.hasPrefix("_optimized") } == false)
  }
}
