import Testing

@testable import Web

/// Which elements a rule is for, on a small page.
struct SelectorTests {
  /// body > main#top.page.wide > (p.lead > em[data-n=5], p > img[src=a.png][alt], figure > img)
  private static let page = PageTree([
    .init(HTMLElement("html"), in: nil),
    .init(HTMLElement("body"), in: 0),
    .init(HTMLElement("main", ["id": "top", "class": "page wide"]), in: 1),
    .init(HTMLElement("p", ["class": "lead"]), in: 2),
    .init(HTMLElement("em", ["data-n": "5", "lang": "en-US"]), in: 3),
    .init(HTMLElement("p"), in: 2),
    .init(HTMLElement("img", ["src": "a.png", "alt": ""]), in: 5),
    .init(HTMLElement("figure"), in: 2),
    .init(HTMLElement("img"), in: 7),
  ])
  private static let names = [
    "html", "body", "main", "p.lead", "em", "p", "img", "figure", "figure img",
  ]

  /// The elements that a rule hides, and not those that are hidden with one.
  private static func hidden(by selector: String) -> [String] {
    let sheet = PageStyles.Sheet("\(selector) { display: none }", file: "a.css")
    let styles = PageStyles(page, sheets: [sheet])
    return page.nodes.indices.filter { index in
      styles.isHidden(index) && page.nodes[index].parent.map { !styles.isHidden($0) } ?? true
    }.map { names[$0] }
  }

  @Test(arguments: [
    ("em", ["em"]), ("EM", ["em"]), (".lead", ["p.lead"]), ("#top", ["main"]),
    (".page.wide", ["main"]),
    (".page.narrow", []), ("p", ["p.lead", "p"]), ("p.lead, figure", ["p.lead", "figure"]),
    // What joins them.
    ("main em", ["em"]), ("main > em", []), ("main > p > em", ["em"]), ("p + p", ["p"]),
    ("p + figure", ["figure"]),
    ("p.lead ~ figure", ["figure"]), ("figure ~ p", []), ("body p img", ["img"]),
    ("figure > *", ["figure img"]),
    // Attributes.
    ("[alt]", ["img"]), ("[src='a.png']", ["img"]), ("[src=b]", []), ("[src^='a']", ["img"]),
    ("[src$=\".png\"]", ["img"]), ("[src*='.']", ["img"]),
    ("[lang|=en]", ["em"]),
    ("[DATA-N='5']", ["em"]),
    // Pseudo-classes.
    ("p:not(.lead)", ["p"]), ("p:is(.lead, .x)", ["p.lead"]),
    (":where(figure) img", ["figure img"]),
    ("p:first-child", ["p.lead"]), ("figure:last-child", ["figure"]),
    ("img:only-child", ["img", "figure img"]),
    // A state is not what a page shows, and a pseudo-element is no element.
    ("p:hover", []), ("p::before", []), ("a:link", []),
    // What cannot be read is for nothing.
    ("p >", []), ("..", []), ("[", []),
  ])
  func selects(selector: String, expected: [String]) {
    #expect(Self.hidden(by: selector) == expected)
  }

  /// Classes and identifiers are attributes like others.
  @Test(arguments: [
    ("[class~=wide]", ["main"]), ("[class^=page]", ["main"]), ("[class*='e w']", ["main"]),
    ("[class$=wide]", ["main"]), ("[class|='page wide']", ["main"]), ("[class='page wide']", ["main"]),
    ("[class]", ["main"]), ("[class=wide]", []), ("[class|=page]", []), ("[class~='page wide']", []),
    ("[class$=page]", []), ("[class*='']", []),
    ("[id=top]", ["main"]), ("[id]", ["main"]), ("[id^=t]", ["main"]), ("[id$=p]", ["main"]),
    ("[id*=o]", ["main"]), ("[id~=top]", ["main"]), ("[id|=top]", ["main"]), ("[id=to]", []),
    ("p[class$=d]", ["p.lead"]), ("[class] > [class~=lead]", ["p.lead"]),
  ])
  func classesAsAttributes(selector: String, expected: [String]) {
    #expect(Self.hidden(by: selector) == expected)
  }

