import AssetModel
import Testing
import Web

@testable import ThemeAnalysis

@Suite struct ContentColumnTests {
  static func column(_ css: String, chain: [StyleTree.Element] = MarkupFindingsTests.chain) -> SlotWidths? {
    let sheet = StyleSheetParser.parse(css, file: "a.scss")
    return ContentColumn(
      rules: sheet.rules, chain: chain, variables: sheet.variables, canOccur: { _ in false }
    ).widths()
  }

  @Test(
    arguments: [
      ("body { margin: 0 }", 2000, "(min-width: 2000px) 2000px, 100vw"),
      (
        "body { margin: 0 } main { max-width: 840px; padding: 0 16px; margin: 0 auto }", 2000,
        "(min-width: 872px) 840px, calc(100vw - 32px)"
      ),
      (
        "body { margin: 0 } main { max-width: 840px; padding: 0 16px; margin: 0 auto }", 500,
        "(min-width: 532px) 500px, calc(100vw - 32px)"
      ),
      (
        "* { box-sizing: border-box } body { margin: 0 } main { max-width: 45rem; padding: 0 1rem }", 2000,
        "(min-width: 720px) 688px, calc(100vw - 32px)"
      ),
      (
        "body { margin: 0 } img { max-width: 70% } main { width: 90%; max-width: 800px }", 2000,
        "(min-width: 889px) 560px, 63vw"
      ),
      (
        "body{margin:0} .post{margin:0 5vw} @media (min-width: 800px) { .post { margin: 0 auto; width: 700px } }",
        1000,
        "(min-width: 800px) 700px, 90vw"
      ),
      // Bootstrap's containers and columns.
      (
        """
        * { box-sizing: border-box } body { margin: 0 }
        main { width: 100%; padding-right: 15px; padding-left: 15px; margin: 0 auto }
        @media (min-width: 576px) { main { max-width: 540px } } @media (min-width: 768px) { main { max-width: 720px } }
        .post { display: flex; margin-right: -15px; margin-left: -15px }
        .body { position: relative; width: 100%; padding-right: 15px; padding-left: 15px }
        @media (min-width: 768px) { .body { flex: 0 0 66.666667%; max-width: 66.666667% } }
        """, 2000, "(min-width: 768px) 450px, (min-width: 576px) 510px, calc(100vw - 30px)"
      ),
      ("$w: 600px; body { margin: 0 } main { max-width: calc(#{$w}); } ", 900, nil),
      (
        "$w: 600px; body { margin: 0 } main { max-width: $w + 40px; }", 900, "(min-width: 640px) 640px, 100vw"
      ),
      (
        ":root { --w: min(60rem, 100% - 2rem) } body { margin: 0 } main { width: var(--w) }", 2000,
        "(min-width: 992px) 960px, calc(100vw - 32px)"
      ),
      ("body { margin: 0; display: grid }", 2000, nil),
      ("body { margin: 0 } main { width: 40ch }", 2000, nil),
      ("body { margin: 0 } main { @include container }", 2000, nil),
      ("body { margin: 0 } @supports (x: y) { main { width: 400px } }", 2000, nil),
    ] as [(String, Int, String?)])
  func derivesSizes(css: String, own: Int, sizes: String?) {
    #expect(Self.column(css)?.sizes(own: own) == sizes)
  }

  @Test func piecesAreTheWidth() throws {
    let css =
      "body { margin: 0 } main { padding: 0 3%; max-width: 50rem } @media (max-width: 600px) { main { padding: 0 8px } }"
    let column = try #require(Self.column(css))
    for viewport in stride(from: 240.0, through: 2600, by: 1) {
      let edge = viewport <= 600 ? 16 : viewport * 0.06
      let expected = min(viewport - edge, 800)
      #expect(abs(column.width(at: viewport) - expected) < 0.01, "\(viewport)")
    }
  }
}
