import Testing

@testable import Web

/// How high the text above an image is at least.
@Suite struct TextFlowTests {
  private static let line = "<p>" + String(repeating: "word ", count: 10) + "</p>"

  /// A page's body, and the pixels above its image in the windows of a phone and of a laptop.
  @Test(arguments: [
    ("<main>\(line)<img></main>", 29, 29),
    ("<main>\(line)\(line)<div><img></div></main>", 58, 58),
    ("<main><p>\(String(repeating: "word ", count: 50))</p><img></main>", 113, 50),
    ("<article><p>\(String(repeating: "그림 ", count: 25))</p><img></article>", 71, 29),
    ("\(line)<main><img></main>", 0, 0), ("<div>\(line)</div><div><img></div>", 0, 0),
    ("<div role=main>\(line)<img></div>", 29, 29),
    // The outermost of several.
    ("<main><article>\(line)</article><article>\(line)<img></article></main>", 58, 58),
    // What may stand beside, or not be there.
    ("<main><aside>\(line)</aside><nav>\(line)\(line)</nav><div hidden>\(line)</div><img></main>", 0, 0),
    ("<main><details><summary>s</summary>\(line)</details>\(line)<img></main>", 29, 29),
    // Lines of code are not broken.
    ("<main><pre>\(String(repeating: "word ", count: 100))\n</pre><img></main>", 29, 29),
    ("<main><p></p><p> </p><h1></h1><img></main>", 0, 0),
  ])
  func isToldFromParagraphs(body: String, narrow: Int, wide: Int) throws {
    let page = try #require(PageTree(Array("<!doctype html><body>\(body)".utf8)))
    let image = try #require(page.nodes.firstIndex { $0.name == "img" })
    #expect(page.textAbove(image) == (narrow, wide))
  }
}