  /// Of an element that scripts or a compiler may give classes, `[class~=x]` is known as far as `.x`.
  @Test(
    arguments: [
      ("[class~=a]", .yes), ("[class~=js]", .maybe), ("[class~=x]", .no), ("[class]", .yes),
      ("[class=a]", .maybe), ("[class^=x]", .maybe), ("[id=b]", .yes), ("[id=c]", .no),
    ] as [(String, Certainty)])
  func classesThatMayBeGained(selector: String, expected: Certainty) throws {
    var element = StyleTree.Element("body", classes: ["a"], id: "b")
    element.isScripted = true
    var tree = StyleTree()
    tree.add(element, to: nil)
    let matcher = SelectorMatcher(tree: tree, canOccur: { _ in false }, isState: { $0 == "js" })
    #expect(matcher.matches(try #require(SelectorParser.list(selector).first), 0) == expected)
  }

  /// Each way down tried anew would be 100 to the power of 12.
  @Test func elementsThatHaveElementsComeToAnEnd() {
    let depth = 100
    let deep = PageTree(
      (0..<depth).map { index in .init(HTMLElement("div"), in: index == 0 ? nil : index - 1) })
    func isHidden(_ innermost: String) -> Bool {
      let selector = String(repeating: "div:has(", count: 12) + innermost + String(repeating: ")", count: 12)
      let sheet = PageStyles.Sheet("\(selector) { display: none }", file: "a.css")
      return PageStyles(deep, sheets: [sheet]).isHidden(depth - 20)
    }
    #expect(isHidden("div"))
    #expect(!isHidden("i"))
  }

  /// Rules in rules that name their parent twice would double at each step.
  @Test func nestingThatDoublesComesToAnEnd() {
    for step in ["& & {", ":is(&, &) {"] {
      let css = ".a {" + String(repeating: step, count: 60) + "color: red"
      let sheet = StyleSheetParser.parse(css, file: "a.css")
      #expect(sheet.rules.contains { $0.selectors == [.unknown] })
      #expect(sheet.rules.flatMap(\.selectors).allSatisfy { $0.size <= Selector.maxCompounds })
    }
    let siblings = String(repeating: "& & {", count: 10) + String(repeating: "b{}", count: 5_000)
    let many = StyleSheetParser.parse(".a {" + siblings, file: "a.css").rules.flatMap(\.selectors)
    #expect(many.count > 5_000 && many.reduce(0) { $0 + $1.size } < 600_000)
    let deep = String(repeating: ":not(", count: 50_000)
    #expect(StyleSheetParser.parse("\(deep) {}", file: "a.css").rules.count <= 1)
  }

  /// Which of two rules counts: a display that is shown, or none.
  @Test(arguments: [
    ("p { display: none } p { display: block }", false),
    ("p { display: block } p { display: none }", true),
    (".lead { display: none } p { display: block }", true),
    ("#top p { display: block } .lead { display: none }", false),
    ("p { display: none !important } #top .lead { display: block }", true),
    (":is(#top, x) p { display: none } .page .lead { display: block }", true),
    (":where(#top) p { display: none } .lead { display: block }", false),
    ("p:not(#x) { display: none } .page .lead { display: block }", true),
    ("@media print { p { display: none } }", false),
    ("@media screen { p { display: none } }", true),
  ])
  func theStrongerRuleCounts(css: String, isHidden: Bool) {
    let styles = PageStyles(Self.page, sheets: [.init(css, file: "a.css")])
    #expect(styles.on(.phone).isHidden(3) == isHidden)
  }

  @Test(arguments: [
    ("a", 0, 0, 1), ("*", 0, 0, 0), ("a.b#c", 1, 1, 1), ("a b > c", 0, 0, 3),
    ("[x]:hover", 0, 2, 0),
    ("a::before", 0, 0, 2), (":not(.a, #b)", 1, 0, 0), (":where(#a .b)", 0, 0, 0),
    (":is(a, .b c)", 0, 1, 1),
    ("a:nth-child(2n + 1)", 0, 1, 1),
  ])
  func specificity(selector: String, ids: Int, classes: Int, names: Int) throws {
    let read = try #require(SelectorParser.list(selector).first)
    #expect(read.specificity == Specificity(ids: ids, classes: classes, names: names))
  }
}
