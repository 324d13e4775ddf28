import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

/// How wide the stylesheets of a page show its images.
@Suite struct PageDisplayTests {
  private static let fluid = "img{max-width:100%;height:auto}"

  /// A stylesheet, a body, and the width of the image in it: `own`, `to` a greatest width, `is` a width, `?` and why it is
  /// not known; then what keeps room for it.
  static let cases: [(css: String, body: String, expected: String)] = [
    // Blocks in each other.
    ("", "<img src=x.png>", "own by-own-size"),
    (fluid, "<img src=x.png>", "to calc(100vw - 16px) by-attributes"),
    ("img{max-width:100%}", "<img src=x.png>", "to calc(100vw - 16px) by-style"),
    (
      fluid + "body{margin:0}main{max-width:700px;margin:0 auto;padding:0 20px}",
      "<main><p><img src=x.png></p></main>", "to (min-width: 740px) 700px, calc(100vw - 40px) by-attributes"
    ),
    (
      fluid + "*{box-sizing:border-box}body{margin:0}main{max-width:46rem;padding:0 1.25em}",
      "<main><a><img src=x.png></a></main>", "to (min-width: 736px) 696px, calc(100vw - 40px) by-attributes"
    ),
    (
      fluid + "body{margin:0}.c{width:100%}@media (min-width:576px){.c{max-width:540px}}"
        + "@media (min-width:768px){.c{max-width:720px}}",
      "<div class=c><img src=x.png></div>",
      "to (min-width: 768px) 720px, (min-width: 576px) 540px, 100vw by-attributes"
    ),
    (
      fluid + "body{margin:0}", "<ul><li><img src=x.png></li></ul>", "to calc(100vw - 40px) by-attributes"
    ),
    (
      fluid + "body{margin:0}", "<blockquote><img src=x.png></blockquote>",
      "to calc(100vw - 80px) by-attributes"
    ),
    (fluid, "<div style='width:300px'><img src=x.png></div>", "to 300px by-attributes"),
    (fluid + "body{margin:0}div{width:50%}", "<div><img src=x.png></div>", "to 50vw by-attributes"),
    (
      fluid + "body{margin:0 calc(10px + 2%)}:root{--w:600px}main{max-width:var(--w)}",
      "<main><img src=x.png></main>", "to (min-width: 646px) 600px, calc(96vw - 20px) by-attributes"
    ),
    // The image's own rules and attributes.
    (".b{width:100%}", "<img class=b width=800 src=x.png>", "is calc(100vw - 16px) by-style"),
    (fluid, "<img width=300 src=x.png>", "is (min-width: 316px) 300px, calc(100vw - 16px) by-attributes"),
    ("", "<img width=300 height=200 src=x.png>", "is 300px reserved"),
    ("", "<img style='width:50%' src=x.png>", "is calc(50vw - 8px) none"),
    ("img{height:40px}", "<img src=x.png>", "high 40.0 reserved"),
    ("img{width:40px;height:40px;object-fit:cover}", "<img src=x.png>", "? shape reserved"),
    ("img{max-height:80vh}", "<img src=x.png>", "? shape natural none"),
    ("img{width:auto!important;height:auto}", "<img width=300 src=x.png>", "own by-attributes"),
    (
      fluid + "body{margin:0}@media (max-width:600px){img{width:100%}}", "<img src=x.png>",
      "is 100vw, from 601 to 100vw by-attributes"
    ),
    (fluid + "img{padding:4px;border:1px solid}", "<img src=x.png>", "to calc(100vw - 16px) by-attributes"),
    // A width that is given takes its edges in, unless it is held narrower.
    (
      fluid + "*{box-sizing:border-box}img{padding:4px;border:1px solid}main{max-width:600px}",
      "<main><img src=x.png></main>", "to (min-width: 616px) 590px, calc(100vw - 26px) by-attributes of 600px"
    ),
    (
      "*{box-sizing:border-box}img{border:1px solid;padding:4px 0}", "<img src=x.png>",
      "own by-own-size of 1000000px"
    ),
    (
      fluid + "*{box-sizing:border-box}img{padding:4px 0}", "<img src=x.png>",
      "to calc(100vw - 16px) by-attributes"
    ),
    (fluid + "img{max-width:70%;min-width:20%}body{margin:0}", "<img src=x.png>", "to 70vw by-attributes"),
    // Layers: what stands in none counts more, whatever its specificity.
    (
      "@layer a,b;@layer b{img{width:200px}}@layer a{body img{width:300px}}", "<img src=x.png>",
      "is 200px by-style"
    ),
    ("@layer a{body img{width:300px}}img{width:100px}", "<img src=x.png>", "is 100px by-style"),
    // What others have a say in.
    (fluid, "<table><tr><td><img src=x.png></table>", "? table natural by-attributes"),
    (fluid, "<div style='float:left'><img src=x.png></div>", "? shrinking natural by-attributes"),
    (fluid, "<div style='float:left;width:200px'><img src=x.png></div>", "to 200px by-attributes"),
    (fluid, "<div style='display:flex'><img src=x.png></div>", "? flex natural none"),
    (fluid, "<div style='display:flex'><p><img src=x.png></p><p>a</p></div>", "? flex natural by-attributes"),
    (
      fluid + "body{margin:0}.r{display:flex;flex-wrap:wrap}.c{flex:0 0 auto;width:50%}",
      "<div class=r><div class=c><img src=x.png></div><div class=c>a</div></div>", "to 50vw by-attributes"
    ),
    (
      fluid + "body{margin:0}.r{display:flex;flex-direction:column}",
      "<div class=r><main><img src=x.png></main></div>", "to 100vw by-attributes"
    ),
    (
      "img{width:100%}.g{display:grid;grid-template-columns:1fr 1fr}",
      "<div class=g><div><img src=x.png></div></div>", "? grid by-style"
    ),
    (fluid, "<div style='position:absolute'><img src=x.png></div>", "? positioned natural by-attributes"),
    (fluid + "main{max-width:65ch}", "<main><img src=x.png></main>", "? length natural by-attributes"),
    (
      fluid + "@container (width>9px){img{width:50%}}", "<img src=x.png>", "? uncertain natural none"
    ),
    // Windows that do not show it say nothing.
    (
      fluid
        + "body{margin:0}@media (min-width:700px){div{display:none}}@media (min-width:600px){div{float:left}}",
      "<div><img src=x.png></div>", "? shrinking natural by-attributes hidden"
    ),
    (
      fluid + "body{margin:0}@media (min-width:700px){div{display:none;float:left}}",
      "<div><img src=x.png></div>", "to 100vw by-attributes hidden"
    ),
    // What keeps dimensions out.
    (fluid + "img[width]{border:9px solid}", "<img src=x.png>", "to calc(100vw - 16px) none"),
    ("img{max-width:100%}", "<img style='margin:0' src=x.png>", "to calc(100vw - 16px) none"),
    // Scripts tell states by classes of the root and the body.
    (
      fluid + ".dark-mode main{width:50%}.post-list-mobile{display:none}.highlight img{width:9px}",
      "<script></script><main><img src=x.png></main>", "? uncertain natural by-attributes"
    ),
    (
      fluid + ".post-list-mobile{display:none}.highlight img{width:9px}",
      "<script></script><main><img src=x.png></main>", "to calc(100vw - 16px) by-attributes"
    ),
    // What does not count.
    (
      fluid + "@media print{body{margin:0}}a:hover img{width:9px}", "<img src=x.png>",
      "to calc(100vw - 16px) by-attributes"
    ),
  ]

