import Testing

@testable import AssetModel

struct PathSelectorTests {
  private static let path = #"body > main.a.b\:c > article > p > img.wide[width="600"][style="a \"b\" > c"]"#

  @Test(arguments: [
    ("main article p > img", true), ("p > img", true), ("img.wide", true), (".wide", true),
    (#"img[width="600"]"#, true), (#"img[width="60"]"#, false), ("main > p > img", false),
    (#".b\:c img"#, true), ("article.a img", false), ("body > main > article > p > img", true),
    (path, true), ("main", false), ("main img > img", false),
  ])
  func findsImagesByTheirPath(selector: String, expected: Bool) {
    #expect((PathSelector(selector)?.matches(Self.path) ?? false) == expected)
  }

  /// There are more ways to lead one to the other than any machine tries.
  @Test(arguments: ["div", "div >"])
  func longSelectorsOverDeepPagesEnd(step: String) {
    let path = Array(repeating: "div", count: 400).joined(separator: " > ") + " > img"
    let steps = Array(repeating: "div", count: 100).joined(separator: " ") + " " + step + " div img"
    #expect(PathSelector(steps)?.matches(path) == true)
    #expect(PathSelector("p \(steps)")?.matches(path) == false)
  }

  @Test(arguments: ["", ">", "p >", "> img", "img:hover", "#a img", "p + img", "img[width]", "p", "img,p"])
  func isNoOtherSelector(text: String) {
    #expect(PathSelector(text) == nil)
  }
}
