import AssetModel
import Testing
import TestSupport

@testable import PostScanner

@Suite struct LexerTests {
  struct Range: Sendable, CustomTestStringConvertible {
    var source: String
    var whole: String
    var url: String
    var lists: String?
    var testDescription: String { source }
  }

  @Test(arguments: [
    Range(source: "a ![b](c.png) d", whole: "![b](c.png)", url: "c.png"),
    Range(
      source: "![b]( c d.png  \"t\" ){:.e}{: f=\"g\"} h",
      whole: "![b]( c d.png  \"t\" )",
      url: "c d.png",
      lists: "{:.e}{: f=\"g\"}"
    ),
    Range(source: "![b](<c d.png>)", whole: "![b](<c d.png>)", url: "c d.png"),
    Range(source: "![b](c(1).png)x", whole: "![b](c(1).png)", url: "c(1).png"),
    Range(source: "[![b](c.png)](d)", whole: "![b](c.png)", url: "c.png"),
    Range(source: "> ![b\n> c](d.png)\n", whole: "![b\n> c](d.png)", url: "d.png"),
    Range(source: "- a\r\n\r\n  ![b](c.png)\r\n", whole: "![b](c.png)", url: "c.png"),
    Range(source: "![b][r]\n\n[r]: c.png \"t\"\n", whole: "![b][r]", url: "c.png"),
    Range(source: "![r][]\n\n[r]: <c d.png>\n", whole: "![r][]", url: "c d.png"),
    Range(source: "![r]\n\n[R]: c.png\n", whole: "![r]", url: "c.png"),
    Range(
      source: "![b]({{ \"/c.png\" | relative_url }})",
      whole: "![b]({{ \"/c.png\" | relative_url }})",
      url: "{{ \"/c.png\" | relative_url }}"
    ),
    Range(
      source: "a <img alt='b > c'\n src = 'd.png' > e",
      whole: "<img alt='b > c'\n src = 'd.png' >",
      url: "d.png"
    ),
    Range(
      source: "<div>\n<img src=\"{{ site.baseurl }}/c.png\" />\n</div>\n",
      whole: "<img src=\"{{ site.baseurl }}/c.png\" />",
      url: "{{ site.baseurl }}/c.png"
    ),
    Range(source: "| ![b\\|c](d.png) | e |\n", whole: "![b\\|c](d.png)", url: "d.png"),
    Range(
      source: "![b](c.png){: src=\"d.png\"}",
      whole: "![b](c.png)",
      url: "d.png",
      lists: "{: src=\"d.png\"}"
    ),
    Range(source: "한글 ![그림](/이미지.png) 끝", whole: "![그림](/이미지.png)", url: "/이미지.png"),
    Range(source: "term\n: ![b](c.png)\n", whole: "![b](c.png)", url: "c.png"),
    Range(source: "[^1]\n\n[^1]: a ![b](c.png)\n", whole: "![b](c.png)", url: "c.png"),
    Range(source: "1. a\n\t- b\n\n\t\t![c](d.png)\n", whole: "![c](d.png)", url: "d.png"),
  ])
  func rangesAreExact(_ one: Range) throws {
    let candidates = images(one.source)
    try #require(candidates.count == 1)
    #expect(one.source.bytes(candidates[0].range) == one.whole)
    #expect(one.source.bytes(candidates[0].urlRange) == one.url)
    #expect(one.source.bytes(candidates[0].attributeListRange) == one.lists)
  }

  @Test(arguments: [
    "`![a](b.png)`", "```\n![a](b.png)\n```\n", "~~~ html\n<img src=\"b.png\">\n~~~\n",
    "a\n\n    ![a](b.png)\n",
    "<!-- ![a](b.png) -->", "<!--\n<img src=\"b.png\">\n-->\n", "\\![a](b.png)", "![^a](b.png)",
    "<pre>\n![a](b.png)\n</pre>\n", "<code>![a](b.png)</code>", "a $$ ![a](b.png) $$",
    "{::comment}\n![a](b.png)\n{:/}\n",
    "{% comment %}![a](b.png){% endcomment %}", "{% highlight md %}\n![a](b.png)\n{% endhighlight %}\n",
    "{% if false %}![a](b.png){% endif %}", "<script>\nvar a = '<img src=\"b.png\">'\n</script>\n",
    "<noscript><img src=\"b.png\"></noscript>\n", "<template>\n<img src=\"b.png\">\n</template>\n",
    "<img src=b.png>",
    "<div>\n![a](b.png)\n</div>\n", "[^1]: ![a](b.png)\n", "![a](b", "![a]", "![a | b](c.png)\n",
    "![*a](b.png) c*",
    "a <script>\"<img src='b.png'>\"</script>",
  ])
  func whatIsNotShownIsNoImage(_ source: String) {
    #expect(images(source).isEmpty)
  }

  @Test func alternativeTextsAndTitlesAreAsRendered() throws {
    let candidates = images(
      "![a \\] &amp; *b*](x.png \"t \"q\" &copy;\") ![{{ page.title }} c](y.png)\n<img src=\"z.png\" alt=\"&lt;d&gt;\">\n"
    )
    #expect(candidates.map(\.alt) == ["a ] & *b*", "{{ page.title }} c", "<d>"])
    #expect(candidates.map(\.title) == ["t \"q\" ©", nil, nil])
  }

