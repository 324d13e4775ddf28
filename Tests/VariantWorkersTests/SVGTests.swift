import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

@testable import VariantWorkers

struct SVGTests {
  private func document(_ text: String) -> SVGDocument { SVGDocument(Data(text.utf8)) }

  static let sizes: [(String, Double?, Double?)] = [
    ("<svg width='30' height='20'/>", 30, 20),
    ("<svg width=\"30px\" height=\"20PX\">", 30, 20),
    ("<svg width='1in' height='2.54cm'>", 96, 96),
    ("<svg width='25.4mm' height='72pt'>", 96, 96),
    ("<svg width='6pc' height='101.6Q'>", 96, 96),
    ("<svg width='2em' height='1rem'>", 32, 16),
    ("<svg width='1.23e2' height='4.56E+2px'>", 123, 456),
    ("<svg width='+.5e1' height=' 7. '>", 5, 7),
    ("<svg viewBox='0 0 30 20'>", 30, 20),
    ("<svg viewbox='-5,-5,30,20'>", 30, 20),
    ("<svg viewBox='0 0 30 20' width='60'>", 60, 40),
    ("<svg viewBox='0 0 30 20' height='60'>", 90, 60),
    ("<svg viewBox='0 0 30 20' width='100%' height='100%'>", 30, 20),
    ("<svg viewBox='0 0 30 20' width='auto' height='calc(1px + 2px)'>", 30, 20),
    ("<svg viewBox='0 0 30 20' width='0' height='-4'>", 30, 20),
    ("<svg:svg xmlns:svg='http://www.w3.org/2000/svg' width='3' height='4'/>", 3, 4),
    (
      "\u{FEFF}<?xml version='1.0'?>\r\n<!-- <svg width='1' height='1'> -->\r\n<svg width='3'\r\nheight='4'>",
      3, 4
    ),
    (
      "<!DOCTYPE svg [<!ENTITY a '<svg width=\"9\" height=\"9\">'> <!-- ] > --> ]><svg width='3' height='4'>",
      3, 4
    ),
    ("<svg data-a='>' width='3' height='4'>", 3, 4),
    ("<svg width='&#51;' height='&#x34;'>", 3, 4),
    ("<svg width=3 height=4>", 3, 4),
    ("<svg width='3' height='4' width='9'>", 3, 4),
    ("<svg width='3'><svg height='4' width='5'/></svg>", nil, nil),
    ("<svg width='&w;' height='4'>", nil, nil),
    ("<svg width='100%' height='100%'>", nil, nil),
    ("<svg width='inf' height='nan'>", nil, nil), ("<svg width='0x10' height='4'>", nil, nil),
    ("<svg width='1e999' height='4'>", nil, nil), ("<svg width='5000000000' height='4'>", nil, nil),
    ("<svg viewBox='0 0 0 20'>", nil, nil), ("<svg viewBox='0 0 30'>", nil, nil),
    ("<svg viewBox='a b c d'>", nil, nil),
    ("<svg", nil, nil), ("<svg width='3", nil, nil), ("<svg width=", nil, nil),
    ("<html width='3' height='4'>", nil, nil),
    ("<!DOCTYPE svg [", nil, nil), ("<!--", nil, nil), ("<", nil, nil), ("", nil, nil),
  ]

  @Test(arguments: sizes)
  func sizeIsRead(_ text: String, _ width: Double?, _ height: Double?) {
    let size = document(text).size
    #expect((size?.width.rounded(), size?.height.rounded()) == (width, height), "\(text)")
  }

