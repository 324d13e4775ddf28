import Testing
import TestSupport

@testable import Web

/// A body's tokens, written short.
private func tokens(_ html: String) throws -> [String] {
  try #require(RenderedPage(Array(html.utf8))).tokens.map { token in
    switch token {
    case .start(let element):
      "<\(element.name)"
        + element.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        + ">"
    case .end(let name): "</\(name)>"
    case .text(let text): text
    case .comment(let text): "<!--\(text)-->"
    }
  }
}

@Suite struct RenderedPageTests {
  @Test func makesUpWhatABrowserMakesUp() throws {
    #expect(
      try tokens("<!DOCTYPE html><p>a<p>b<table><td>c") == [
        "<html>", "<head>", "</head>", "<body>", "<p>", "a", "</p>", "<p>", "b", "</p>", "<table>", "<tbody>",
        "<tr>", "<td>", "c", "</td>", "</tr>", "</tbody>", "</table>", "</body>", "</html>",
      ])
  }

  @Test func decodesNamesAndValues() throws {
    let found = try tokens("<IMG ALT='a &amp; &quot;b&quot;' SRC=x.png ALT=again><image src=y.png>")
    #expect(found.contains("<img alt=a & \"b\" src=x.png>"))
    #expect(found.contains("<img src=y.png>"))
  }

  @Test func keepsTheContentOfScriptsTemplatesAndUnknownElements() throws {
    let found = try tokens("<script>a<b</script><template><i>x</i></template><my-box>y</my-box><!-- z -->")
    #expect(found.contains("a<b"))
    #expect(found.contains("<i>"))
    #expect(found.contains("<my-box>"))
    #expect(found.contains("<!-- z -->"))
  }

  @Test(
    arguments: [
      [], [0], [0xFF, 0xFE], Array("<".utf8), Array("<img".utf8), Array("<img src='".utf8), Array("</".utf8),
      Array("<!".utf8), Array("<!--".utf8), Array("<p \u{0} =\"".utf8) + [0xC3],
      Array("<svg><image href=x>".utf8),
      [0x3C, 0x70, 0x3E, 0xB0, 0xA1, 0x3C, 0x2F, 0x70, 0x3E], Array("&#xFFFFFFFF;&#0;&bogus;".utf8),
    ] as [[UInt8]])
  func readsAnyBytes(bytes: [UInt8]) throws {
    let page = try #require(RenderedPage(bytes))
    #expect(PageComparison.difference(page, page) == nil)
    _ = PageImages(page)
  }

  /// Random cuts and changes of a page with everything in it: none may crash, and every start has its end.
  @Test func survivesDamage() throws {
    let whole = Array(
      """
      <!DOCTYPE html><html><head><meta property="og:image" content="/a.jpg"><style>a{background:url("b.png")}</style>
      <script type="application/ld+json">{"image":"\\/c.jpg"}</script></head><body><p>x <picture><source srcset="d.webp
      1x, e.webp 2x"><img src=f.jpg srcset="g.jpg 320w"></picture><em>c</em><table><tr><td><svg><path d="M0"/></svg>
      <textarea> y </textarea><pre>
       z</pre><a href="h"><video poster=i.jpg></video></a></body></html>
      """.utf8)
    var random = SplitMix(seed: 7)
    for _ in 0..<400 {
      var bytes = Array(whole[..<Int.random(in: 0...whole.count, using: &random)])
      for _ in 0..<Int.random(in: 0...8, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let page = try #require(RenderedPage(bytes))
      _ = PageImages(page)
      var depth = 0
      for token in page.tokens {
        if case .start = token { depth += 1 }
        if case .end = token { depth -= 1 }
        #expect(depth >= 0)
      }
      #expect(depth == 0)
    }
  }
}