  @Test(arguments: cases)
  func stylesheetsTellTheWidth(css: String, body: String, expected: String) throws {
    let page = "<!doctype html><style>\(css)</style><body>\(body)"
    let display = try #require(scan(page).first?.display)
    #expect(Self.text(display) == expected)
  }

  @Test(arguments: [
    ("<link rel=stylesheet href=/s.css>", "to 200px"),
    ("<link rel=stylesheet href=/none.css>", "? unread natural"),
    ("<link rel=stylesheet href=https://cdn.org/s.css>", "? unread natural"),
    ("<link rel=stylesheet href=https://fonts.googleapis.com/css>", "own"),
    ("<link rel=stylesheet media=print href=/s.css>", "own"),
    ("<link rel=stylesheet media=print onload=\"this.media='all'\" href=/s.css>", "to 200px"),
    ("<link rel=stylesheet href=/in.css>", "to 200px"),
    ("<style>@import '/s.css' (min-width: 500px);</style>", "own, from 500 to 200px"),
    ("<style>@import '/s.css' layer(a);</style>", "? unread natural"),
    ("<style type=text/less>img{max-width:9px}</style>", "own"),
  ])
  func stylesheetsOfThePageCount(head: String, expected: String) throws {
    let display = try #require(scan("<!doctype html>\(head)<img src=x.png>").first?.display)
    #expect(Self.text(display).hasPrefix(expected), "\(Self.text(display))")
  }

  @Test(arguments: [
    ("default-src 'self'", ImageDisplay.Space.none), ("img-src *", .byStyle),
    ("style-src 'self' 'unsafe-inline'", .byStyle), ("style-src 'unsafe-inline' 'nonce-x'", .none),
    ("style-src 'self'; style-src-attr 'unsafe-inline'", .byStyle),
  ])
  func aPolicyKeepsStylesOut(policy: String, expected: ImageDisplay.Space) throws {
    let page = """
      <!doctype html><meta http-equiv=content-security-policy content="\(policy)">
      <style>img{max-width:100%}</style><img src=x.png>
      """
    #expect(try scan(page).first?.display?.space == expected)
  }

  @Test func aPathLeavesOutNumbers() throws {
    let body = """
      <body class="post-1234 home"><main class="a md:w-1/2"><p id=b><img class="css-1x2y3" width=600 src=x.png>
      """
    #expect(
      try scan(body).first?.display?.path == #"body.home > main.a.md\:w-1\/2 > p > img[width="600"]"#)
  }

  private static func text(_ display: ImageDisplay) -> String {
    var words = display.spans.enumerated().map { number, span in
      let from = number == 0 ? "" : "from \(span.from) "
      switch span.slot {
      case .own: return from + "own"
      case .upTo(let widths): return from + "to \(widths.text)"
      case .filled(let widths): return from + "is \(widths.text)"
      }
    }
    if let height = display.height { words.append("high \(height)") }
    if let obstacle = display.obstacle { words.append("? \(obstacle.rawValue)") }
    let natural = display.showsNaturalWidth ? " natural" : ""
    let hidden = display.isSometimesHidden ? " hidden" : ""
    let least = display.leastForDimensions > 0 ? " of \(Int(display.leastForDimensions))px" : ""
    return words.joined(separator: ", ") + "\(natural) \(display.space.rawValue)\(least)\(hidden)"
  }

  private func scan(_ page: String) throws -> [Reference] {
    let folder = try TemporaryFolder([
      "x.png": "x", "s.css": "img{max-width:200px}", "in.css": "@import url('s.css');", "page.html": page,
    ])
    let site = Site(kind: .html, reason: "", root: folder.path)
    return try PageScanner(root: SiteRoot(folder.path), site: site, excluded: [], jobs: 1).scan()
      .references.filter { $0.kind == .htmlImage }
  }
}
