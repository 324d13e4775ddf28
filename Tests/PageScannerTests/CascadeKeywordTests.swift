import AssetModel
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

/// What keywords, conditions and counted siblings make of the width of an image.
@Suite struct CascadeKeywordTests {
  private static let fluid = "img{max-width:100%;height:auto}body{margin:0}"
  private static let column = "main{width:600px;padding:0 50px}"

  @Test(arguments: [
    // A keyword takes the value of the element around.
    ("html{box-sizing:border-box}*{box-sizing:inherit}" + column, "500px"),
    ("html{box-sizing:border-box}body{box-sizing:initial}*{box-sizing:inherit}" + column, "600px"),
    ("html{box-sizing:border-box}main{box-sizing:unset}" + column, "600px"),
    ("body{padding:0 20px}main{padding:inherit}", "calc(100vw - 80px)"),
    ("body{font-size:20px;padding:0 1em}main{padding:inherit}", "?"),
    ("main{display:revert}", "?"), ("img{width:initial}", "100vw"),
    // A float to the start of the line is one.
    ("main{float:inline-start}", "?"),
    // What all browsers have, and what some have not.
    ("@supports (display:grid){main{width:300px}}", "300px"),
    ("@supports not (display:grid){main{width:300px}}", "100vw"),
    ("@supports (display:flex) and (not (display:grid)){main{width:300px}}", "100vw"),
    ("@supports (--x:0) or (width:9zz){main{width:300px}}", "300px"),
    ("@supports (width:9zz){main{width:300px}}", "?"),
    ("@supports selector(:has(a)){main{width:300px}}", "?"),
    // Counted siblings.
    ("main:nth-child(2){width:300px}", "300px"), ("main:nth-child(odd){width:300px}", "100vw"),
    ("main:nth-last-child(1){width:300px}", "300px"), ("main:first-of-type{width:300px}", "300px"),
    ("p:nth-of-type(n+2) img{width:9px}", "100vw"), ("main:only-of-type{width:300px}", "300px"),
    ("main:nth-child(-n+1){width:300px}", "100vw"), ("main:nth-child(2 of main){width:300px}", "?"),
    // Functions of lengths.
    ("main{width:min(80%,300px)}", "(min-width: 375px) 300px, 80vw"),
    ("main{width:clamp(200px,20rem,400px)}", "320px"),
    ("main{width:round(300px,7px)}", "?"), ("main{width:calc(100% - env(safe-area-inset-left))}", "?"),
  ])
  func tellsTheWidth(css: String, expected: String) throws {
    let page =
      "<!doctype html><style>\(Self.fluid)\(css)</style><body><header>x</header><main><p><img src=x.png></p></main>"
    let folder = try TemporaryFolder(["x.png": "x", "page.html": page])
    let site = Site(kind: .html, reason: "", root: folder.path)
    let display = try PageScanner(root: SiteRoot(folder.path), site: site, excluded: [], jobs: 1).scan()
      .references.first { $0.kind == .htmlImage }?.display
    var text = "?"
    if display?.obstacle == nil, case .upTo(let widths)? = display?.spans.first?.slot { text = widths.text }
    #expect(text == expected)
  }
}
