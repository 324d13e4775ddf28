import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import Web

/// Two trees in a folder that goes away with them.
private struct Trees {
  let folder: TemporaryFolder

  init(before: [String: String], after: [String: String]) throws {
    folder = try TemporaryFolder()
    for (tree, files) in [("before", before), ("after", after)] {
      try FileAccess.makeFolder(folder(tree))
      for (path, text) in files { try folder.write(text, to: "\(tree)/" + path) }
    }
  }

  func compared() throws -> SiteComparison {
    try SiteComparison(before: folder("before"), after: folder("after"))
  }
}

@Suite struct SiteComparisonTests {
  @Test func passesASiteWithLighterImages() throws {
    let trees = try Trees(
      before: ["a/index.html": "<p><img src=/x.jpg></p>", "x.jpg": "1"],
      after: [
        "a/index.html": "<p><img src=/x.jpg srcset='/o/x-320w.webp 320w, ../y.webp 640w'></p>", "x.jpg": "1",
        "o/x-320w.webp": "1", "y.webp": "2",
      ])
    let found = try trees.compared()
    #expect(found.isSame)
    #expect(found.pages == 1)
    #expect(found.images == 1)
    #expect(found.responsive == 1)
  }

  /// A file's first letter names its picture.
  @Test(arguments: [("x-320w.webp", true), ("y-320w.webp", false)])
  func namesImagesThatOfferAnotherPicture(candidate: String, isSame: Bool) throws {
    let trees = try Trees(
      before: ["a.html": "<p><img src=x.jpg></p>", "x.jpg": "1"],
      after: [
        "a.html": "<p><picture><source srcset='\(candidate) 320w'><img src=x.jpg></picture></p>",
        "x.jpg": "1",
        candidate: "2",
      ])
    let found = try SiteComparison(before: trees.folder("before"), after: trees.folder("after")) { file in
      file.split(separator: "/").last?.first.map(String.init)
    }
    #expect(found.isSame == isSame)
    #expect(
      found.changed.map(\.description)
        == (isSame
          ? [] : ["a.html differs at img: before x.jpg, after y-320w.webp, which shows another picture"]))
  }

  @Test func namesPagesThatDifferComeAndGo() throws {
    let trees = try Trees(
      before: ["a.html": "<p>1</p>", "b.html": "", "c.htm": "x"],
      after: ["a.html": "<p>2</p>", "c.htm": "x", "d.html": ""])
    let found = try trees.compared()
    #expect(found.changed.map(\.page) == ["a.html"])
    #expect(found.gone == ["b.html"])
    #expect(found.added == ["d.html"])
    #expect(!found.isSame)
  }

  @Test func namesFilesThatAreMissingNowButNotThoseThatWereBefore() throws {
    let page = "<img src=x.jpg><img src=gone.jpg><img src=https://other.example/z.jpg>"
    let trees = try Trees(
      before: ["a.html": page, "x.jpg": "1"],
      after: ["a.html": page.replacing("x.jpg", with: "x.jpg srcset='y.webp 320w'")])
    let found = try trees.compared()
    #expect(found.changed.isEmpty)
    #expect(found.missing.map(\.url) == ["x.jpg", "y.webp"])
    #expect(found.missing.map(\.location) == ["img src", "img srcset"])
    #expect(!found.isSame)
  }

  @Test func comparesPagesThatCannotBeParsedByTheirBytes() throws {
    let deep = String(repeating: "<div>", count: 3_000)
    #expect(try Trees(before: ["a.html": deep], after: ["a.html": deep]).compared().isSame)
    #expect(try !Trees(before: ["a.html": deep], after: ["a.html": deep + "x"]).compared().isSame)
  }
}
