import Testing

@testable import Web

struct StyleURLsTests {
  @Test(arguments: [
    ("a{background:url(a.png)}b{mask : url( 'b c.png' )}", ["background a.png", "mask b c.png"]),
    ("/* url(x.png) */ @import url(\"x.css\");", [" x.css"]),
    ("content: 'url(x.png)'; cursor: url(a.cur), url(b.cur)", ["cursor a.cur", "cursor b.cur"]),
    ("a:hover{--x: url(a\\)b.png)}", ["--x a\\)b.png"]),
    ("a{background: url(); mask: url('')}", ["background ", "mask "]),
    // What is not closed may go on elsewhere.
    ("background:url(a.png", []), ("background:url('a.png)", []), ("url('a.png\n')", []), ("\\", []),
  ])
  func finds(css: String, expected: [String]) {
    let bytes = Array(">\(css)<".utf8)
    let found = StyleURLs.find(in: bytes, 1..<(bytes.count - 1)).map {
      "\($0.property) \(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
    #expect(found == expected)
  }

  /// Only those of images count where layouts are compared, and none in a comment.
  @Test func masksImages() {
    let css = "é{a:url(x.png?1)}/* url(y.png) */b{src:url(f.woff);b:url('z.JPG')}"
    #expect(
      ImageURLs.masked(css, ImageURLs.inCSS(css))
        == "é{a:url(IMAGE)}/* url(y.png) */b{src:url(f.woff);b:url('IMAGE')}")
  }
}