  @Test func attributesComeFromListsTheirDefinitionsAndTags() throws {
    let candidates = images(
      "{:wide: .full width=\"9\"}\n\n![a](x.png){:wide .b #c}{: alt=\"d\" Loading='eager'}\n<IMG SRC='y.png' hidden width=5>\n"
    )
    try #require(candidates.count == 2)
    #expect(
      candidates[0].attributes == [
        "class": "full b", "width": "9", "id": "c", "alt": "d", "loading": "eager",
      ]
    )
    #expect(candidates[0].alt == "d")
    #expect(candidates[1].attributes == ["src": "y.png", "hidden": "", "width": "5"])
  }

  @Test(arguments: [
    ("## a ![b](c.png)\n", [Reference.Context.heading]),
    ("![b](c.png)\n---\n", [.heading]),
    ("[![b](c.png)](d)\n", [.link]),
    ("<a href=\"d\">![b](c.png)</a>\n", [.link]),
    ("| ![b](c.png) | d |\n", [.table]),
    ("<p align=\"center\"><img src=\"c.png\"></p>\n", [.rawHTML]),
    ("<div>\n<a href=\"d\"><img src=\"c.png\"></a>\n</div>\n", [.link, .rawHTML]),
    ("<picture>\n<img src=\"c.png\">\n</picture>\n", [.picture, .rawHTML]),
    ("a ![b](c.png)\n", []),
  ])
  func contextsAreKnown(_ source: String, _ contexts: [Reference.Context]) throws {
    let candidates = images(source)
    try #require(candidates.count == 1)
    #expect(candidates[0].contexts == Set(contexts))
  }

  @Test func everyCandidateOfASrcsetIsAReference() {
    let source =
      "<picture><source srcset=\"a.webp, b.webp 2x\"><img src=\"c.png\" srcset=\"d.png 1x,e.png 2x\"></picture>\n"
      + "<video poster=\"f.png\"></video>\n<image src=\"g.png\"/>\n"
    let candidates = images(source)
    #expect(candidates.map(\.url) == ["a.webp", "b.webp", "c.png", "d.png", "e.png", "f.png", "g.png"])
    #expect(
      candidates.map(\.kind) == [
        .htmlSource, .htmlSource, .htmlImage, .htmlSource, .htmlSource, .videoPoster, .htmlImage,
      ]
    )
    #expect(candidates.allSatisfy { source.bytes($0.urlRange) == $0.url })
  }

  /// Each of these makes a parser that goes back, or one that searches the rest for every mark, take minutes.
  @Test(
    .endsAtLast,
    arguments: [
      "![", "[", "![](", "![a](b ", "![a](b \"", "<", "<a ", "<img src=\"", "<!--", "`", "` `` ", "```\n",
      "~~~ a\n",
      "$$a ", "{:", "{::comment}", "{::a ", "{% ", "{{ ", "{% if false %}", "{% raw %}", "[^a]: b\n",
      "[a]: <b\n",
      "> ", ">", "- ", "  - a\n", "<div>", "<b>", "</b>", "<b>[", "*", "![*a](b) ", "![_a](b) ", "|", "| a\n",
      "\\",
      "(", "]", "<http:", "<a@", "<div markdown=\"1\">\n", "<?", "&amp", "[a](", "![a][", "![a]\n\n",
      "    a\n\n", "a\n: b\n",
    ]
  )
  func hostileRepetitionTakesLinearTime(_ piece: String) {
    let source = String(repeating: piece, count: 300_000 / piece.utf8.count)
    _ = images(source)
    _ = HTMLScanner.tags(in: Array(source.utf8))
  }

  /// Pieces of syntax in random order: no crash, and every range begins and ends as its kind does.
  @Test func randomTextsKeepTheirRanges() {
    var random = SplitMix(seed: 2024)
    let pieces = [
      "![", "](", ")", "[", "]", "<img src=\"", "\">", "<", ">", "`", "```\n", "\n", "\n\n", "    ", "- ",
      "> ", "| ", "{:",
      "}", "{% raw %}", "{% endraw %}", "{{", "}}", "$$", "\\", "*", "<div>", "</div>", "<!--", "-->", "a",
      "한", "x.png",
      "\"", "'", "\r\n", "\t", "\0", "[r]: b\n", "{::comment}", "{:/}", "<div markdown=\"1\">", "^\n", ": ",
      "# ", "1. ",
    ]
    for _ in 0..<4000 {
      var source = ""
      for _ in 0..<Int.random(in: 0..<40, using: &random) {
        source += pieces.randomElement(using: &random) ?? ""
      }
      let bytes = Array(source.utf8)
      var end = 0
      for image in images(source) where image.kind != .htmlSource {
        let text = bytes[image.range.range]
        #expect(text.starts(with: "![".utf8) || text.starts(with: "<".utf8))
        #expect(text.last == .closeParen || text.last == .closeBracket || text.last == .greater)
        #expect(image.range.start >= end, "ranges overlap in \(source.debugDescription)")
        end = image.range.end
        if image.kind == .markdownInline, image.attributeListRange == nil {
          #expect(image.urlRange.start >= image.range.start && image.urlRange.end <= image.range.end)
        }
      }
    }
  }
}
