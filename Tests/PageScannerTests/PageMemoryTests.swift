import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Testing
import TestSupport

@testable import PageScanner

/// Which pages are read again after a change.
struct PageMemoryTests {
  /// Something that happens to a site of three pages, and the pages that it concerns.
  struct Change: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var path: String
    /// Nil to remove the file.
    var text: String?
    var pages: [String]
  }

  private static let changes = [
    Change(testDescription: "nothing", path: "a.html", text: a, pages: []),
    Change(testDescription: "a page", path: "a.html", text: a + "<p>More", pages: ["a.html"]),
    Change(
      testDescription: "a new page", path: "d.html", text: "<img src=photo.jpg>", pages: ["d.html"]),
    Change(
      testDescription: "a stylesheet that another takes in", path: "css/in.css",
      text: "img{width:50px}", pages: ["a.html", "b.html"]),
    Change(
      testDescription: "a script", path: "b.js", text: "document.images[0].src = 'x.jpg'", pages: ["b.html"]),
    Change(
      testDescription: "an image that was missing", path: "gone.jpg", text: "x", pages: ["a.html"]),
    Change(testDescription: "an image that goes", path: "photo.jpg", text: nil, pages: ["a.html", "b.html"]),
    Change(testDescription: "other bytes of an image", path: "photo.jpg", text: "other", pages: []),
    Change(testDescription: "a file that no page names", path: "data.json", text: "{}", pages: []),
  ]

  private static let a = "<link rel=stylesheet href=css/main.css><img src=photo.jpg><img src=gone.jpg>"

  private func site() throws -> TemporaryFolder {
    try TemporaryFolder([
      "a.html": Self.a, "c.html": "<p>No image",
      "b.html": "<link rel=stylesheet href=css/main.css><img src=photo.jpg><script src=b.js></script>",
      "css/main.css": "@import 'in.css';", "css/in.css": "img{width:40px}", "b.js": "1", "photo.jpg": "x",
    ])
  }

  private func scanner(_ folder: TemporaryFolder, _ cache: AssetCache?) throws -> PageScanner {
    PageScanner(
      root: try SiteRoot(folder.path), site: Site(kind: .html, reason: "", root: folder.path), excluded: [],
      jobs: 2, cache: cache)
  }

  private func apply(_ change: Change, to folder: TemporaryFolder) throws {
    if let text = change.text {
      try folder.write(text, to: change.path)
    } else {
      try FileManager.default.removeItem(atPath: folder(change.path))
    }
  }

  @Test(arguments: changes) func readsWhatAChangeConcerns(_ change: Change) throws {
    let (folder, cache) = (try site(), AssetCache(folder: nil))
    let root = try SiteRoot(folder.path)
    // Every page that is read is told, with the paths that the scanner looks for.
    func read() throws -> [String] {
      let pages = try scanner(folder, nil).pages()
      let read = Shared<[String]>([])
      let paths = Dictionary(
        uniqueKeysWithValues: try pages.map { page in
          (page, try dependencies(of: page, folder))
        })
      let memory = PageMemory<String>(["test"], root: root, cache: cache)
      let answers = try memory.answers(of: pages, jobs: 2, cancellation: Cancellation()) { page, _, sink in
        read.withLock { $0.append(page) }
        sink.withLock { $0.formUnion(paths[page] ?? []) }
        return page
      }
      #expect(answers.map(\.finding) == pages)
      return read.withLock { $0.sorted() }
    }
    #expect(try read() == ["a.html", "b.html", "c.html"])
    try apply(change, to: folder)
    #expect(try read() == change.pages)
    #expect(try read() == [])
  }

  private func dependencies(of page: String, _ folder: TemporaryFolder) throws -> Set<String> {
    let single = try TemporaryFolder()
    for entry in try FileTree.files(below: folder.path) where !entry.path.hasSuffix(".html") {
      try single.write(folder.text(entry.path), to: entry.path)
    }
    try single.write(folder.text(page), to: page)
    return try scanner(single, nil).scan().dependencies
  }

  @Test func keepsAllThatAPageSays() throws {
    let folder = try site()
    try folder.write("main{max-width:600px}main img{width:100%;height:auto}", to: "css/in.css")
    try folder.write(
      "<link rel=stylesheet href=css/in.css><main><img src=photo.jpg srcset='photo.jpg 2x' alt=a></main><img src=photo.jpg>",
      to: "d.html")
    let result = try scanner(folder, nil).scan()
    #expect(result.references.contains { $0.display?.spans.isEmpty == false })
    let data = try #require(CompactEncoder.data(of: result))
    let kept = try #require(CompactDecoder.value(PageScanner.Result.self, of: data))
    #expect(kept.references == result.references && kept.posts == result.posts)
    #expect(kept.problems == result.problems)
  }

  @Test(arguments: changes) func findsWhatAScanWithoutMemoryFinds(_ change: Change) throws {
    let (folder, cache) = (try site(), AssetCache(folder: nil))
    func expectSame() throws {
      let (with, without) = (try scanner(folder, cache).scan(), try scanner(folder, nil).scan())
      #expect(with.references == without.references && with.posts == without.posts)
      #expect(with.problems == without.problems && with.dependencies == without.dependencies)
    }
    try expectSame()
    try apply(change, to: folder)
    try expectSame()
    try expectSame()
  }
}
