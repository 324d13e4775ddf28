import AssetModel
import Testing

@testable import PageScanner

@Suite struct PageStyleURLsTests {
  @Test(arguments: [
    ("background: url(a.png)", ["background a.png"]),
    ("background-image:url('a b.png')", ["background-image a b.png"]),
    ("background-image: url( \"a.png\" ) ;", ["background-image a.png"]),
    ("BACKGROUND:URL(a.png)", ["background a.png"]),
    ("background: #fff url(a.png) no-repeat, url(b.png)", ["background a.png", "background b.png"]),
    ("background-image:url(&quot;a.png&quot;)", ["background-image a.png"]),
    ("background-image:url(&#39;a.png&#x27;)", ["background-image a.png"]),
    ("background-image:url(&#39;a.png&quot;)", []),
    ("background-image:url(&#39;a.png&#39;)", ["background-image a.png"]),
    ("/* url(x.png) */ background:url(a.png)", ["background a.png"]),
    ("content: 'url(x.png)'; background:url(a.png)", ["background a.png"]),
    (
      "a{background:url(a.png)}b{list-style-image:url(b.png)}",
      ["background a.png", "list-style-image b.png"]
    ),
    ("@import url(x.css); a{color:red}", [" x.css"]),
    ("@font-face{src:url(f.woff)}", ["src f.woff"]),
    ("background:url(a.png", []),
    ("background:url('a.png)", []),
    ("background:myurl(a.png)", []),
    (
      "background : image-set(\"a.png\" 1x, url(&quot;b.png?c&amp;d&quot;) 2x)",
      ["background a.png", "background b.png?c&amp;d"]
    ),
    ("background:url(a&quot;b.png)", ["background a&quot;b.png"]),
    ("b\\61 ckground:\\75rl(a.png)", ["background a.png"]),
    ("color: red; x: 'unclosed", []),
    ("", []),
    ("\\", []),
  ])
  func finds(css: String, expected: [String]) {
    let bytes = Array(css.utf8)
    let found = PageStyleURLs.find(in: bytes, ByteRange(0, bytes.count)).map {
      "\($0.property) \(String(decoding: bytes[$0.range.range], as: UTF8.self))"
    }
    #expect(found == expected)
  }
}
