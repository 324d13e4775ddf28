import Foundation
import Testing
import TestSupport

@testable import PostRewriter
@testable import SiteFiles

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

  /// A theme that is an empty submodule is looked for by the generator.
  @Test func emptyFoldersAreInTheCopyAsLongAsTheSiteHasThem() throws {
    let files = FileManager.default
    try files.createDirectory(
      atPath: folder + "/site/themes/x/deep", withIntermediateDirectories: true)
    try files.createDirectory(atPath: folder + "/site/.git/refs", withIntermediateDirectories: true)
    for _ in 0..<2 {
      _ = try fill()
      #expect(files.fileExists(atPath: output + "/themes/x/deep"))
      #expect(!files.fileExists(atPath: output + "/.git"))
    }
    #expect(try fill().written == 0)
    try files.removeItem(atPath: folder + "/site/themes")
    _ = try fill()
    #expect(!files.fileExists(atPath: output + "/themes"))
  }

  /// A link that somebody put into the copy leads elsewhere.
  @Test func noEmptyFolderIsMadeBehindALinkOfTheCopy() throws {
    _ = try fill()
    try FileManager.default.createDirectory(
      atPath: folder + "/site/themes/x", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: folder + "/else", withIntermediateDirectories: true)
    try scratch.link("out/themes", to: "../else")
    _ = try fill()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/else").isEmpty)
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
    #expect(try fill(["a.md": "new"]) == StagedSite.Report(written: 0, unchanged: 5, removed: 0))
    try FileAccess.write(Data("changed".utf8), to: folder + "/site/b/c.png")
    unlink(folder + "/site/.htaccess")
    #expect(try fill(["a.md": "newer"]) == StagedSite.Report(written: 2, unchanged: 2, removed: 1))
    #expect(try text("b/c.png") == "changed")
  }

  @Test func aFileMayTakeThePlaceOfAFolder() throws {
    _ = try fill()
    try FileManager.default.removeItem(atPath: folder + "/site/b")
    try FileAccess.write(Data("file".utf8), to: folder + "/site/b")
    _ = try fill()
    #expect(try text("b") == "file")
  }

  @Test func aFileThatGoesAwayIsOneWarning() throws {
    let staged = try StagedSite(site: site, output: output)
    try staged.prepare()
    let gone = site.absolute("b/c.png")
    let report = try staged.fill(adding: []) { path throws(FileError) in
      // The site changes while it is copied; the file was listed before.
      if path == "a.md" { unlink(gone) }
      return nil
    }
    #expect(report.problems.map(\.file) == ["b/c.png"])
    #expect(report.problems.first?.severity == .warning)
    #expect(try text("a.md") == "a" && text("out.txt") == "o")
    // A folder or a pipe in its place is no file either.
    try FileAccess.makeFolder(gone)
    #expect(try fill().problems.isEmpty)
    #expect(throws: FileError("read", gone, code: FileError.notRegular)) {
      try FileCopy.copy(from: gone, to: output + "/x", like: #require(FileTree.files(below: site.path).first))
    }
  }

  @Test func aFileThatCannotBeReadKeepsItsEarlierCopy() throws {
    _ = try fill(["a.md": "new"])
    let staged = try StagedSite(site: site, output: output)
    let closed = site.absolute("a.md")
    let report = try staged.fill(adding: []) { path throws(FileError) in
      if path == "a.md" { throw FileError("read", closed, code: EACCES) }
      return nil
    }
    #expect(report.problems.map(\.file) == ["a.md"])
    #expect(try text("a.md") == "new")
    #expect(report.removed == 0)
  }

  @Test func whatIsRemovedIsProven() throws {
    _ = try fill(["a.md": "new"])
    // An edit in the copy is a person's, whatever the list says of the name.
    try FileAccess.write(Data("mine".utf8), to: output + "/.htaccess")
    unlink(site.absolute(".htaccess"))
    let report = try fill(["a.md": "new"])
    #expect(report.removed == 0)
    #expect(try text(".htaccess") == "mine")
    #expect(report.problems.map(\.rule) == [.notCopied])
    // In the place of a file of the copy it is refused.
    try FileAccess.write(Data("theirs".utf8), to: output + "/a.md")
    #expect(throws: StagedSiteError.inTheWay(output, ["a.md"])) { try fill(["a.md": "newer"]) }
    #expect(try text("a.md") == "theirs")
  }

  /// A run that was killed has noted each file before it was there.
  @Test func theListIsWrittenAheadOfTheFiles() throws {
    let staged = try StagedSite(site: site, output: output)
    try staged.prepare()
    var asked = 0
    _ = try staged.fill(
      adding: [],
      isStopped: {
        asked += 1; return asked > 3
      }, replacing: { _ in nil })
    try FileManager.default.removeItem(atPath: site.absolute("b"))
    unlink(site.absolute("a.md"))
    unlink(site.absolute(".htaccess"))
    let report = try fill()
    #expect(report.removed == 3)
    #expect(report.problems.isEmpty)
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
