import Foundation
import Testing
import TestSupport

@testable import Browser

/// What an image moves when it arrives shows at each visit where all of them arrive after the first paint.
@Suite(.endsAtLast) struct LateImagesTests {
  private static let cases: [(name: String, page: String, moves: Bool)] = [
    ("no space reserved", "<p>above</p><img src=a.svg><p style=height:600px>below</p>", true),
    (
      "space reserved", "<p>above</p><img src=a.svg width=300 height=200><p style=height:600px>below</p>",
      false
    ),
    ("nothing else to paint", "<img src=a.svg width=300 height=200>", false),
    (
      "a script adds it",
      "<p>above</p><script>document.body.append(Object.assign(new Image, { src: 'a.svg' }))</script>", false
    ),
  ]

  @Test(.needsBrowser, arguments: cases.indices) func whatAnImageMovesShowsEachTime(index: Int) throws {
    let (name, page, moves) = Self.cases[index]
    let folder = try TemporaryFolder([
      "site/index.html": "<!doctype html><title>x</title><body>" + page,
      "site/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200'/>",
    ])
    let server = try StaticServer(folder: folder("site"))
    let browser = try Browser(program: #require(Programs.chromium), in: folder.path)
    defer { browser.close() }
    let visit = PageVisit(browser: browser, server: server)
    for _ in 0..<3 {
      let view = try visit.view("index.html", at: .phone, imagesLate: true)
      #expect((view.shift > 0.1) == moves, "\(name): \(view.shift)")
      #expect(view.images.map(\.naturalWidth) == [300], "\(name)")
    }
  }
}