  static let contents: [(String, [String])] = [
    ("<svg><rect fill='url(#a)'/><use href='#b'/><image href='data:image/png;base64,AA'/></svg>", []),
    ("<svg>\n<script>x</script></svg>", ["2 script <script>"]),
    ("<svg\nonload='x'/>", ["2 script onload"]),
    ("<svg><svg:script/></svg>", ["1 script <script>"]),
    ("<svg><a href='javascript:x'/></svg>", ["1 script href=\"javascript:\""]),
    ("<svg><a xlink:href=' jAva\tscr&#105;pt:x'/></svg>", ["1 script xlink:href=\"javascript:\""]),
    ("<svg><set attributeName='href' to='javascript:x'/></svg>", ["1 script to=\"javascript:\""]),
    ("<svg><a href='https://a.b'/></svg>", []),
    ("<svg>\n\n<image xlink:href='b.png'/></svg>", ["3 external xlink:href=\"b.png\""]),
    ("<svg><use href='icons.svg#a'/></svg>", ["1 external href=\"icons.svg#a\""]),
    ("<svg><rect style='fill:url( \"a.svg#b\")'/></svg>", ["1 external url(a.svg#b)"]),
    ("<svg><rect filter='URL(//h/a)'/></svg>", ["1 external url(//h/a)"]),
    (
      "<svg><style>@import 'a.css'; @IMPORT url(b.css); .a{fill:url(#x)}</style></svg>",
      ["1 external @import url(a.css)", "1 external url(b.css)"]
    ),
    ("<svg><style><![CDATA[ @font-face{src:url(f.woff)} ]]></style>", ["1 external url(f.woff)"]),
    ("<svg><text>@import 'a.css' url(b)</text><!-- <script> --></svg>", []),
    ("<?xml-stylesheet href='a.css'?><svg/>", ["1 external <?xml-stylesheet"]),
    ("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/svg11.dtd'><svg/>", []),
    ("<!DOCTYPE svg [<!ENTITY ns 'http://ns.adobe.com/'>]><svg/>", []),
    (
      "\n<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg>&e;</svg>",
      ["2 external an entity that is another file"]
    ),
    (
      "<!DOCTYPE svg [<!ENTITY e 'javascript:x'>]><svg><a href='&e;'/></svg>",
      ["1 script a script in an entity"]
    ),
    ("<svg><foreignObject><iframe src='https://a.b'/></foreignObject>", ["1 external src=\"https://a.b\""]),
  ]

  @Test(arguments: contents)
  func scriptsAndForeignFilesAreFound(_ text: String, _ expected: [String]) {
    #expect(document(text).findings.map { "\($0.line) \($0.kind) \($0.what)" } == expected, "\(text)")
  }

  @Test func oneWarningOfEachKind() {
    let text =
      "<svg>\n" + String(repeating: "<image href='a.png' onclick='x'/>\n", count: 3) + "<use href='b.svg#c'/>"
    let problems = document(text).problems(file: "a.svg")
    #expect(problems.map(\.rule) == [.svgContent, .svgContent])
    #expect(problems.map(\.line) == [2, 2])
    #expect(problems.map(\.severity) == [.warning, .warning])
    #expect(problems[1].message == "the SVG loads other files: href=\"a.png\", href=\"b.svg#c\"")
  }

  /// Entities that would grow without bound stay as they are, and a file of nothing but openings is read once.
  @Test func hostileTextIsReadOnce() {
    let laughs = (1..<20).map { "<!ENTITY a\($0) '" + String(repeating: "&a\($0 - 1);", count: 10) + "'>" }
      .joined()
    let bomb = document(
      "<!DOCTYPE svg [<!ENTITY a0 'ha'>\(laughs)]><svg width='&a19;' height='5'><text>&a19;</text></svg>")
    #expect(bomb.size == nil && bomb.findings.isEmpty)
    for opening in [
      "<", "<svg ", "<!--", "<![CDATA[", "<style>url(#", "<a b='url(#", "&#", "<!DOCTYPE [<!ENTITY ",
    ] {
      let document = document("<svg>" + String(repeating: opening, count: 20_000))
      #expect(document.size == nil && document.findings.isEmpty, "\(opening)")
    }
    let many = document("<svg>" + String(repeating: "<script/>", count: 5_000))
    #expect(many.findings.count == SVGDocument.most)
  }

  /// Whatever bytes come, reading ends and does not crash.
  @Test func damagedFilesAreNoDanger() {
    var random = SplitMix(seed: 5)
    let text =
      "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 9 9' onload='x'>"
      + "<style>@import 'a';.b{fill:url(c)}</style><!-- d --><a href='#e'/><![CDATA[ f ]]>&#65;</svg>"
    for _ in 0..<2_000 {
      var data = Data(text.utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        data[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let cut = data.prefix(Int.random(in: 0...data.count, using: &random))
      // The same bytes behind others read the same.
      let shifted = (Data([1, 2, 3]) + cut).dropFirst(3)
      #expect(SVGDocument(cut).findings == SVGDocument(shifted).findings)
    }
  }

  @Test func inspectionTellsSizeAndContent() throws {
    let site = try TestSite()
    for (name, text, size, codes) in [
      ("a.svg", "<svg viewBox='0 0 30.4 0.2'><script/></svg>", [30, 1], [Diagnostic.Rule.svgContent]),
      ("b.svg", "<svg/>", [0, 0], []),
    ] {
      try FileAccess.write(Data(text.utf8), to: site.root.absolute(name))
      let inspection = SourceInspector(root: site.root).inspect(name)
      #expect(inspection.source.map { [$0.width, $0.height] } == size)
      #expect(inspection.problems.map(\.rule) == codes)
    }
  }
}
